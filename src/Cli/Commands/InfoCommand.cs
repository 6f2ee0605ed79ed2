using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield info</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("info", "Version, machine, engines and libraries.\n\nExample: meanfield info --json") { json };
        command.SetAction(parsed => Guard.Run(() =>
        {
            var info = new
            {
                ProgramVersion.Number,
                ProgramVersion.Commit,
                Machine = Machine.This,
                FourierEngines = (string[])["built_in"],
                Hdf5 = Hdf5Version(),
            };
            if (parsed.GetValue(json)) Json.Print(new { Version = info.Number, info.Commit, info.Machine, info.FourierEngines, info.Hdf5 });
            else Console.Out.WriteLine(
                $"meanfield {info.Number} (commit {info.Commit})\nmachine   {info.Machine.Processors} processors, {info.Machine.Simd}, {info.Machine.System}\n" +
                $"runtime   {info.Machine.Runtime}\nfourier   {string.Join(", ", info.FourierEngines)}\nlibhdf5   {info.Hdf5}");
            return ExitCode.Done;
        }));
        return command;
    }

    private static string Hdf5Version()
    {
        try
        {
            return ResultFile.LibraryVersion;
        }
        catch (IOException missing)
        {
            return missing.Message;
        }
    }
}
