using System.CommandLine;
using System.Globalization;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield export RUN</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "run folder; that of a killed or stopped run gives what its journal holds" };
        var format = new Option<ExportFormat>("--format") { Description = "vtkhdf, xdmf (ParaView), netcdf (xarray), csv or hdf5", HelpName = "FORMAT", Required = true };
        var output = new Option<string?>("--out") { Description = "file to write (default: beside the run folder, under its name)", HelpName = "FILE" };
        var memory = new MemoryOption();
        var command = new Command("export", "Write a run in another format, whether it is finished or was killed.\n\nExample: meanfield export runs/metastable-sphere --format netcdf --out sphere.nc")
        {
            run, format, output, memory.Option,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            using RecordedRun recorded = RecordedRun.Open(parsed.GetRequiredValue(run));
            ExportFormat wanted = parsed.GetRequiredValue(format);
            RunExport.RequireMemory(recorded, wanted, memory.Limit(parsed));
            IReadOnlyList<string> files = RunExport.Write(recorded, wanted, parsed.GetValue(output) ?? RunExport.DefaultPath(recorded, wanted));
            string source = recorded.IsFinished ? "the finished run" : "the journal of an unfinished run";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"meanfield: exported {source}: {recorded.Outputs} output times, the last at t = {recorded.LastTime:G6}"));
            foreach (string file in files) Console.Out.WriteLine(file);
            return ExitCode.Done;
        }));
        return command;
    }
}
