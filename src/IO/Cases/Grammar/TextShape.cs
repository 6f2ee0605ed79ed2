using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>One line of text that is not empty. An unquoted number is text too.</summary>
internal sealed class TextShape : Shape<string>
{
    /// <inheritdoc/>
    public override string Allowed => "one line of text";

    /// <summary>Whether a string is such a text: not blank, no control characters, line breaks or unpaired surrogates.</summary>
    public static bool Allows(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]) || text[i] is '\u2028' or '\u2029' or >= '\ufffe')
                return false;
        }

        return !string.IsNullOrWhiteSpace(text);
    }

    /// <inheritdoc/>
    public override string Read(Spot at) =>
        at.Node is ScalarNode { IsNull: false } scalar && Allows(scalar.Text) ? scalar.Text : throw at.Not(Allowed);

    /// <inheritdoc/>
    public override CaseNode Write(string value) => Scalar(value, plain: false);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };
}
