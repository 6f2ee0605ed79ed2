using System.Text;

namespace Meanfield.IO;

/// <summary>Writes HTML: all text and every attribute is escaped, whatever it holds.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>Opens an element; an attribute without value is left out.</summary>
    public HtmlWriter Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _html.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is null) continue;
            _html.Append(' ').Append(attribute).Append("=\"");
            Text(value)._html.Append('"');
        }
        _html.Append('>');
        return this;
    }

    /// <summary>Closes an element.</summary>
    public HtmlWriter Close(string name)
    {
        _html.Append("</").Append(name).Append(name is "td" or "th" or "a" ? ">" : ">\n");
        return this;
    }

    /// <summary>An element that holds text.</summary>
    public HtmlWriter Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(name, attributes).Text(text).Close(name);

    /// <summary>Text; control characters other than tabs and line feeds become U+FFFD, as in every HTML reader.</summary>
    public HtmlWriter Text(string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                '\r' => _html,
                < ' ' and not '\t' and not '\n' or >= '\u007f' and < '\u00a0' => _html.Append('\ufffd'),
                _ => _html.Append(c),
            };
        }
        return this;
    }

    /// <summary>HTML of our own.</summary>
    public HtmlWriter Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();
}
