using System.Globalization;

namespace Meanfield.IO;

/// <summary>Hidden states in an HDF5 file, read block by block; numbers of any width, packed or not.</summary>
internal sealed class Hdf5HiddenStates : HiddenStates
{
    private readonly ForeignHdf5 _file;
    private readonly LayerSelection _chosen;
    private readonly string[] _names;
    private readonly int _axes;

    private Hdf5HiddenStates(string path, ForeignHdf5 file, LayerSelection chosen, string[] names, int axes)
        : base(path, chosen.Shape) => (_file, _chosen, _names, _axes) = (file, chosen, names, axes);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataset">As in <see cref="HiddenStateFile.Open"/>.</param>
    /// <exception cref="InvalidDataException">It holds no hidden states or is damaged.</exception>
    internal static Hdf5HiddenStates Open(string path, string? dataset)
    {
        ForeignHdf5 file = ForeignHdf5.Open(path);
        try
        {
            IReadOnlyList<ForeignArray> arrays = file.Arrays();
            LayerSelection chosen = LayerSelection.Choose(path, [.. arrays.Select(array => new NamedArray(array.Name, array.Shape, array.IsFloat))], dataset);
            ForeignArray first = arrays.First(array => array.Name == chosen.Names[0]);
            return new Hdf5HiddenStates(path, file, chosen, LayerNames(chosen, first.LayerNames), first.Shape.Count);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>One dataset of a file that stays another's: [N, d], or [T, N, d] with T layers.</summary>
    /// <exception cref="InvalidDataException">A length is 0.</exception>
    internal static Hdf5HiddenStates Of(string path, ForeignHdf5 file, ForeignArray array)
    {
        bool isWhole = array.Shape.Count > 2;
        string what = $"{Quote.Short(array.Name)} in {path}";
        HiddenStateShape shape = isWhole ? HiddenStateShape.OfArray(what, array.Shape) : HiddenStateShape.OfLayers(what, 1, array.Shape);
        var chosen = new LayerSelection([array.Name], shape, isWhole);
        return new Hdf5HiddenStates(path, file, chosen, LayerNames(chosen, ""), array.Shape.Count);
    }

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();

    /// <inheritdoc/>
    private protected override string NameOf(int layer) => _names[layer];

    /// <inheritdoc/>
    private protected override void Fill(int layer, int sequence, int firstToken, Span<double> rows)
    {
        int tokens = rows.Length / Dimension, most = Math.Max(1, Hdf5Service.LargestBlock / Dimension);
        long[] start = new long[_axes], count = new long[_axes];
        Array.Fill(count, 1);
        if (_chosen.IsWhole) start[0] = layer;
        if (_axes == (_chosen.IsWhole ? 4 : 3)) start[^3] = sequence;
        count[^1] = Dimension;
        for (int done = 0; done < tokens; done += most)
        {
            (start[^2], count[^2]) = (firstToken + done, Math.Min(most, tokens - done));
            _file.Read(_chosen.Names[_chosen.IsWhole ? 0 : layer], start, count, rows.Slice(done * Dimension, (int)count[^2] * Dimension));
        }
    }

    // The names of the datasets, or what the attribute layer_names of a whole array says where it says as many.
    private static string[] LayerNames(LayerSelection chosen, string attribute)
    {
        if (!chosen.IsWhole)
            return [.. chosen.Names];
        string[] names = attribute.Split(',', StringSplitOptions.TrimEntries);
        return names.Length == chosen.Shape.Layers && Array.TrueForAll(names, name => name.Length > 0)
            ? names
            : [.. Enumerable.Range(0, chosen.Shape.Layers).Select(layer => layer.ToString(CultureInfo.InvariantCulture))];
    }
}
