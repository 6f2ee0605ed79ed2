namespace Meanfield.IO;

/// <summary>Text of users as it appears inside a sentence: on one line and not too long.</summary>
internal static class Quote
{
    private const int Longest = 60;

    /// <summary>The text with control characters replaced and its end cut off when long.</summary>
    public static string Short(string text)
    {
        var length = text.Length > Longest ? Longest : text.Length;
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        return length < text.Length ? Line(text[..length]) + "…" : Line(text);
    }

    /// <summary>The text with control characters replaced.</summary>
    public static string Line(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? '\ufffd' : source[i];
    });
}
