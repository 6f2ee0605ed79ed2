using System.Runtime.InteropServices;

namespace Meanfield.Spectral;

/// <summary>The functions of libfftw3 that are used, with the names of its manual.</summary>
internal static unsafe partial class LibFftw
{
    /// <summary>FFTW_ESTIMATE: the plan depends on the problem alone, never on a timing.</summary>
    public const uint Estimate = 1 << 6;

    /// <summary>FFTW_PRESERVE_INPUT.</summary>
    public const uint PreserveInput = 1 << 4;

    /// <summary>FFTW_UNALIGNED: the plan takes arrays at any address.</summary>
    public const uint Unaligned = 1 << 1;

    /// <summary>fftw_iodim: a length and its strides in input and output.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Dimension(int Length, int InputStride, int OutputStride);

    /// <summary>Plans transforms of split-complex arrays; a null handle where it cannot.</summary>
    [LibraryImport(FourierLibraries.Fftw)]
    public static partial FftwPlanHandle fftw_plan_guru_split_dft(
        int rank, Dimension* dims, int howmany_rank, Dimension* howmany_dims, double* ri, double* ii, double* ro, double* io, uint flags);

    /// <summary>Runs a plan on other arrays whose parts lie as far apart; any number of threads may.</summary>
    [LibraryImport(FourierLibraries.Fftw)]
    public static partial void fftw_execute_split_dft(FftwPlanHandle plan, double* ri, double* ii, double* ro, double* io);

    /// <summary>Releases a plan.</summary>
    [LibraryImport(FourierLibraries.Fftw)]
    public static partial void fftw_destroy_plan(nint plan);
}
