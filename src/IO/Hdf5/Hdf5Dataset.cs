using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>An array in a file.</summary>
internal sealed unsafe class Hdf5Dataset : Hdf5Object
{
    // Deflate cannot shrink by more than this; a dataset that claims more than its bytes could hold is not believed.
    private const double LargestCompression = 1032;
    private const double AlwaysBelieved = 1 << 20;
    private const int VirtualLayout = 3;

    private readonly Hdf5Layout _layout;

    internal Hdf5Dataset(Hdf5Id id, string location, Hdf5Layout layout)
        : base(id, location) => _layout = layout;

    /// <summary>The shape; empty for a single value.</summary>
    internal IReadOnlyList<long> Shape => _layout.Dimensions;

    /// <summary>What its elements are: <see cref="Hdf5ElementType.IntegerClass"/>, <see cref="Hdf5ElementType.FloatClass"/> or another class of the library.</summary>
    internal int ElementClass
    {
        get
        {
            using Lock.Scope scope = Hdf5Library.Enter();
            using var type = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Dget_type(Id.Value), Location));
            return LibHdf5.H5Tget_class(type.Value);
        }
    }

    /// <summary>Takes over an opened dataset.</summary>
    /// <exception cref="InvalidDataException">Its numbers are in other files, or its shape is none.</exception>
    internal static Hdf5Dataset Opened(Hdf5Id id, string location)
    {
        using (var creation = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Dget_create_plist(id.Value), location)))
        {
            // Other files may be anything, a pipe that never answers included.
            if (LibHdf5.H5Pget_layout(creation.Value) == VirtualLayout || LibHdf5.H5Pget_external_count(creation.Value) > 0)
                throw new InvalidDataException($"{location} keeps its numbers in other files: copy them into one, with h5repack");
        }

        using var space = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Dget_space(id.Value), location));
        var shape = new ulong[Hdf5Library.Readable(LibHdf5.H5Sget_simple_extent_ndims(space.Value), location)];
        fixed (ulong* dimensions = shape)
            Hdf5Library.Readable(LibHdf5.H5Sget_simple_extent_dims(space.Value, dimensions, null), location);
        return Array.TrueForAll(shape, length => length <= long.MaxValue)
            ? new Hdf5Dataset(id, location, new Hdf5Layout(Array.ConvertAll(shape, length => (long)length)))
            : throw new InvalidDataException($"{location} has shape ({string.Join(", ", shape)}): the file is damaged");
    }

    /// <summary>Writes whole rows of the first dimension; in a chunked dataset, exactly one chunk.</summary>
    internal void WriteRows<T>(long firstRow, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        long rows = _layout.RowLength == 0 ? 0 : values.Length / _layout.RowLength;
        bool fillsRows = rows * _layout.RowLength == values.Length;
        bool fillsChunk = _layout.ChunkRows == 0 || (rows == _layout.ChunkRows && firstRow % rows == 0);
        if (!fillsRows || !fillsChunk)
            throw new ArgumentException($"{values.Length} numbers do not fill the rows of {Location}", nameof(values));
        if (values.IsEmpty)
            return;
        using Lock.Scope scope = Hdf5Library.Enter();
        if (_layout.ChunkRows > 0)
            WriteChunk(firstRow, values);
        else
            Transfer(Start(firstRow), Rows(rows), values, writing: true);
    }

    /// <summary>Makes this a dimension scale: the axis of that name in h5py, netCDF and xarray.</summary>
    internal void MakeScale(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        Hdf5Library.Written(LibHdf5.H5DSset_scale(Id.Value, name), Location);
    }

    /// <summary>Names the axes of this dataset by their scales, first axis first.</summary>
    internal void AttachScales(params ReadOnlySpan<Hdf5Dataset> scales)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        for (int axis = 0; axis < scales.Length; axis++)
            Hdf5Library.Written(LibHdf5.H5DSattach_scale(Id.Value, scales[axis].Id.Value, (uint)axis), Location);
    }

    /// <summary>Whether an axis of this dataset is named by a scale.</summary>
    /// <exception cref="InvalidDataException">The dataset has no such axis.</exception>
    internal bool HasScale(Hdf5Dataset scale, int axis)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return Hdf5Library.Readable(LibHdf5.H5DSis_attached(Id.Value, scale.Id.Value, (uint)axis), $"axis {axis} of {Location}") > 0;
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="InvalidDataException">It is not numeric, is damaged, or claims more than it can hold.</exception>
    internal T[] Read<T>()
        where T : unmanaged => Shape.Count == 0
            ? throw new InvalidDataException($"{Location} is a single value where an array is expected")
            : ReadRows<T>(0, Shape[0]);

    /// <summary>Reads whole rows of the first dimension.</summary>
    /// <exception cref="InvalidDataException">It is not numeric, is damaged, or claims more than it can hold.</exception>
    internal T[] ReadRows<T>(long firstRow, long rows)
        where T : unmanaged
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        ulong[] count = Rows(rows);
        var values = new T[BelievableLength<T>(count)];
        if (values.Length > 0)
            Transfer<T>(Start(firstRow), count, values, writing: false);
        return values;
    }

    /// <summary>Reads a block.</summary>
    /// <param name="start">[rank] its first index along each axis.</param>
    /// <param name="count">[rank] its lengths, at least 1 each; the block lies inside the array.</param>
    /// <param name="values">Receives as many numbers, the last index fastest.</param>
    /// <exception cref="InvalidDataException">It is not numeric, is damaged, or claims more than it can hold.</exception>
    internal void ReadBlock<T>(ReadOnlySpan<long> start, ReadOnlySpan<long> count, Span<T> values)
        where T : unmanaged
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        ulong[] first = new ulong[Shape.Count], lengths = new ulong[Shape.Count];
        if (start.Length != first.Length || count.Length != first.Length)
            throw new ArgumentException($"{Location} has {first.Length} axes, not {start.Length}", nameof(start));
        for (int axis = 0; axis < first.Length; axis++)
        {
            if (start[axis] < 0 || count[axis] < 1 || start[axis] > Shape[axis] - count[axis])
                throw new ArgumentOutOfRangeException(nameof(start), $"the block is outside {Location}");
            (first[axis], lengths[axis]) = ((ulong)start[axis], (ulong)count[axis]);
        }

        if (first.Length == 0 || BelievableLength<T>(lengths) != values.Length)
            throw new ArgumentException($"{values.Length} numbers are not those of the block of {Location}", nameof(values));
        Transfer<T>(first, lengths, values, writing: false);
    }

    private int BelievableLength<T>(ulong[] count)
        where T : unmanaged
    {
        using var type = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Dget_type(Id.Value), Location));
        int kind = LibHdf5.H5Tget_class(type.Value);
        bool wantsInteger = Hdf5ElementType.For<T>().IsInteger;
        if (kind != Hdf5ElementType.IntegerClass && (kind != Hdf5ElementType.FloatClass || wantsInteger))
            throw new InvalidDataException($"{Location} does not hold {(wantsInteger ? "integers" : "numbers")}");

        double claimed = (double)LibHdf5.H5Tget_size(type.Value);
        double wanted = 1;
        foreach (long dimension in Shape)
            claimed *= dimension;
        foreach (ulong length in count)
            wanted *= length;
        double stored = LibHdf5.H5Dget_storage_size(Id.Value);
        if (claimed > AlwaysBelieved && claimed > LargestCompression * stored)
        {
            throw new InvalidDataException(
                $"{Location} claims {claimed:g3} bytes but stores only {stored:g3}: the file is damaged");
        }

        if (wanted > Array.MaxLength)
            throw new InvalidDataException($"{Location} has {wanted:g3} numbers, more than one array can hold");
        return (int)wanted;
    }

    // Shuffling and deflating here and handing over the finished chunk is about three times faster than the library's own filter.
    private void WriteChunk<T>(long firstRow, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ulong* offset = stackalloc ulong[Shape.Count];
        new Span<ulong>(offset, Shape.Count).Clear();
        offset[0] = (ulong)firstRow;
        ReadOnlySpan<byte> raw = MemoryMarshal.AsBytes(values);
        using MemoryStream packed = ChunkCompressor.Compress(raw, sizeof(T));
        bool pays = packed.Length < raw.Length;
        ReadOnlySpan<byte> chunk = pays ? packed.GetBuffer().AsSpan(0, (int)packed.Length) : raw;
        uint skippedFilters = pays ? 0u : 0b11u;
        fixed (byte* data = chunk)
            Hdf5Library.Written(LibHdf5.H5Dwrite_chunk(Id.Value, 0, skippedFilters, offset, (nuint)chunk.Length, data), Location);
    }

    private ulong[] Start(long firstRow)
    {
        ulong[] start = new ulong[Shape.Count];
        start[0] = (ulong)firstRow;
        return start;
    }

    private ulong[] Rows(long rows)
    {
        ulong[] count = _layout.Shape;
        count[0] = (ulong)rows;
        return count;
    }

    private void Transfer<T>(ulong[] start, ulong[] count, ReadOnlySpan<T> values, bool writing)
        where T : unmanaged
    {
        long type = Hdf5ElementType.For<T>().InMemory;
        fixed (ulong* first = start, number = count)
        fixed (T* data = values)
        {
            using var inFile = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Dget_space(Id.Value), Location));
            Hdf5Library.Readable(LibHdf5.H5Sselect_hyperslab(inFile.Value, 0, first, null, number, null), Location);
            using var inMemory = new Hdf5Id(Hdf5Library.Readable(LibHdf5.H5Screate_simple(count.Length, number, null), Location));
            if (writing)
                Hdf5Library.Written(LibHdf5.H5Dwrite(Id.Value, type, inMemory.Value, inFile.Value, 0, data), Location);
            else
                Hdf5Library.Readable(LibHdf5.H5Dread(Id.Value, type, inMemory.Value, inFile.Value, 0, data), Location);
        }
    }
}
