using System.CommandLine;
using System.Globalization;
using Meanfield.IO;
using Meanfield.Solver;
using Spectre.Console;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield check CASE</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var arguments = new CaseArguments();
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("check", "Say what a case needs and what linear theory expects, without running it.\n\nExample: meanfield check examples/metastable-sphere.yaml");
        arguments.AddTo(command);
        command.Add(json);
        var memory = new MemoryOption();
        command.Add(memory.Option);
        command.SetAction(parsed => Guard.Run(() =>
        {
            Case @case = arguments.Read(parsed);
            CaseCheck check = CaseCheck.Of(@case, memory.Limit(parsed));
            if (parsed.GetValue(json)) Json.Print(check); else Print(check);
            check.RequireMemory(@case);
            return check.CanStart ? ExitCode.Done : ExitCode.ResolutionLost;
        }));
        return command;
    }

    private static void Print(CaseCheck check)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn("value");
        void Row(string what, string value) => table.AddRow(Markup.Escape(what), Markup.Escape(value));
        Row("case", $"{check.Title}: valid");
        Row("scheme", check.Scheme);
        if (check.MaximumBandlimit is int top)
            Row("bandlimit needed at t = 0", check.Bandlimit is int L ? Text($"{L} (at most {top})") : Text($"more than max_bandlimit {top}"));
        if (check.Tokens is int tokens) Row(check.Scheme == "particles" ? "tokens" : "nodes at the most", Text($"{tokens}"));
        if (check.Forces is string forces) Row("forces", forces);
        Row("bandlimit of the potential", Text($"{check.PotentialBandlimit}"));
        Row("memory", Text($"{check.MemoryBytes / 1e6:F0} MB at the start, {check.MaximumMemoryBytes / 1e6:F0} MB at the most; {check.AllowedMemoryBytes / 1e6:F0} MB are allowed"));
        if (check.TrainingMemoryBytes is long training) Row("memory of train", Text($"{training / 1e6:F1} MB at its first bandlimit"));
        if (!double.IsNaN(check.SecondsPerStep)) Row("cost of a step now", Text($"{1e3 * check.SecondsPerStep:G3} ms"));
        Row("time", Text($"until {check.Until:G6}, {check.Outputs} outputs"));
        if (check.InitialDeviation is double deviation) Row("deviation from uniform", Text($"{deviation:G4} in L2"));
        Row("fastest degree", Text($"{check.FastestDegree}, growth rate {check.FastestGrowthRate:G6}"));
        Row("growth rates", string.Join("  ", check.GrowthRates.Select(rate => Text($"{rate:G5}"))));
        if (check.FastestGrowthRate <= 0) Row("linear phase", "does not end: every perturbation decays");
        if (check.Phases is { } phases) Expect(phases, Row);
        if (check.LeadingDegree is int leading) Row("led then by", Text($"degree {leading}"));
        AnsiConsole.Write(table);
    }

    // The rows of docs/phases.md.
    private static void Expect(PhaseForecast phases, Action<string, string> row)
    {
        void Time(string what, double ofData, ExitForecast? law)
        {
            if (double.IsFinite(ofData)) row(what, Text($"t = {ofData:G5} from these data"));
            if (law is not null)
                row(what, Text($"t = {law.Mean:G5} ± {law.StandardDeviation:G3} over draws of {law.Tokens} tokens (5 %: {law.Quantile05:G5}, median {law.Quantile50:G5}, 95 %: {law.Quantile95:G5})"));
        }

        Time(Text($"linear phase ends: α_{phases.FastestDegree} = {MeasuredPhases.Threshold}"), phases.LinearEnd, phases.LinearEndLaw);
        Time("clustering starts", phases.ClusteringStart, phases.ClusteringStartLaw);
        string ratio = double.IsFinite(phases.SelectivityRatio) ? Text($", here {phases.SelectivityRatio:G3}") : "";
        row("runner-up", Text($"degree {phases.RunnerUpDegree}, beside the fastest ~ N^-{phases.SelectivityExponent:G3}{ratio}"));
        if (phases.Clusters is { } clusters)
            row("clusters", Text($"{clusters.Count} of mass {clusters.Mass:G3} at angles {string.Join(", ", clusters.Centres.Select(centre => Text($"{centre:F4}")))}"));
        if (phases.Polygon is not { } polygon) return;
        string rates = polygon.Rates.Count == 0 ? "" : Text($"; whole clusters {string.Join(", ", polygon.Rates.Select(rate => Text($"{rate:G6}")))}");
        row("polygon", Text($"clusters contract at {polygon.Contraction:G6}{rates}"));
        if (!double.IsNaN(polygon.Lifetime)) row("polygon lasts", Text($"{polygon.Lifetime:G4} (asymmetry {phases.Asymmetry:G3})"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
