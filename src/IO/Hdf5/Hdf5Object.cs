using System.Runtime.InteropServices;
using System.Text;

namespace Meanfield.IO;

/// <summary>A group or dataset with its attributes.</summary>
internal abstract unsafe class Hdf5Object : IDisposable
{
    private protected const int NullPadding = 1;
    private const int Ascii = 0;
    private const int LongestText = 1 << 24;
    private protected const int Utf8 = 1;

    private protected Hdf5Object(Hdf5Id id, string location)
    {
        Id = id;
        Location = location;
    }

    /// <summary>File and path inside it, for messages.</summary>
    internal string Location { get; }

    /// <summary>The library's identifier.</summary>
    internal Hdf5Id Id { get; }

    /// <inheritdoc/>
    public void Dispose() => Id.Dispose();

    /// <summary>Writes a number.</summary>
    internal void SetNumber<T>(string name, T value)
        where T : unmanaged
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        Hdf5ElementType type = Hdf5ElementType.For<T>();
        using var space = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Screate(0), Attribute(name)));
        Create(name, type.Stored, space.Value, type.InMemory, &value);
    }

    /// <summary>Writes a list of numbers.</summary>
    internal void SetNumbers<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        Hdf5ElementType type = Hdf5ElementType.For<T>();
        ulong length = (ulong)values.Length;
        using var space = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Screate_simple(1, &length, null), Attribute(name)));
        fixed (T* data = values)
            Create(name, type.Stored, space.Value, type.InMemory, data);
    }

    /// <summary>Writes text as variable-length UTF-8, which h5py and xarray give back as str.</summary>
    internal void SetText(string name, string value)
    {
        if (value.Contains('\0'))
            throw new ArgumentException($"the text for {Attribute(name)} contains a NUL character", nameof(value));
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id type = TextType(nuint.MaxValue, Utf8, name);
        using var space = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Screate(0), Attribute(name)));
        byte[] bytes = Encoding.UTF8.GetBytes(value + '\0');
        fixed (byte* text = bytes)
            Create(name, type.Value, space.Value, type.Value, &text);
    }

    /// <summary>Writes text as fixed-length ASCII without a terminator, the only form every VTKHDF reader takes.</summary>
    internal void SetAscii(string name, string value)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(value);
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id type = TextType((nuint)bytes.Length, Ascii, name);
        Hdf5Library.Written(LibHdf5.H5Tset_strpad(type.Value, NullPadding), Attribute(name));
        using var space = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Screate(0), Attribute(name)));
        fixed (byte* text = bytes)
            Create(name, type.Value, space.Value, type.Value, text);
    }

    /// <summary>Whether an attribute exists.</summary>
    internal bool HasAttribute(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return Hdf5Library.Readable(LibHdf5.H5Aexists(Id.Value, name), Attribute(name)) > 0;
    }

    /// <summary>Reads a single number.</summary>
    /// <exception cref="InvalidDataException">It is missing or not a single number of that kind.</exception>
    internal T GetNumber<T>(string name)
        where T : unmanaged
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id attribute = OpenAttribute(name);
        using var type = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Aget_type(attribute.Value), Attribute(name)));
        Hdf5ElementType element = Hdf5ElementType.For<T>();
        int kind = LibHdf5.H5Tget_class(type.Value);
        if (kind != Hdf5ElementType.IntegerClass && (kind != Hdf5ElementType.FloatClass || element.IsInteger))
            throw new InvalidDataException($"{Attribute(name)} is not {(element.IsInteger ? "an integer" : "a number")}");
        T value = default;
        Hdf5Library.Readable(LibHdf5.H5Aread(attribute.Value, element.InMemory, &value), Attribute(name));
        return value;
    }

    /// <summary>Reads text, of variable or fixed length.</summary>
    /// <exception cref="InvalidDataException">It is missing or not text.</exception>
    internal string GetText(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id attribute = OpenAttribute(name);
        using var type = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Aget_type(attribute.Value), Attribute(name)));
        if (LibHdf5.H5Tget_class(type.Value) != Hdf5ElementType.TextClass)
            throw new InvalidDataException($"{Attribute(name)} is not text");
        int characterSet = LibHdf5.H5Tget_cset(type.Value);
        if (LibHdf5.H5Tis_variable_str(type.Value) > 0)
        {
            using Hdf5Id inMemory = TextType(nuint.MaxValue, characterSet, name);
            byte* text = null;
            Hdf5Library.Readable(LibHdf5.H5Aread(attribute.Value, inMemory.Value, &text), Attribute(name));
            string value = Marshal.PtrToStringUTF8((nint)text) ?? "";
            _ = LibHdf5.H5free_memory(text);
            return value;
        }

        nuint size = LibHdf5.H5Tget_size(type.Value);
        if (size > LongestText)
            throw new InvalidDataException($"{Attribute(name)} claims {size} bytes of text; at most {LongestText} are believed");
        byte[] bytes = new byte[(int)size];
        fixed (byte* data = bytes)
            Hdf5Library.Readable(LibHdf5.H5Aread(attribute.Value, type.Value, data), Attribute(name));
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }

    private void Create(string name, long stored, long space, long inMemory, void* data)
    {
        using var attribute = new Hdf5Id(
            Hdf5Library.Written(LibHdf5.H5Acreate2(Id.Value, name, stored, space, 0, 0), Attribute(name)));
        Hdf5Library.Written(LibHdf5.H5Awrite(attribute.Value, inMemory, data), Attribute(name));
    }

    private Hdf5Id OpenAttribute(string name)
    {
        if (!HasAttribute(name))
            throw new InvalidDataException($"{Location} has no attribute '{name}'");
        var attribute = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Aopen(Id.Value, name, 0), Attribute(name)));
        using var space = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Aget_space(attribute.Value), Attribute(name)));
        if (LibHdf5.H5Sget_simple_extent_npoints(space.Value) == 1)
            return attribute;
        attribute.Dispose();
        throw new InvalidDataException($"{Attribute(name)} is not a single value");
    }

    private protected Hdf5Id TextType(nuint size, int characterSet, string name)
    {
        var type = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Tcopy(Hdf5Library.Constant("H5T_C_S1_g")), Attribute(name)));
        Hdf5Library.Written(LibHdf5.H5Tset_size(type.Value, size), Attribute(name));
        Hdf5Library.Written(LibHdf5.H5Tset_cset(type.Value, characterSet), Attribute(name));
        return type;
    }

    private string Attribute(string name) => $"attribute '{name}' of {Location}";
}
