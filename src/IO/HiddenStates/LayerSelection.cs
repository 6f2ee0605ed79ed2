namespace Meanfield.IO;

/// <summary>A named array of a file that may hold hidden states.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Readable">Whether its numbers are floating-point numbers that can be read.</param>
internal sealed record NamedArray(string Name, IReadOnlyList<long> Shape, bool Readable);

/// <summary>Which arrays of a file are the hidden states: one that holds every layer, or one for each layer.</summary>
/// <param name="Names">Their names, one, or [layers] in the order of the layers.</param>
/// <param name="Shape">The shape of the hidden states.</param>
/// <param name="IsWhole">Whether one array holds every layer.</param>
internal sealed record LayerSelection(IReadOnlyList<string> Names, HiddenStateShape Shape, bool IsWhole)
{
    private const int ShownNames = 6;

    /// <summary>
    /// Chooses among the arrays of floating-point numbers with two axes or more. One with three or four axes holds every layer; else all must have one shape
    /// and are a layer each, in the natural order of their names. Arrays of integers (token numbers, masks) and lists are passed over.
    /// </summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="arrays">Its arrays, names all different.</param>
    /// <param name="dataset">The array that is meant, or the beginning of the names of those that are meant; null for all.</param>
    /// <exception cref="InvalidDataException">There is no such choice; the sentence says what there is.</exception>
    internal static LayerSelection Choose(string path, IReadOnlyCollection<NamedArray> arrays, string? dataset)
    {
        NamedArray[] candidates = [.. arrays.Where(array => array.Readable && array.Shape.Count >= 2)];
        if (dataset is not null)
        {
            string wanted = dataset.TrimStart('/');
            candidates = arrays.FirstOrDefault(array => array.Name == wanted) is { } named
                ? [named.Readable ? named : throw new InvalidDataException($"{Quote.Short(wanted)} in {path} holds no floating-point numbers of 16, 32 or 64 bits")]
                : [.. candidates.Where(array => array.Name.StartsWith(wanted, StringComparison.Ordinal))];
        }

        if (candidates.Length == 0)
        {
            string missing = dataset is null ? "no array of floating-point numbers with two axes or more" : $"no array '{Quote.Short(dataset)}'";
            throw new InvalidDataException($"{path} has {missing}; it has {List(arrays)}");
        }

        if (candidates is [{ Shape.Count: > 2 } whole])
            return new LayerSelection([whole.Name], HiddenStateShape.OfArray($"{Quote.Short(whole.Name)} in {path}", whole.Shape), IsWhole: true);
        Array.Sort(candidates, (a, b) => NaturalOrder.Instance.Compare(a.Name, b.Name));
        NamedArray first = candidates[0];
        if (Array.Find(candidates, array => !array.Shape.SequenceEqual(first.Shape)) is { } other)
        {
            throw new InvalidDataException(
                $"{path} has arrays of different shapes, {Text(first)} and {Text(other)}, so its layers are not clear: name the array, or how those of the layers begin");
        }

        return new LayerSelection(
            Array.ConvertAll(candidates, array => array.Name), HiddenStateShape.OfLayers($"{Quote.Short(first.Name)} in {path}", candidates.Length, first.Shape), IsWhole: false);
    }

    private static string List(IReadOnlyCollection<NamedArray> arrays) => arrays.Count == 0
        ? "no arrays"
        : string.Join(", ", arrays.Take(ShownNames).Select(Text)) + (arrays.Count > ShownNames ? $" and {arrays.Count - ShownNames} more" : "");

    private static string Text(NamedArray array) => $"{Quote.Short(array.Name)} ({string.Join(", ", array.Shape)})";
}
