using System.Globalization;

namespace Meanfield.IO;

/// <summary>Lines and points on two axes. The numbers are a table under the chart, from which the page draws it.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="XLabel">Quantity and unit of x.</param>
/// <param name="YLabel">Quantity and unit of y.</param>
/// <param name="Series">What is drawn.</param>
public sealed record ReportChart(string Caption, string XLabel, string YLabel, IReadOnlyList<ChartSeries> Series) : ReportBlock
{
    /// <summary>Whether x is on a logarithmic axis, where what is not positive is not drawn.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether y is.</summary>
    public bool LogY { get; init; }

    internal override void Write(HtmlWriter html)
    {
        html.Open("figure", ("class", "chart"), ("data-log-x", LogX ? "" : null), ("data-log-y", LogY ? "" : null), ("data-x", XLabel), ("data-y", YLabel))
            .Element("figcaption", Caption)
            .Open("div", ("class", "plot"), ("role", "img"), ("aria-label", $"Chart: {Caption}. {YLabel} against {XLabel} for {string.Join(", ", Series.Select(series => series.Label))}. Its numbers are in the table below."))
            .Close("div").Open("details").Element("summary", "Numbers").Open("div", ("class", "scroll")).Open("table");
        html.Open("thead").Open("tr").Element("th", XLabel, ("scope", "col"));
        foreach (ChartSeries series in Series)
        {
            html.Element("th", series.Label, ("scope", "col"), ("data-style", series.Style.ToString().ToLowerInvariant()));
            if (series.Columns().Count == 1) continue;
            html.Element("th", series.Label + ", from", ("scope", "col"), ("data-style", "lower"));
            html.Element("th", series.Label + ", to", ("scope", "col"), ("data-style", "upper"));
        }
        html.Close("tr").Close("thead").Open("tbody");
        foreach ((double x, string[] cells) in Rows())
        {
            html.Raw("<tr><td>").Raw(x.ToString("R", CultureInfo.InvariantCulture));
            foreach (string cell in cells) html.Raw("<td>").Raw(cell);
            html.Raw("\n"); // closing tags of cells and rows may be left out
        }
        html.Close("tbody").Close("table").Close("div").Close("details").Close("figure");
    }

    // A row for each x, and one more each time a series repeats it; empty cells where a series has no point.
    private IEnumerable<(double X, string[] Cells)> Rows()
    {
        IReadOnlyList<IReadOnlyList<double>>[] columns = [.. Series.Select(series => series.Columns())];
        int width = columns.Sum(own => own.Count), first = 0;
        var rows = new SortedDictionary<(double X, int Repetition), string[]>();
        for (int s = 0; s < columns.Length; first += columns[s++].Count)
        {
            var met = new Dictionary<double, int>();
            for (int i = 0; i < Series[s].X.Count; i++)
            {
                double x = Series[s].X[i];
                if (!double.IsFinite(x)) continue;
                int repetition = met[x] = met.GetValueOrDefault(x, -1) + 1;
                if (!rows.TryGetValue((x, repetition), out string[]? cells)) Array.Fill(rows[(x, repetition)] = cells = new string[width], "");
                for (int c = 0; c < columns[s].Count; c++) cells[first + c] = columns[s][c][i].ToString("R", CultureInfo.InvariantCulture);
            }
        }
        return rows.Select(row => (row.Key.X, row.Value));
    }
}
