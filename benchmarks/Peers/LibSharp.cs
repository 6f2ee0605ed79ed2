using System.Runtime.InteropServices;

namespace Meanfield.Benchmarks.Peers;

/// <summary>The functions of libsharp 1.0 (Debian's libsharp0) that the benchmark calls; its structures stay opaque.</summary>
internal static unsafe partial class LibSharp
{
    /// <summary>sharp_jobtype: map → coefficients with quadrature weights.</summary>
    public const int Analysis = 0;

    /// <summary>sharp_jobtype: coefficients → map.</summary>
    public const int Synthesis = 1;

    /// <summary>sharp_jobtype: coefficients → ∂_θ f and (1/sin θ) ∂_φ f.</summary>
    public const int DerivativeSynthesis = 4;

    /// <summary>sharp_jobflags: double precision.</summary>
    public const int DoublePrecision = 1 << 4;

    private const string Library = "libsharp.so.0";

    /// <summary>Coefficients [m(2L+1−m)/2 + ℓ] complex, 0 ≤ m ≤ ℓ ≤ L.</summary>
    [LibraryImport(Library, EntryPoint = "sharp_make_triangular_alm_info")]
    public static partial void MakeTriangularCoefficients(int lmax, int mmax, int stride, out nint info);

    /// <summary>Gauss–Legendre rows of equispaced points.</summary>
    [LibraryImport(Library, EntryPoint = "sharp_make_gauss_geom_info")]
    public static partial void MakeGaussGrid(
        int rings, int points, double phi0, int strideLongitude, int strideLatitude, out nint info);

    /// <summary>One transform. <paramref name="coefficients"/> and <paramref name="maps"/> are arrays of pointers.</summary>
    [LibraryImport(Library, EntryPoint = "sharp_execute")]
    public static partial void Execute(
        int type, int spin, double** coefficients, double** maps, nint grid, nint layout, int flags,
        double* time, ulong* operations);

    /// <summary>Releases a layout.</summary>
    [LibraryImport(Library, EntryPoint = "sharp_destroy_alm_info")]
    public static partial void DestroyCoefficients(nint info);

    /// <summary>Releases a grid.</summary>
    [LibraryImport(Library, EntryPoint = "sharp_destroy_geom_info")]
    public static partial void DestroyGrid(nint info);

    /// <summary>The vector kernel it chose for this processor.</summary>
    public static string Architecture => Marshal.PtrToStringUTF8(ArchitectureName())!;

    /// <summary>OpenMP threads of the calling thread's transforms.</summary>
    [LibraryImport("libgomp.so.1", EntryPoint = "omp_set_num_threads")]
    public static partial void SetThreads(int threads);

    [LibraryImport(Library, EntryPoint = "sharp_architecture")]
    private static partial nint ArchitectureName();
}
