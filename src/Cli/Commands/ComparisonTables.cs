using System.Globalization;
using Meanfield.IO;
using Spectre.Console;

namespace Meanfield.Cli.Commands;

/// <summary>A comparison as tables: a row for each run.</summary>
internal static class ComparisonTables
{
    // Where there is no terminal to fit, a row stays one line.
    private const int WidestLine = 240;

    public static void Print(RunComparison comparison)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidestLine;
        Phases(comparison);
        Rates(comparison);
        Clusters(comparison);
        Differences(comparison);
        foreach (DifferenceScaling scaling in comparison.Scalings)
            Line(Text($"difference ~ {scaling.Quantity}^({scaling.Exponent:F3} ± {scaling.Uncertainty:F3}) over {scaling.Points.Count} runs at t = {scaling.Time:G5}"));
    }

    private static void Phases(RunComparison comparison)
    {
        Table table = New("phases", "run", "predicted", "measured", "off", "law of N tokens");
        foreach (string name in comparison.Runs.SelectMany(run => run.Phases?.Boundaries.Select(boundary => boundary.Name) ?? []).Distinct())
        {
            foreach (RunSummary run in comparison.Runs)
            {
                if (run.Phases?.Boundaries.FirstOrDefault(boundary => boundary.Name == name) is not { } boundary) continue;
                if (double.IsNaN(boundary.Measured) && double.IsNaN(boundary.Predicted)) continue;
                string alone = run.Phases.Forecast.LinearEndBy == PredictionMethod.Expansion ? "" : " (q alone)";
                Row(table, name.Replace('_', ' '), run.Label, Number(boundary.Predicted, "G5", alone), PlusMinus(boundary.Measured, boundary.Uncertainty),
                    Number(100 * (boundary.Measured / boundary.Predicted - 1), "F2", " %"), PlusMinus(boundary.LawMean, boundary.LawDeviation));
            }
        }
        if (table.Rows.Count > 0) AnsiConsole.Write(table); else Line("nothing grows about the uniform state: there are no phases");
        foreach (RunSummary run in comparison.Runs)
            if (run.Phases is { LeadingDegree: > 0 } phases && phases.LeadingDegree != phases.Forecast.FastestDegree)
                Line(Text($"{run.Label}: degree {phases.LeadingDegree} leads where the linear phase of degree {phases.Forecast.FastestDegree} ends"));
    }

    private static void Rates(RunComparison comparison)
    {
        if (comparison.Runs.FirstOrDefault(run => run.Phases is not null)?.Phases is not { } theory) return;
        Table table = New(["growth rates", "predicted", .. comparison.Runs.Select(run => run.Label)]);
        foreach (PhaseRate rate in theory.Rates)
        {
            Row(table,
                [Text($"degree {rate.Degree}"), Number(rate.Predicted, "G8"),
                 .. comparison.Runs.Select(run => run.Phases?.Rates.FirstOrDefault(r => r.Degree == rate.Degree) is { } measured ? PlusMinus(measured.Measured, measured.Uncertainty) : "")]);
        }
        AnsiConsole.Write(table);
    }

    private static void Clusters(RunComparison comparison)
    {
        Table table = New("at the end", "t", "energy", "clusters", "masses", comparison.Dimension == 2 ? "angles" : "");
        foreach (RunSummary run in comparison.Runs)
        {
            Row(table, run.Label, Number(run.FinalTime, "G5"), Number(run.FinalEnergy, "G8"),
                run.Clusters is { } clusters ? Text($"{clusters.Count}") : "",
                string.Join(" ", run.Clusters?.Select(cluster => Text($"{cluster.Mass:F3}")) ?? []),
                comparison.Dimension == 2 ? string.Join(" ", run.Clusters?.Select(cluster => Text($"{cluster.Angle:F3}")) ?? []) : "");
        }
        AnsiConsole.Write(table);
        if (comparison.Runs[0].Phases?.Forecast.Clusters is { } forecast)
            Line(Text($"predicted from {comparison.Runs[0].Label}: {forecast.Count} of mass {forecast.Mass:F3} at {string.Join(" ", forecast.Centres.Select(centre => Text($"{centre:F3}")))}"));
    }

    private static void Differences(RunComparison comparison)
    {
        Table table = New(Text($"from {comparison.Runs[0].Label}"), "t", "degrees", "max |a - b|", "L2", "H^-1", comparison.Dimension == 2 ? "W2 of tokens" : "sliced W2");
        foreach (RunDifference difference in comparison.Differences)
        {
            if (difference.States.Count == 0) Row(table, difference.Label, "no common output time");
            int shown = Math.Min(5, difference.States.Count);
            for (int i = 0; i < shown; i++)
            {
                bool last = i == shown - 1;
                StateDifference state = difference.States[last ? ^1 : i * (difference.States.Count - 1) / Math.Max(1, shown - 1)];
                Row(table, difference.Label, Number(state.Time, "G5"), Text($"{difference.Degree}"), Number(state.Maximum, "0.00E-0"), Number(state.L2, "0.00E-0"), Number(state.Sobolev, "0.00E-0"),
                    last ? Number(difference.Transport, "0.00E-0") : "");
            }
        }
        AnsiConsole.Write(table);
    }

    private static Table New(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Minimal);
        foreach (string column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static void Line(string text) => Console.Out.WriteLine(text);

    private static string PlusMinus(double value, double uncertainty) =>
        double.IsNaN(value) ? "" : Text($"{value:G6}") + (double.IsNaN(uncertainty) ? "" : Text($" ± {uncertainty:G2}"));

    private static string Number(double value, string format, string unit = "") => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture) + unit;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
