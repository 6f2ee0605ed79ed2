using System.Runtime.InteropServices;

namespace Meanfield.Benchmarks.Peers;

/// <summary>DFTI of libmkl_rt, its Fortran entry points: transforms out of place in the layouts that MKL prefers.</summary>
internal static unsafe partial class LibDfti
{
    /// <summary>DFTI_DOUBLE.</summary>
    public const int Double = 36;

    /// <summary>DFTI_COMPLEX: (re, im) to (re, im).</summary>
    public const int Complex = 32;

    /// <summary>DFTI_REAL: n numbers to n/2 + 1 pairs (re, im).</summary>
    public const int Real = 33;

    /// <summary>DFTI_CONJUGATE_EVEN_STORAGE.</summary>
    public const int ConjugateEvenStorage = 10;

    /// <summary>DFTI_COMPLEX_COMPLEX.</summary>
    public const int ComplexComplex = 39;

    /// <summary>DFTI_PLACEMENT.</summary>
    public const int Placement = 11;

    /// <summary>DFTI_NOT_INPLACE.</summary>
    public const int NotInPlace = 44;

    private const string Library = "libmkl_rt.so";

    /// <summary>Creates a descriptor of one-dimensional transforms.</summary>
    [LibraryImport(Library, EntryPoint = "dfti_create_descriptor_1d")]
    public static partial int Create(out nint descriptor, in int precision, in int domain, in int dimensions, in int size);

    /// <summary>Sets an integer.</summary>
    [LibraryImport(Library, EntryPoint = "dfti_set_value_intval")]
    public static partial int Set(in nint descriptor, in int name, in int value);

    /// <summary>Prepares the computation.</summary>
    [LibraryImport(Library, EntryPoint = "dfti_commit_descriptor_external")]
    public static partial int Commit(in nint descriptor);

    /// <summary>Points to modes.</summary>
    [LibraryImport(Library, EntryPoint = "dfti_compute_forward_dd")]
    public static partial int Forward(in nint descriptor, double* points, double* modes);

    /// <summary>Modes to points.</summary>
    [LibraryImport(Library, EntryPoint = "dfti_compute_backward_dd")]
    public static partial int Backward(in nint descriptor, double* modes, double* points);
}
