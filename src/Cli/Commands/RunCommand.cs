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
        var quiet = new Option<bool>("--quiet") { Description = "no progress" };
        var command = new Command("run", "Solve a case.\n\nExample: meanfield run examples/metastable-sphere.yaml --set attention.beta=7 --out runs/beta7");
        arguments.AddTo(command);
        command.Add(output);
        command.Add(overwrite);
        command.Add(quiet);
        command.SetAction(parsed => Guard.Run(() =>
        {
            Case @case = arguments.Read(parsed);
            var runner = new CaseRunner(@case, parsed.GetValue(quiet) ? null : new ConsoleProgress());
            string path = parsed.GetValue(output) ?? RunFolder.DefaultFor(arguments.Path(parsed));
            Outcome outcome = runner.Run(RunFolder.Create(path, parsed.GetValue(overwrite)));
            foreach (string warning in outcome.Warnings) Console.Error.WriteLine($"meanfield: warning: {warning}");
            Console.Error.WriteLine($"meanfield: {outcome.Message}");
            Console.Out.WriteLine(path);
            return outcome.Kind == OutcomeKind.ResolutionLost ? ExitCode.ResolutionLost : ExitCode.Done;
        }));
        return command;
    }
}
