using System.CommandLine;
using Meanfield.Cli.Commands;
using Meanfield.IO;

namespace Meanfield.Cli;

/// <summary>Parse, call, exit code; nothing else.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is [Hdf5Service.Verb])
        {
            Hdf5Service.Serve(Console.OpenStandardInput(), Console.OpenStandardOutput());
            return ExitCode.Done;
        }

        var root = new RootCommand("Meanfield: the mean-field transformer equation on the circle, the sphere and zonal S^(d-1).")
        {
            RunCommand.Create(),
            CheckCommand.Create(),
            TrainCommand.Create(),
            EigenmodesCommand.Create(),
            CompareCommand.Create(),
            DiagnoseCommand.Create(),
            ValidateCommand.Create(),
            VerifyCommand.Create(),
            CiteCommand.Create(),
            ExportCommand.Create(),
            ReportCommand.Create(),
            InfoCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            string problem = string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            string command = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
            Console.Error.WriteLine($"meanfield: {problem} (see meanfield {command}--help)");
            return ExitCode.Usage;
        }
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
