namespace Meanfield.IO;

/// <summary>A paragraph.</summary>
/// <param name="Text">Plain text; an empty line starts a new paragraph.</param>
public sealed record ReportText(string Text) : ReportBlock
{
    internal override void Write(HtmlWriter html)
    {
        foreach (string paragraph in Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)) html.Element("p", paragraph.Trim());
    }
}
