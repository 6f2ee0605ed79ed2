using System.Text;

namespace Meanfield.IO;

/// <summary>A group: groups and datasets by name.</summary>
internal unsafe class Hdf5Group : Hdf5Object
{
    private protected Hdf5Group(Hdf5Id id, string location)
        : base(id, location)
    {
    }

    /// <summary>Creates a group inside this one.</summary>
    internal Hdf5Group CreateGroup(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id creation = Timeless("H5P_CLS_GROUP_CREATE_ID_g", Child(name));
        return new Hdf5Group(
            new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Gcreate2(Id.Value, name, 0, creation.Value, 0), Child(name))), Child(name));
    }

    /// <summary>Creates an empty dataset of T.</summary>
    /// <param name="name">Its name in this group.</param>
    /// <param name="layout">Its shape and how it is stored.</param>
    internal Hdf5Dataset Create<T>(string name, Hdf5Layout layout)
        where T : unmanaged
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        Hdf5ElementType type = Hdf5ElementType.For<T>();
        using Hdf5Id creation = Timeless("H5P_CLS_DATASET_CREATE_ID_g", Child(name));
        ulong[] shape = layout.Shape;
        ulong[] maximum = [layout.Extendable ? ulong.MaxValue : shape[0], .. shape.AsSpan(1)];
        if (layout.ChunkRows > 0)
        {
            ulong[] chunk = [(ulong)layout.ChunkRows, .. shape.AsSpan(1)];
            fixed (ulong* dimensions = chunk)
                Hdf5Library.Written(LibHdf5.H5Pset_chunk(creation.Value, chunk.Length, dimensions), Child(name));
            Hdf5Library.Written(LibHdf5.H5Pset_shuffle(creation.Value), Child(name));
            Hdf5Library.Written(LibHdf5.H5Pset_deflate(creation.Value, 1), Child(name));
        }

        fixed (ulong* dimensions = shape, limits = maximum)
        {
            using var space = new Hdf5Id(
                Hdf5Library.Written(LibHdf5.H5Screate_simple(shape.Length, dimensions, limits), Child(name)));
            long id = LibHdf5.H5Dcreate2(Id.Value, name, type.Stored, space.Value, 0, creation.Value, 0);
            return new Hdf5Dataset(new Hdf5Id(Hdf5Library.Written(id, Child(name))), Child(name), layout);
        }
    }

    /// <summary>Creates a dataset and writes all of it, compressed where that pays; without a shape it is a vector.</summary>
    internal Hdf5Dataset Write<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        Hdf5Dataset dataset = Create<T>(name, Hdf5Layout.InOnePiece(sizeof(T), shape.Length == 0 ? [values.Length] : [.. shape]));
        dataset.WriteRows(0, values);
        return dataset;
    }

    /// <summary>Writes texts as a vector of fixed-length UTF-8, padded with NUL.</summary>
    /// <param name="name">Its name in this group.</param>
    /// <param name="texts">At least one, none empty.</param>
    internal Hdf5Dataset WriteText(string name, IReadOnlyList<string> texts)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        byte[][] encoded = [.. texts.Select(Encoding.UTF8.GetBytes)];
        int width = encoded.Max(text => text.Length);
        byte[] bytes = new byte[width * encoded.Length];
        for (int i = 0; i < encoded.Length; i++) encoded[i].CopyTo(bytes, i * width);
        using Hdf5Id type = TextType((nuint)width, Utf8, name), creation = Timeless("H5P_CLS_DATASET_CREATE_ID_g", Child(name));
        Hdf5Library.Written(LibHdf5.H5Tset_strpad(type.Value, NullPadding), Child(name));
        ulong count = (ulong)encoded.Length;
        using var space = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Screate_simple(1, &count, null), Child(name)));
        var id = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Dcreate2(Id.Value, name, type.Value, space.Value, 0, creation.Value, 0), Child(name)));
        fixed (byte* data = bytes)
            Hdf5Library.Written(LibHdf5.H5Dwrite(id.Value, type.Value, 0, 0, 0, data), Child(name));
        return new Hdf5Dataset(id, Child(name), new Hdf5Layout([encoded.Length]));
    }

    /// <summary>Whether a path such as "tokens/positions" exists below this group.</summary>
    internal bool Contains(string path)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        for (int end = path.IndexOf('/'); ; end = path.IndexOf('/', end + 1))
        {
            string part = end < 0 ? path : path[..end];
            if (Hdf5Library.Readable(LibHdf5.H5Lexists(Id.Value, part, 0), Child(part)) == 0)
                return false;
            if (end < 0)
                return true;
        }
    }

    /// <summary>Names in this group, in alphabetical order.</summary>
    internal IReadOnlyList<string> Names()
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        LibHdf5.GroupInfo info;
        Hdf5Library.Readable(LibHdf5.H5Gget_info(Id.Value, &info), Location);
        var names = new List<string>();
        for (ulong i = 0; i < info.Links; i++)
        {
            long length = Hdf5Library.Readable(LibHdf5.H5Lget_name_by_idx(Id.Value, ".", 0, 0, i, null, 0, 0), Location);
            byte[] name = new byte[length + 1];
            fixed (byte* buffer = name)
                Hdf5Library.Readable(LibHdf5.H5Lget_name_by_idx(Id.Value, ".", 0, 0, i, buffer, (nuint)name.Length, 0), Location);
            names.Add(Encoding.UTF8.GetString(name, 0, (int)length));
        }

        return names;
    }

    /// <summary>Whether a name in this group stands for an object of its own, not for a link to another path or file.</summary>
    internal bool IsHard(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return LibHdf5.H5Lget_val(Id.Value, name, null, 0, 0) < 0;
    }

    /// <summary>Opens a group below this one.</summary>
    /// <exception cref="InvalidDataException">There is no such group.</exception>
    internal Hdf5Group OpenGroup(string path)
    {
        Require(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        return new Hdf5Group(
            new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Gopen2(Id.Value, path, 0), $"group {Child(path)}")), Child(path));
    }

    /// <summary>Opens a dataset below this group.</summary>
    /// <param name="path">Its path from here.</param>
    /// <param name="cache">Bytes of unpacked chunks that are kept between reads; 0: the library's choice.</param>
    /// <exception cref="InvalidDataException">There is no such dataset, or its numbers are in other files.</exception>
    internal Hdf5Dataset Open(string path, nuint cache = 0)
    {
        Require(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        using var access = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Pcreate(Hdf5Library.Constant("H5P_CLS_DATASET_ACCESS_ID_g")), Child(path)));
        if (cache > 0)
            Hdf5Library.Written(LibHdf5.H5Pset_chunk_cache(access.Value, nuint.MaxValue, cache, -1), Child(path));
        var id = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Dopen2(Id.Value, path, access.Value), $"dataset {Child(path)}"));
        try
        {
            return Hdf5Dataset.Opened(id, Child(path));
        }
        catch
        {
            id.Dispose();
            throw;
        }
    }

    /// <summary>All of a dataset below this group.</summary>
    /// <exception cref="InvalidDataException">There is none, or what <see cref="Hdf5Dataset.Read"/> refuses.</exception>
    internal T[] ReadVector<T>(string path)
        where T : unmanaged
    {
        using Hdf5Dataset dataset = Open(path);
        return dataset.Shape.Count == 1
            ? dataset.Read<T>()
            : throw new InvalidDataException($"{dataset.Location} has {dataset.Shape.Count} dimensions where 1 is expected");
    }

    /// <summary>A creation property list without time stamps, so that the same data give the same bytes.</summary>
    private protected static Hdf5Id Timeless(string propertyClass, string what)
    {
        var list = new Hdf5Id(Hdf5Library.Written(LibHdf5.H5Pcreate(Hdf5Library.Constant(propertyClass)), what));
        Hdf5Library.Written(LibHdf5.H5Pset_obj_track_times(list.Value, false), what);
        return list;
    }

    private void Require(string path)
    {
        if (!Contains(path))
            throw new InvalidDataException($"{Location} has no '{path}'");
    }

    private string Child(string path) => Location.EndsWith('/') ? Location + path : $"{Location}/{path}";
}
