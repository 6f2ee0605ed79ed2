namespace Meanfield.IO;

/// <summary>A page of results as one HTML file that needs no network, no other file and no server.</summary>
/// <remarks>
/// Its policy forbids every request, and any script but its own. Tables and text do without scripts; charts are drawn by uPlot from the tables under them.
/// The same data give the same bytes.
/// <code>
/// new ReportPage("Growth", "softmax, β = 9",
/// [
///     new("Rates",
///     [
///         new ReportText("Measured beside predicted."),
///         new ReportTable("Growth rates", ["degree", "predicted", "measured"], [[1, 0.1975, 0.1974], [2, 0.4691, 0.4690]]),
///         new ReportChart("Amplitudes", "t", "α", [new("α₂", times, amplitudes)]) { LogY = true },
///     ]),
/// ]).Write("report.html");
/// </code>
/// </remarks>
/// <param name="Title">Also the title of the window.</param>
/// <param name="Subtitle">One line below; empty for none.</param>
/// <param name="Sections">In order; two or more get a table of contents.</param>
public sealed record ReportPage(string Title, string Subtitle, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>The whole file.</summary>
    public string ToHtml()
    {
        var html = new HtmlWriter();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{PageAssets.Policy}\">\n");
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Element("title", Title);
        html.Raw($"<style>{PageAssets.Style}</style>\n</head>\n<body>\n<header>\n");
        html.Element("h1", Title);
        if (Subtitle.Length > 0) html.Element("p", Subtitle);
        html.Raw("</header>\n");
        string[] anchors = Anchors();
        if (Sections.Count > 1) WriteContents(html, anchors);
        html.Raw("<main>\n");
        for (int i = 0; i < Sections.Count; i++) Sections[i].Write(html, anchors[i]);
        html.Raw("</main>\n");
        html.Element("footer", $"Meanfield {ProgramVersion.Number}");
        html.Raw($"<script>{PageAssets.Script}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>Publishes the file in one piece.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToHtml());

    private void WriteContents(HtmlWriter html, string[] anchors)
    {
        html.Open("nav", ("aria-label", "Contents")).Open("ol");
        for (int i = 0; i < Sections.Count; i++)
        {
            html.Open("li");
            html.Element("a", Sections[i].Title, ("href", "#" + anchors[i]));
            html.Close("li");
        }
        html.Close("ol").Close("nav");
    }

    // The anchors of the sections; a later one of the same name gets a number.
    private string[] Anchors()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var anchors = new string[Sections.Count];
        for (int i = 0; i < anchors.Length; i++)
        {
            string anchor = anchors[i] = Sections[i].Anchor;
            for (int copy = 2; !taken.Add(anchors[i]); copy++) anchors[i] = $"{anchor}-{copy}";
        }
        return anchors;
    }
}
