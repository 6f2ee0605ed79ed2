using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield compare RUN RUN...</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("runs") { Description = "run folders, or their result.h5; the first is what the others are held against", Arity = new ArgumentArity(2, 1000) };
        var output = new Option<string?>("--out") { Description = "write comparison.json, growth.svg and distances.svg to this folder", HelpName = "folder" };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("compare", "Hold runs of one model against each other and against theory, phase by phase.\n\nExample: meanfield compare runs/circle-beta5 runs/circle-beta5-particles")
        {
            paths, output, json,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            var runs = new List<ComparedRun>();
            try
            {
                foreach (string path in parsed.GetRequiredValue(paths)) runs.Add(ComparedRun.Open(path));
                RunComparison comparison = RunComparison.Of(runs);
                if (parsed.GetValue(output) is string folder) Write(Directory.CreateDirectory(folder).FullName, runs, comparison);
                if (parsed.GetValue(json)) Json.Print(comparison); else ComparisonTables.Print(comparison);
                return ExitCode.Done;
            }
            finally
            {
                foreach (ComparedRun run in runs) run.Dispose();
            }
        }));
        return command;
    }

    private static void Write(string folder, IReadOnlyList<ComparedRun> runs, RunComparison comparison)
    {
        AtomicFile.WriteText(Path.Combine(folder, "comparison.json"), Json.Text(comparison) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "growth.svg"), ComparisonFigures.Growth(runs));
        AtomicFile.WriteText(Path.Combine(folder, "distances.svg"), ComparisonFigures.Distances(comparison));
    }
}
