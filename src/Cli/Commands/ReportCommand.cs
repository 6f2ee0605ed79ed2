using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield report RUN</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "run folder, or its result.h5" };
        var output = new Option<string?>("--out") { Description = "file to write (default: report.html beside result.h5)", HelpName = "FILE" };
        var command = new Command("report", "Write the report of a run: one HTML page that needs no network.\n\nExample: meanfield report runs/metastable-sphere --out sphere.html") { run, output };
        command.SetAction(parsed => Guard.Run(() =>
        {
            string path = parsed.GetRequiredValue(run), file = parsed.GetValue(output) ?? RunReport.DefaultFor(path);
            RunReport.Write(path, file);
            Console.Out.WriteLine(file);
            return ExitCode.Done;
        }));
        return command;
    }
}
