using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>The Fourier engines and the rule by which one is taken.</summary>
/// <remarks>
/// <see cref="FourierChoice.Auto"/> means the built-in engine where the processor has vector registers of 256 bits or more
/// (AVX2, AVX-512): there it was at least 1.3 times faster than either library at eight rings side by side, the layout of the
/// sphere and, beyond 64 points, of the circle. (On the circle it is 1.5 times faster with 512 bits and level with MKL with 256.)
/// Elsewhere it means MKL where that is installed, else FFTW where that is installed, else the built-in engine.
/// Nothing is timed when a program runs, so a case keeps its bits; on the usual processors what is installed does not matter either.
/// </remarks>
public static class FourierPlanner
{
    /// <summary>All engines, on this machine or not, the built-in one first.</summary>
    public static IReadOnlyList<IFourierEngine> Engines { get; } = [BuiltInEngine.Instance, MklEngine.Instance, FftwEngine.Instance];

    /// <summary>
    /// The engine for a choice. One asked for by name may be absent: ask its <see cref="IFourierEngine.Absence"/> before planning.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a choice.</exception>
    public static IFourierEngine Engine(FourierChoice choice) => choice switch
    {
        FourierChoice.Auto => Rule(Vector256.IsHardwareAccelerated, MklEngine.Instance.Absence is null, FftwEngine.Instance.Absence is null),
        FourierChoice.BuiltIn => BuiltInEngine.Instance,
        FourierChoice.Mkl => MklEngine.Instance,
        FourierChoice.Fftw => FftwEngine.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no such Fourier engine"),
    };

    /// <summary>The rule of <see cref="FourierChoice.Auto"/>, as a function of what it depends on.</summary>
    /// <param name="wideVectors">The processor has vector registers of 256 bits or more.</param>
    /// <param name="mkl">MKL is on this machine.</param>
    /// <param name="fftw">FFTW is on this machine.</param>
    public static IFourierEngine Rule(bool wideVectors, bool mkl, bool fftw) =>
        wideVectors ? BuiltInEngine.Instance
        : mkl ? MklEngine.Instance
        : fftw ? FftwEngine.Instance
        : BuiltInEngine.Instance;
}
