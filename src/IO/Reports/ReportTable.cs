namespace Meanfield.IO;

/// <summary>A table that a click on a column's name sorts.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">A cell for each column.</param>
public sealed record ReportTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportBlock
{
    /// <exception cref="ArgumentException">A row has too many or too few cells.</exception>
    internal override void Write(HtmlWriter html)
    {
        html.Open("div", ("class", "scroll")).Open("table", ("class", "sortable")).Element("caption", Caption).Open("thead").Open("tr");
        for (int column = 0; column < Columns.Count; column++)
            html.Element("th", Columns[column], ("scope", "col"), ("class", Rows.Any(row => column < row.Count && row[column].Number is not null) ? "number" : null));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (IReadOnlyList<ReportCell> row in Rows)
        {
            if (row.Count != Columns.Count) throw new ArgumentException($"a row of '{Caption}' has {row.Count} cells for {Columns.Count} columns");
            html.Open("tr");
            foreach (ReportCell cell in row) cell.Write(html, "td");
            html.Close("tr");
        }
        html.Close("tbody").Close("table").Close("div");
    }
}
