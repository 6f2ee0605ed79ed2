namespace Meanfield.IO;

/// <summary>Ownership of one identifier of the library: file, group, dataset, attribute, space, type or property list.</summary>
internal sealed class Hdf5Id(long value) : IDisposable
{
    private long _value = value;

    /// <summary>The identifier.</summary>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    internal long Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(_value <= 0, this);
            return _value;
        }
    }

    /// <summary>Gives the identifier back; whatever it named is closed with its last owner.</summary>
    public void Dispose()
    {
        if (_value <= 0)
            return;
        using Lock.Scope scope = Hdf5Library.Enter();
        _ = LibHdf5.H5Idec_ref(_value);
        _value = 0;
    }
}
