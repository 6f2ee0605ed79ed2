namespace Meanfield.Spectral;

/// <summary>Intel MKL (DFTI of libmkl_rt), where it is installed; on one thread, as every engine here.</summary>
public sealed class MklEngine : IFourierEngine
{
    private static readonly Lazy<int> Threading = new(() => LibMkl.MKL_Set_Threading_Layer(LibMkl.SequentialThreading));

    private MklEngine()
    {
    }

    /// <summary>The engine; it has no state.</summary>
    public static MklEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "mkl";

    /// <inheritdoc/>
    public string? Absence => FourierLibraries.HasMkl ? null : "MKL is not on this machine: install the Debian package libmkl-rt (make mkl)";

    /// <inheritdoc/>
    public bool Supports(int size) => size >= 1;

    /// <inheritdoc/>
    public FourierPlan CreatePlan(int size, int lanes)
    {
        if (Absence is string absence) throw new InvalidOperationException(absence);
        _ = Threading.Value;
        return new MklPlan(size, lanes);
    }
}
