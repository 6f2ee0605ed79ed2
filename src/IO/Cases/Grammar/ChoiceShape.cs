using System.Text.Json;
using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>One word of a few: the names of an enumeration in snake_case.</summary>
internal sealed class ChoiceShape<T> : Shape<T>
    where T : struct, Enum
{
    private static readonly string[] Words = [.. Enum.GetValues<T>().Select(Word)];

    /// <inheritdoc/>
    public override string Allowed => Words.Length == 1 ? Words[0] : $"{string.Join(", ", Words[..^1])} or {Words[^1]}";

    /// <inheritdoc/>
    public override T Read(Spot at)
    {
        if (at.Node is not ScalarNode { IsNull: false, Text: var word })
            throw at.Not(Allowed);
        var index = Array.IndexOf(Words, word);
        return index >= 0 ? Enum.GetValues<T>()[index]
            : throw at.Wrong($"must be {Allowed}, but is {at.Node.Description}{Suggestion.For(word, Words)}");
    }

    /// <inheritdoc/>
    public override CaseNode Write(T value) => Scalar(Word(value));

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Words.Select(word => JsonValue.Create(word))]) };

    private static string Word(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
