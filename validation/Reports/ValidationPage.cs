using System.Globalization;
using System.Text;

namespace Meanfield.Validation;

/// <summary>A validation as Markdown: a table of every figure, then every claim in words.</summary>
public static class ValidationPage
{
    /// <summary>docs/validation.md.</summary>
    public static string Markdown(ValidationReport report)
    {
        var page = new StringBuilder("# Validation\n\n");
        page.Append("Written by `meanfield validate --docs docs/validation.md`. Every claim is held against a measurement that does not see the prediction.\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Level {report.Level.ToString().ToLowerInvariant()}, seed {report.Seed}: {report.Passed} passed, {report.Refuted} refuted as printed and true as corrected, ");
        page.Append(CultureInfo.InvariantCulture, $"{report.NotApplicable} not applicable, {report.Failed} failed.\n\n");
        page.Append("Error: relative deviation (rel), deviation (abs, exp), in standard errors (σ), distance from a bound (≥, ≤). Figures marked *printed* are those of a statement that is false as printed; the measurement must miss them.\n\n");
        page.Append("| claim | figure | predicted | measured | error | tolerance | verdict |\n|---|---|---|---|---|---|---|\n");
        foreach (ClaimReport claim in report.Claims)
        {
            if (claim.Figures.Count == 0) Row(page, claim.Claim.Id, Cell(claim.Claim.Title), "", "", "", "", ReportWords.Of(claim.Verdict));
            foreach (FigureReport figure in claim.Figures)
            {
                Row(page, claim.Claim.Id, Cell(figure.Name) + (figure.Printed ? " (*printed*)" : ""), ReportWords.Number(figure.Predicted), Measured(figure), ReportWords.Number(figure.Error, "G2"),
                    ReportWords.Tolerance(figure), figure.Holds ? ReportWords.Of(claim.Verdict) : "**does not hold**");
            }
        }
        foreach (ClaimReport claim in report.Claims) Describe(page, claim);
        return page.ToString();
    }

    private static void Describe(StringBuilder page, ClaimReport report)
    {
        Claim claim = report.Claim;
        page.Append(CultureInfo.InvariantCulture, $"\n## {claim.Id} {claim.Title}\n\n{claim.Statement}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"- Source: {claim.Source} ({ReportWords.Of(claim.Status)}; {claim.Tag})\n");
        foreach (string hypothesis in claim.Hypotheses) page.Append(CultureInfo.InvariantCulture, $"- Hypothesis: {hypothesis}\n");
        page.Append(CultureInfo.InvariantCulture, $"- Measured: {claim.Method}\n- Tolerance: {claim.Tolerance}\n- Verdict: {ReportWords.Of(report.Verdict)}\n");
        foreach (string violation in report.Violations) page.Append(CultureInfo.InvariantCulture, $"- Violated: {violation}\n");
        if (report.Problem is { } problem) page.Append(CultureInfo.InvariantCulture, $"- Broke off: {problem.Split('\n')[0]}\n");
        if (claim.Case is { } text) page.Append(CultureInfo.InvariantCulture, $"\n```yaml\n{text.TrimEnd()}\n```\n");
    }

    private static void Row(StringBuilder page, params string[] cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Cell(string text) => text.Replace("|", "\\|");

    private static string Measured(FigureReport figure) =>
        ReportWords.Number(figure.Measured) + (figure.Uncertainty > 0 ? " ± " + ReportWords.Number(figure.Uncertainty, "G2") : "");
}
