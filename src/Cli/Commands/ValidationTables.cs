using System.Globalization;
using Meanfield.Validation;
using Spectre.Console;

namespace Meanfield.Cli.Commands;

/// <summary>Claims and verdicts as tables.</summary>
internal static class ValidationTables
{
    // Where there is no terminal to fit, a row stays one line.
    private const int WidestLine = 240;

    public static void List(IReadOnlyList<Law> laws, bool json)
    {
        if (json)
        {
            Json.Print(laws.Select(law => law.Claim).Select(claim => new { claim.Id, claim.Title, Claim = claim.Statement, claim.Source, claim.Status, claim.Tag, claim.Hypotheses, claim.Method, claim.Tolerance, claim.Case }));
            return;
        }
        foreach (Law law in laws) Console.Out.WriteLine($"{law.Claim.Id}  {law.Claim.Title}\n     {law.Claim.Statement}\n     {law.Claim.Source}");
    }

    public static void Print(ValidationReport report, string path)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidestLine;
        var table = new Table().Border(TableBorder.Minimal);
        table.AddColumns("claim", "", "figures", "nearest to its limit", "predicted", "measured", "error", "tolerance", "verdict");
        foreach (ClaimReport claim in report.Claims)
        {
            FigureReport[] shown = [.. claim.Figures.Where(figure => !figure.Holds)];
            if (shown.Length == 0 && claim.Tightest() is { } tightest) shown = [tightest];
            foreach (FigureReport figure in shown)
            {
                table.AddRow(Array.ConvertAll(
                    [claim.Claim.Id, claim.Claim.Title, $"{claim.Figures.Count}", figure.Name, ReportWords.Number(figure.Predicted), ReportWords.Number(figure.Measured), ReportWords.Number(figure.Error, "G2"), ReportWords.Tolerance(figure), ReportWords.Of(claim.Verdict)],
                    Markup.Escape));
            }
            if (shown.Length == 0) table.AddRow(Markup.Escape(claim.Claim.Id), Markup.Escape(claim.Claim.Title), "0", "", "", "", "", "", ReportWords.Of(claim.Verdict));
        }
        AnsiConsole.Write(table);
        foreach (ClaimReport claim in report.Claims)
        {
            if (claim.Problem is { } problem) Console.Out.WriteLine($"{claim.Claim.Id} broke off: {problem}");
            foreach (string violation in claim.Violations) Console.Out.WriteLine($"{claim.Claim.Id} does not apply, violated: {violation}");
        }
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Passed} passed, {report.Refuted} refuted as printed and true as corrected, {report.NotApplicable} not applicable, {report.Failed} failed; {path}/report.html"));
    }
}
