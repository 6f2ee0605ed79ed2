using System.Runtime.InteropServices;

namespace Meanfield.Spectral;

/// <summary>
/// The functions of libmkl_rt that are used: the Fortran entry points of DFTI, with the numbers of mkl_dfti.h.
/// All return 0 on success; every argument is an address and integers have 32 bits.
/// </summary>
/// <remarks>
/// Those of C (DftiSetValue, DftiComputeForward) are variadic: on x86-64 they expect the number of vector registers used in a
/// register that the runtime does not set, and jump astray.
/// </remarks>
internal static unsafe partial class LibMkl
{
    /// <summary>DFTI_DOUBLE.</summary>
    public const int Double = 36;

    /// <summary>DFTI_COMPLEX.</summary>
    public const int Complex = 32;

    /// <summary>DFTI_NUMBER_OF_TRANSFORMS.</summary>
    public const int NumberOfTransforms = 7;

    /// <summary>DFTI_COMPLEX_STORAGE.</summary>
    public const int ComplexStorage = 8;

    /// <summary>DFTI_PLACEMENT.</summary>
    public const int Placement = 11;

    /// <summary>DFTI_INPUT_STRIDES.</summary>
    public const int InputStrides = 12;

    /// <summary>DFTI_OUTPUT_STRIDES.</summary>
    public const int OutputStrides = 13;

    /// <summary>DFTI_INPUT_DISTANCE.</summary>
    public const int InputDistance = 14;

    /// <summary>DFTI_OUTPUT_DISTANCE.</summary>
    public const int OutputDistance = 15;

    /// <summary>DFTI_REAL_REAL: real and imaginary parts in arrays of their own.</summary>
    public const int RealReal = 42;

    /// <summary>DFTI_NOT_INPLACE.</summary>
    public const int NotInPlace = 44;

    /// <summary>MKL_THREADING_SEQUENTIAL.</summary>
    public const int SequentialThreading = 1;

    /// <summary>Selects the threading library; counts only before the first computation.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int MKL_Set_Threading_Layer(int code);

    /// <summary>Creates a descriptor of one-dimensional transforms.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int dfti_create_descriptor_1d(out nint descriptor, in int precision, in int domain, in int dimensions, in int size);

    /// <summary>Sets an integer of a descriptor.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int dfti_set_value_intval(in nint descriptor, in int name, in int value);

    /// <summary>Sets a list of integers of a descriptor.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int dfti_set_value_intvec(in nint descriptor, in int name, int* values);

    /// <summary>Prepares the computation.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int dfti_commit_descriptor_external(in nint descriptor);

    /// <summary>Forward transforms of split-complex arrays, out of place; any number of threads may use one descriptor.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int dfti_compute_forward_dddd(in nint descriptor, double* ri, double* ii, double* ro, double* io);

    /// <summary>Releases a descriptor.</summary>
    [LibraryImport(FourierLibraries.Mkl)]
    public static partial int dfti_free_descriptor_external(ref nint descriptor);
}
