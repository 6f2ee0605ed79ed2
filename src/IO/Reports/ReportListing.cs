namespace Meanfield.IO;

/// <summary>Text as it stands, in a fixed-width face: a case, a log.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Text">Lines.</param>
public sealed record ReportListing(string Caption, string Text) : ReportBlock
{
    internal override void Write(HtmlWriter html)
    {
        html.Open("figure").Element("figcaption", Caption).Open("pre", ("tabindex", "0"));
        html.Text("\n" + Text).Close("pre").Close("figure"); // a line feed after <pre> is not shown
    }
}
