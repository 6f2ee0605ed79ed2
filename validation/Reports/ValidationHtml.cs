using System.Globalization;
using Meanfield.IO;

namespace Meanfield.Validation;

/// <summary>A validation as one offline page: the claims in a table, then a section for each with its figures, curves, residuals and case file.</summary>
public static class ValidationHtml
{
    /// <summary>report.html.</summary>
    public static ReportPage Of(ValidationReport report) => new(
        "Validation",
        $"{report.Claims.Count} claims held against measurements: {report.Passed} passed, {report.Refuted} refuted as printed and true as corrected, {report.NotApplicable} not applicable, {report.Failed} failed",
        [Overview(report), .. report.Claims.Select(Section)]);

    private static ReportSection Overview(ValidationReport report) => new("Claims",
    [
        new ReportFigures([("level", report.Level.ToString().ToLowerInvariant()), ("seed", report.Seed.ToString()), ("program", report.Version)]),
        new ReportText("Beside each claim stands its figure that is nearest to its limit, or the first one beyond it."),
        new ReportTable("Claims and verdicts", ["claim", "title", "status", "figures", "nearest to its limit", "predicted", "measured", "error", "tolerance", "seconds", "verdict"],
            [.. report.Claims.Select(claim => (IReadOnlyList<ReportCell>)
            [
                new ReportCell(claim.Claim.Id) { Anchor = claim.Claim.Id.ToLowerInvariant() }, claim.Claim.Title, ReportWords.Of(claim.Claim.Status), (double)claim.Figures.Count,
                .. Cells(claim.Figures.FirstOrDefault(figure => !figure.Holds) ?? claim.Tightest()),
                new ReportCell(ReportWords.Number(claim.Seconds, "F1")) { Number = claim.Seconds }, Verdict(claim.Verdict),
            ])]),
    ]);

    private static ReportSection Section(ClaimReport report) => new($"{report.Claim.Id} {report.Claim.Title}", [.. Blocks(report)]) { Anchor = report.Claim.Id.ToLowerInvariant() };

    private static IEnumerable<ReportBlock> Blocks(ClaimReport report)
    {
        Claim claim = report.Claim;
        yield return new ReportText(claim.Statement);
        yield return new ReportFigures([("verdict", Verdict(report.Verdict)), ("status", ReportWords.Of(claim.Status)), ("evidence", claim.Tag)]);
        string hypotheses = claim.Hypotheses.Count > 0 ? string.Join("; ", claim.Hypotheses) : "none";
        yield return new ReportText($"Source: {claim.Source}.\n\nHypotheses: {hypotheses}.\n\nMeasured: {claim.Method}\n\nTolerance: {claim.Tolerance}");
        if (report.Violations.Count > 0) yield return new ReportText("Violated: " + string.Join("; ", report.Violations));
        if (report.Problem is { } problem) yield return new ReportListing("The measurement broke off", problem);
        if (report.Figures.Count > 0)
        {
            yield return new ReportTable("Predicted beside measured", ["figure", "predicted", "measured", "error", "tolerance", ""],
                [.. report.Figures.Select(figure => (IReadOnlyList<ReportCell>)
                    [.. Cells(figure), ReportCell.Verdict(figure.Holds, figure.Holds ? figure.Printed ? "missed" : "holds" : "does not hold")])]);
        }
        foreach (CurveReport curve in report.Curves)
        {
            var measured = new ChartSeries("measured", curve.X, curve.Measured) { Style = SeriesStyle.Points };
            yield return new ReportChart(curve.Name, curve.Abscissa, curve.Name,
                curve.Predicted is null ? [measured] : [measured, new ChartSeries("predicted", curve.X, curve.Predicted) { Style = SeriesStyle.Dashed }])
            { LogX = curve.LogX, LogY = curve.LogY };
            if (curve.Residual is { } residual) yield return Residual(curve, residual);
        }
        yield return new ReportListing("Measured again by", string.Create(CultureInfo.InvariantCulture, $"meanfield validate {claim.Id}{Option(report.Level)} --seed {report.Seed}"));
        if (claim.Case is { } text) yield return new ReportListing($"A case that shows it: meanfield run {claim.Id.ToLowerInvariant()}.yaml", text);
    }

    // Name, predicted, measured, error, tolerance.
    private static IReadOnlyList<ReportCell> Cells(FigureReport? figure) => figure is null ? ["", "", "", "", ""] :
    [
        figure.Name + (figure.Printed ? " (as printed, to be missed)" : ""), figure.Predicted,
        figure.Uncertainty > 0 ? ReportCell.PlusMinus(figure.Measured, figure.Uncertainty) : figure.Measured, figure.Error, ReportWords.Tolerance(figure),
    ];

    private static ReportChart Residual(CurveReport curve, IReadOnlyList<double> residual)
    {
        string words = curve.Relative ? "measured/predicted − 1" : "measured − predicted";
        return new ReportChart($"{curve.Name}: {words}", curve.Abscissa, words, [new ChartSeries("residual", curve.X, residual) { Style = SeriesStyle.Points }]) { LogX = curve.LogX };
    }

    private static string Option(Level level) => level == Level.Default ? "" : " --" + level.ToString().ToLowerInvariant();

    private static ReportCell Verdict(Verdict verdict) => ReportCell.Verdict(verdict is Validation.Verdict.Passed or Validation.Verdict.Refuted, ReportWords.Of(verdict));
}
