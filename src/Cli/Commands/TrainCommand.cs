using System.CommandLine;
using System.Globalization;
using Meanfield.IO;
using Meanfield.Solver;
using Spectre.Console;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield train CASE</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var arguments = new CaseArguments();
        var output = new Option<string?>("--out") { Description = "run folder (default: runs/<case name>)", HelpName = "DIR" };
        var overwrite = new Option<bool>("--overwrite") { Description = "replace the run that the folder holds" };
        var over = new Option<string[]>("--over")
        {
            Description = "train for each value of a key and write sweep.csv; may be repeated: every combination",
            HelpName = "key=from:to:count[:log]",
            DefaultValueFactory = _ => [],
        };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var memory = new MemoryOption();
        var quiet = new Option<bool>("--quiet") { Description = "no progress" };
        var command = new Command("train",
            "Train the feed-forward network of a case (its training block; docs/training.md).\n\nExample: meanfield train examples/trained-escape.yaml --set training.regularization=0.5\n"
            + "Example: meanfield train examples/trained-escape.yaml --over training.regularization=0.02:2:12:log --out runs/escape");
        arguments.AddTo(command);
        command.Add(output);
        command.Add(overwrite);
        command.Add(over);
        command.Add(json);
        command.Add(memory.Option);
        command.Add(quiet);
        command.SetAction(parsed => Guard.Run(() =>
        {
            using var stop = new StopRequest(null);
            SweepAxis[] axes = [.. parsed.GetRequiredValue(over).Select(SweepAxis.Parse)];
            Case @case = arguments.Read(parsed);
            string path = parsed.GetValue(output) ?? RunFolder.DefaultFor(arguments.Path(parsed));
            RunFolder Folder() => RunFolder.Create(path, parsed.GetValue(overwrite));
            if (axes.Length > 0)
                return Sweep(new TrainingSweep(more => arguments.Read(parsed, more), axes), axes, Folder(), parsed.GetValue(json), stop.Token);

            TrainingProgress? progress = parsed.GetValue(quiet) ? null : new TrainingProgress();
            var runner = new TrainingRunner(@case, progress, memory.Limit(parsed));
            if (progress is not null) Console.Error.WriteLine($"meanfield: training needs {MemoryLimit.Text(runner.MemoryBytes(runner.FirstBandlimit))} of memory at its first bandlimit");
            TrainingReport report = runner.Run(Folder(), stop.Token);
            progress?.Close();
            foreach (string warning in report.Outcome.Warnings) Console.Error.WriteLine($"meanfield: warning: {warning}");
            Console.Error.WriteLine($"meanfield: {report.Outcome.Message}");
            if (parsed.GetValue(json)) Json.Print(report.Summary); else Print(report.Summary);
            if (!parsed.GetValue(json)) Console.Out.WriteLine(path);
            return report.Outcome.Kind switch
            {
                OutcomeKind.ResolutionLost => ExitCode.ResolutionLost,
                OutcomeKind.Stopped => ExitCode.Stopped,
                _ => ExitCode.Done,
            };
        }));
        return command;
    }

    private static int Sweep(TrainingSweep sweep, SweepAxis[] axes, RunFolder folder, bool json, CancellationToken stop)
    {
        IReadOnlyList<SweepPoint> points = sweep.Run(folder, point => Console.Error.WriteLine(
            string.Join("  ", axes.Select((axis, i) => Text($"{axis.Key} {point.Values[i]:G5}")))
            + Text($"  cost {point.Summary.Objective:G6}  residual {point.Summary.Residual:E1}  escape {point.Summary.Escape:G4}")), stop);
        if (json) Json.Print(points);
        else
        {
            var table = new Table().Border(TableBorder.None);
            foreach (SweepAxis axis in axes) table.AddColumn(axis.Key);
            foreach (string column in new[] { "outcome", "cost", "loss", "plateau from", "escape", "boundary layer" }) table.AddColumn(column);
            foreach (SweepPoint point in points)
            {
                TrainingSummary s = point.Summary;
                table.AddRow([.. point.Values.Select(value => Text($"{value:G5}")), s.Outcome.ToString().ToLowerInvariant(), .. new[] { s.Objective, s.Loss, s.Clustering, s.Escape, s.BoundaryLayer }.Select(Number)]);
            }
            AnsiConsole.Write(table);
            Console.Out.WriteLine(folder.FilePath("sweep.csv"));
        }
        if (stop.IsCancellationRequested) return ExitCode.Stopped;
        return points.All(point => point.Summary.Outcome == OutcomeKind.Completed) ? ExitCode.Done : ExitCode.ResolutionLost;
    }

    private static void Print(TrainingSummary summary)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn("value");
        foreach ((string name, double value) in summary.Numbers)
            if (!double.IsNaN(value) || name == "escape") table.AddRow(name.Replace('_', ' '), Number(value));
        AnsiConsole.Write(table);
    }

    private static string Number(double value) => double.IsNaN(value) ? "none" : Text($"{value:G6}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
