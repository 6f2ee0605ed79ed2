namespace Meanfield.IO;

/// <summary>A part of a page that can be linked to.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What it shows, in order.</param>
public sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks)
{
    /// <summary>Name for links (#name): lower-case letters, digits and hyphens; by default from the title.</summary>
    public string Anchor { get; init; } = AnchorOf(Title);

    internal void Write(HtmlWriter html, string anchor)
    {
        html.Open("section", ("id", anchor));
        html.Element("h2", Title);
        foreach (ReportBlock block in Blocks) block.Write(html);
        html.Close("section");
    }

    private static string AnchorOf(string title)
    {
        char[] letters = [.. title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')];
        string anchor = string.Join('-', new string(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return anchor.Length > 0 ? anchor : "section";
    }
}
