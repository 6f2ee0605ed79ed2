using System.Runtime.InteropServices;

namespace Meanfield.Benchmarks.Peers;

/// <summary>The basic interface of libfftw3: one transform out of place, planned with FFTW_MEASURE.</summary>
internal static unsafe partial class LibFftw3
{
    /// <summary>FFTW_MEASURE.</summary>
    public const uint Measure = 0;

    private const string Library = "libfftw3.so.3";

    /// <summary>(re, im) to (re, im); sign −1 forward, +1 backward.</summary>
    [LibraryImport(Library, EntryPoint = "fftw_plan_dft_1d")]
    public static partial nint PlanComplex(int size, double* input, double* output, int sign, uint flags);

    /// <summary>n numbers to n/2 + 1 pairs (re, im).</summary>
    [LibraryImport(Library, EntryPoint = "fftw_plan_dft_r2c_1d")]
    public static partial nint PlanRealForward(int size, double* points, double* modes, uint flags);

    /// <summary>n/2 + 1 pairs (re, im) to n numbers; the pairs are lost.</summary>
    [LibraryImport(Library, EntryPoint = "fftw_plan_dft_c2r_1d")]
    public static partial nint PlanRealBackward(int size, double* modes, double* points, uint flags);

    /// <summary>Runs a plan.</summary>
    [LibraryImport(Library, EntryPoint = "fftw_execute")]
    public static partial void Execute(nint plan);
}
