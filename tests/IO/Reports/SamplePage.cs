using Meanfield.IO;

namespace Meanfield.Tests.IO;

/// <summary>A page with one of everything.</summary>
internal static class SamplePage
{
    /// <summary>Text that would be markup, end an element or an attribute, or run.</summary>
    public const string Hostile = "</script></title><img src=x onerror=\"document.title='owned'\"> & 'β' < \"κ\" &amp; \u0001";

    /// <summary>Numbers for a table: those that sort differently as text, and those that do not sort.</summary>
    public static readonly double[] Numbers = [3, 1e-300, 20, double.NaN, -1.0 / 3, 100, double.PositiveInfinity, 1.7976931348623157e308];

    /// <summary>Abscissae of the chart's line.</summary>
    public static readonly double[] Times = [.. Enumerable.Range(0, 200).Select(k => k / 7.0)];

    /// <summary>Two sections and two charts.</summary>
    public static ReportPage Create() => new("Page " + Hostile, Hostile,
    [
        new("Numbers " + Hostile,
        [
            new ReportText("First.\n\n" + Hostile),
            new ReportFigures([("count", 12), ("rate", ReportCell.PlusMinus(0.4691, 0.0002)), ("state", ReportCell.Verdict(false, "refuted"))]),
            new ReportTable(Hostile, ["name", "value"], [.. Numbers.Select((x, i) => (IReadOnlyList<ReportCell>)["row" + i, x])]),
        ]),
        new("Charts",
        [
            new ReportChart("Growth " + Hostile, "t", "α", [new(Hostile, Times, [.. Times.Select(Math.Exp)]), new("measured", [3, 1, 1], [20, 2, 3]) { Style = SeriesStyle.Points, Lower = [10, 1, 2], Upper = [30, 3, 4] }]) { LogY = true },
            new ReportChart("Band", "t", "x", [new("mean", [0, 1, 2, 3], [0, 1, double.NaN, 2]) { Style = SeriesStyle.Dashed, Lower = [-1, 0, 0, 1], Upper = [1, 2, 2, 3] }]),
            new ReportChart("Nothing to draw", "t", "x", [new("none", [0, 1], [double.NaN, -1])]) { LogX = true, LogY = true },
            new ReportHeatMap("Heat", "t", "degree", "α", (0, 10), (0.5, 3.5), new double[,] { { 1, 0.1 }, { 1e-3, double.NaN }, { 0, 1e-6 } }) { Logarithmic = true },
            new ReportListing("case.yaml", "\n  title: " + Hostile + "\n"),
        ]) { Anchor = "numbers-script-title-img-src-x-onerror-document-title-owned-amp" },
    ]);
}
