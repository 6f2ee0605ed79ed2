using System.Globalization;

namespace Meanfield.IO;

/// <summary>Files of hidden states: NumPy (.npy), .safetensors, HDF5.</summary>
public static class HiddenStateFile
{
    /// <summary>Opens a file by what its first bytes say it is.</summary>
    /// <remarks>
    /// Numbers are float16, bfloat16, float32 or float64.
    /// .npy: one array [layers, tokens, dimension] or [layers, sequences, tokens, dimension], in C or Fortran order, little- or big-endian.
    /// .safetensors and HDF5: one such array, or one [tokens, dimension] or [sequences, tokens, dimension] for each layer, layers in the natural order of their
    /// names (layer.2 before layer.10). Nothing is kept in memory beyond a few pages, or the chunks of an HDF5 file that are being read.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="dataset">.safetensors, HDF5: the array that is meant, or the beginning of the names of the layers; null: all that can be layers.</param>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It holds no hidden states or is damaged; the sentence says how.</exception>
    public static IHiddenStates Open(string path, string? dataset = null)
    {
        Span<byte> start = stackalloc byte[8];
        start = start[..Start(path, start)];
        if (IsNumpy(path, start))
        {
            return dataset is null
                ? Opened(path, file => OfNumpy(file, header => HiddenStateShape.OfArray(path, header.Shape)))
                : throw new InvalidDataException($"{path} is a .npy file, which has one array without a name, so '{Quote.Short(dataset)}' is not in it");
        }

        if (start.SequenceEqual(Hdf5File.Magic) || path.EndsWith(".h5", StringComparison.OrdinalIgnoreCase))
            return Hdf5HiddenStates.Open(path, dataset);
        return path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
            ? Opened(path, file => OfSafetensors(file, dataset))
            : throw new InvalidDataException($"{path} is neither a NumPy .npy file nor HDF5, and its name does not end in .safetensors");
    }

    /// <summary>Whether a file is a .npy, by its name or its first bytes.</summary>
    /// <exception cref="IOException">It is no regular file or cannot be read.</exception>
    internal static bool IsNumpy(string path)
    {
        Span<byte> start = stackalloc byte[8];
        return IsNumpy(path, start[..Start(path, start)]);
    }

    /// <summary>Opens the matrix [N, d] of a .npy as one layer of N tokens.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such matrix or is damaged; the sentence says how.</exception>
    internal static IHiddenStates OpenMatrix(string path) => Opened(path, file => OfNumpy(file, header => header.Shape.Length == 2
        ? HiddenStateShape.OfLayers(path, 1, header.Shape)
        : throw new InvalidDataException($"{path} has shape ({string.Join(", ", header.Shape)}); a matrix [N, d] is needed")));

    private static bool IsNumpy(string path, ReadOnlySpan<byte> start) =>
        start.StartsWith(NpyHeader.Magic) || path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    private static int Start(string path, Span<byte> start)
    {
        using FileStream file = InputFile.Open(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
    }

    private static FlatHiddenStates Opened(string path, Func<FileStream, FlatHiddenStates> read)
    {
        FileStream file = InputFile.Open(path);
        try
        {
            return read(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FlatHiddenStates OfNumpy(FileStream file, Func<NpyHeader, HiddenStateShape> meaning)
    {
        string path = file.Name;
        NpyHeader header = NpyHeader.Read(file, path);
        StoredNumber type = header.Number(path);
        header.RequireLength(file, path);
        HiddenStateShape shape = meaning(header);
        FlatStrides strides = header.FortranOrder ? FlatStrides.ColumnMajor(shape) : FlatStrides.RowMajor(shape);
        long layer = header.FortranOrder ? 1 : shape.Sequences * strides.Sequence;
        return new FlatHiddenStates(file, shape, Layers(shape.Layers, file.Position, layer, type), strides);
    }

    private static FlatHiddenStates OfSafetensors(FileStream file, string? dataset)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(file, file.Name);
        LayerSelection chosen = LayerSelection.Choose(
            file.Name, [.. header.Tensors.Select(tensor => new NamedArray(tensor.Name, tensor.Shape, StoredNumber.OfSafetensors(tensor.Type) is not null))], dataset);
        Dictionary<string, FlatLayer> places = header.Tensors.Where(tensor => StoredNumber.OfSafetensors(tensor.Type) is not null).ToDictionary(
            tensor => tensor.Name, tensor => new FlatLayer(tensor.Name, header.DataOffset + tensor.Begin, StoredNumber.OfSafetensors(tensor.Type)!.Value));
        FlatStrides strides = FlatStrides.RowMajor(chosen.Shape);
        FlatLayer first = places[chosen.Names[0]];
        FlatLayer[] layers = chosen.IsWhole
            ? Layers(chosen.Shape.Layers, first.Offset, chosen.Shape.Sequences * strides.Sequence, first.Type)
            : [.. chosen.Names.Select(name => places[name])];
        return new FlatHiddenStates(file, chosen.Shape, layers, strides);
    }

    // Layers of one array, so many numbers apart.
    private static FlatLayer[] Layers(int count, long offset, long apart, StoredNumber type)
    {
        var layers = new FlatLayer[count];
        for (int i = 0; i < count; i++)
            layers[i] = new FlatLayer(i.ToString(CultureInfo.InvariantCulture), offset + i * apart * type.Size, type);
        return layers;
    }
}
