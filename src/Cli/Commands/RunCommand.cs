using System.CommandLine;
using Meanfield.IO;
using Meanfield.Solver;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield run CASE</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var arguments = new CaseArguments();
        var output = new Option<string?>("--out") { Description = "run folder (default: runs/<case name>)", HelpName = "DIR" };
        var overwrite = new Option<bool>("--overwrite") { Description = "replace the run that the folder holds" };
        var resume = new Option<bool>("--resume") { Description = "go on with the unfinished run that the folder holds, to the same bits" };
        var limit = new Option<string?>("--max-time") { Description = "stop after this time, resumable (exit 3): 90s, 30m, 2h, 1.5d", HelpName = "TIME" };
        var memory = new MemoryOption();
        var quiet = new Option<bool>("--quiet") { Description = "no progress" };
        var command = new Command("run", "Solve a case.\n\nExample: meanfield run examples/metastable-sphere.yaml --set attention.beta=7 --out runs/beta7");
        arguments.AddTo(command);
        command.Add(output);
        command.Add(overwrite);
        command.Add(resume);
        command.Add(limit);
        command.Add(memory.Option);
        command.Add(quiet);
        command.SetAction(parsed => Guard.Run(() =>
        {
            using var stop = new StopRequest(parsed.GetValue(limit) is { } time ? StopRequest.ParseLimit(time) : null);
            if (parsed.GetValue(resume) && parsed.GetValue(overwrite)) throw new ArgumentException("--resume goes on with a run, --overwrite replaces it: give one of them");
            Case @case = arguments.Read(parsed);
            var runner = new CaseRunner(@case, parsed.GetValue(quiet) ? null : new ConsoleProgress(), memory.Limit(parsed));
            RunMemory needed = runner.RequireMemory();
            if (!parsed.GetValue(quiet)) Console.Error.WriteLine($"meanfield: the run needs {MemoryLimit.Text(needed.Start)} of memory, {MemoryLimit.Text(needed.Most)} at the most");
            string path = parsed.GetValue(output) ?? RunFolder.DefaultFor(arguments.Path(parsed));
            Outcome outcome = parsed.GetValue(resume)
                ? runner.Resume(RunFolder.Existing(path), stop.Token)
                : runner.Run(RunFolder.Create(path, parsed.GetValue(overwrite)), stop.Token);
            foreach (string warning in outcome.Warnings) Console.Error.WriteLine($"meanfield: warning: {warning}");
            string next = outcome.Kind == OutcomeKind.Stopped ? $"; go on with: meanfield run {Path.Combine(path, "case.yaml")} --out {path} --resume" : "";
            Console.Error.WriteLine($"meanfield: {outcome.Message}{next}");
            Console.Out.WriteLine(path);
            return outcome.Kind switch
            {
                OutcomeKind.ResolutionLost => ExitCode.ResolutionLost,
                OutcomeKind.Stopped => ExitCode.Stopped,
                _ => ExitCode.Done,
            };
        }));
        return command;
    }
}
