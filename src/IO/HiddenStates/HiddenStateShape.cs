namespace Meanfield.IO;

/// <summary>Shape of hidden states, every length at least 1.</summary>
/// <param name="Layers">Layers.</param>
/// <param name="Sequences">Sequences of a layer.</param>
/// <param name="Tokens">Tokens of a sequence.</param>
/// <param name="Dimension">Components of a token.</param>
internal sealed record HiddenStateShape(int Layers, int Sequences, int Tokens, int Dimension)
{
    // No network has more; a longer first axis counts something else.
    private const int MostLayers = 1 << 16;

    /// <summary>The shape of an array [layers, tokens, dimension] or [layers, sequences, tokens, dimension].</summary>
    /// <param name="what">The array, for messages.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="InvalidDataException">It is another shape.</exception>
    internal static HiddenStateShape OfArray(string what, IReadOnlyList<long> shape) => shape switch
    {
        [var layers, var tokens, var dimension] => Checked(what, shape, layers, 1, tokens, dimension),
        [var layers, var sequences, var tokens, var dimension] => Checked(what, shape, layers, sequences, tokens, dimension),
        _ => throw new InvalidDataException(
            $"{what} has shape ({string.Join(", ", shape)}); hidden states need [layers, tokens, dimension] or [layers, sequences, tokens, dimension]"),
    };

    /// <summary>The shape of as many arrays [tokens, dimension] or [sequences, tokens, dimension].</summary>
    /// <param name="what">The first array, for messages.</param>
    /// <param name="layers">How many arrays.</param>
    /// <param name="shape">Shape of each.</param>
    /// <exception cref="InvalidDataException">It is another shape.</exception>
    internal static HiddenStateShape OfLayers(string what, int layers, IReadOnlyList<long> shape) => shape switch
    {
        [var tokens, var dimension] => Checked(what, shape, layers, 1, tokens, dimension),
        [var sequences, var tokens, var dimension] => Checked(what, shape, layers, sequences, tokens, dimension),
        _ => throw new InvalidDataException(
            $"{what} has shape ({string.Join(", ", shape)}); a layer needs [tokens, dimension] or [sequences, tokens, dimension]"),
    };

    private static HiddenStateShape Checked(string what, IReadOnlyList<long> shape, long layers, long sequences, long tokens, long dimension)
    {
        if (shape.Any(length => length is < 1 or > int.MaxValue))
            throw new InvalidDataException($"{what} has shape ({string.Join(", ", shape)}); every length must be from 1 to {int.MaxValue}");
        if (layers > MostLayers)
            throw new InvalidDataException($"{what} has {layers} layers on its first axis, more than {MostLayers}: the order is [layers, (sequences,) tokens, dimension]");
        return new HiddenStateShape((int)layers, (int)sequences, (int)tokens, (int)dimension);
    }
}
