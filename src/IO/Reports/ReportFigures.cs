namespace Meanfield.IO;

/// <summary>The few numbers to see first, side by side.</summary>
/// <param name="Figures">Name and value.</param>
public sealed record ReportFigures(IReadOnlyList<(string Name, ReportCell Value)> Figures) : ReportBlock
{
    internal override void Write(HtmlWriter html)
    {
        html.Open("dl", ("class", "figures"));
        foreach ((string name, ReportCell value) in Figures)
        {
            html.Open("div").Element("dt", name);
            value.Write(html, "dd");
            html.Close("div");
        }
        html.Close("dl");
    }
}
