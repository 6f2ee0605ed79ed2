namespace Meanfield.IO;

/// <summary>How numbers of one .NET type are stored (little-endian) and held in memory.</summary>
/// <param name="Stored">Type identifier in the file.</param>
/// <param name="InMemory">Type identifier of the .NET array.</param>
/// <param name="IsInteger">Whether only integers can be read into it.</param>
internal readonly record struct Hdf5ElementType(long Stored, long InMemory, bool IsInteger)
{
    /// <summary>H5T_INTEGER, a type class.</summary>
    internal const int IntegerClass = 0;

    /// <summary>H5T_FLOAT, a type class.</summary>
    internal const int FloatClass = 1;

    /// <summary>H5T_STRING, a type class.</summary>
    internal const int TextClass = 3;

    /// <summary>The type for double, float, int or long.</summary>
    /// <exception cref="NotSupportedException">Another type.</exception>
    internal static Hdf5ElementType For<T>()
        where T : unmanaged
    {
        (string stored, string inMemory, bool isInteger) = default(T) switch
        {
            double => ("H5T_IEEE_F64LE_g", "H5T_NATIVE_DOUBLE_g", false),
            float => ("H5T_IEEE_F32LE_g", "H5T_NATIVE_FLOAT_g", false),
            int => ("H5T_STD_I32LE_g", "H5T_NATIVE_INT32_g", true),
            long => ("H5T_STD_I64LE_g", "H5T_NATIVE_INT64_g", true),
            _ => throw new NotSupportedException($"no HDF5 type for {typeof(T).Name}"),
        };
        return new Hdf5ElementType(Hdf5Library.Constant(stored), Hdf5Library.Constant(inMemory), isInteger);
    }
}
