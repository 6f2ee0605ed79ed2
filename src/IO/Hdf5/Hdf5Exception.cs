namespace Meanfield.IO;

/// <summary>libhdf5 is missing or refused an operation; the message ends with the library's own explanation.</summary>
public sealed class Hdf5Exception : IOException
{
    /// <summary>Creates the exception without a message.</summary>
    public Hdf5Exception()
    {
    }

    /// <summary>Creates the exception with one sentence.</summary>
    public Hdf5Exception(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with one sentence and its cause.</summary>
    public Hdf5Exception(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
