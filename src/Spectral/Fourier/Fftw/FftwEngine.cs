namespace Meanfield.Spectral;

/// <summary>FFTW 3, where libfftw3 is installed. Its plans come from FFTW_ESTIMATE, so equal problems have equal plans.</summary>
/// <remarks>FFTW is under the GPL: it is never required and never shipped with this library.</remarks>
public sealed class FftwEngine : IFourierEngine
{
    private FftwEngine()
    {
    }

    /// <summary>The engine; it has no state.</summary>
    public static FftwEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "fftw";

    /// <inheritdoc/>
    public string? Absence => FourierLibraries.HasFftw ? null : "FFTW is not on this machine: install the Debian package libfftw3-double3";

    /// <inheritdoc/>
    public bool Supports(int size) => size >= 1;

    /// <inheritdoc/>
    public FourierPlan CreatePlan(int size, int lanes) =>
        Absence is string absence ? throw new InvalidOperationException(absence) : new FftwPlan(size, lanes);
}
