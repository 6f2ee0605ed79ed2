using System.CommandLine;
using Meanfield.IO;
using Meanfield.Spectral;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield info</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var tune = new Option<bool>("--tune") { Description = "time the Fourier engines that are present (about 5 s)" };
        var command = new Command("info", "Version, machine, engines and libraries.\n\nExample: meanfield info --json") { json, tune };
        command.SetAction(parsed => Guard.Run(() =>
        {
            var info = new
            {
                ProgramVersion.Number,
                ProgramVersion.Commit,
                Machine = Machine.This,
                FourierEngines = FourierPlanner.Engines.Where(engine => engine.IsAvailable).Select(engine => engine.Name).ToArray(),
                FourierAuto = FourierPlanner.Engine(FourierChoice.Auto).Name,
                FourierTimings = parsed.GetValue(tune) ? EngineTimings.Measure() : null,
                Hdf5 = Hdf5Version(),
            };
            if (parsed.GetValue(json)) Json.Print(new { Version = info.Number, info.Commit, info.Machine, info.FourierEngines, info.FourierAuto, info.FourierTimings, info.Hdf5 });
            else Console.Out.WriteLine(
                $"meanfield {info.Number} (commit {info.Commit})\nmachine   {info.Machine.Processors} processors, {info.Machine.Simd}, {info.Machine.System}\n" +
                $"runtime   {info.Machine.Runtime}\nfourier   {string.Join(", ", info.FourierEngines)}; auto is {info.FourierAuto}\nlibhdf5   {info.Hdf5}");
            if (parsed.GetValue(json)) return ExitCode.Done;
            foreach (IFourierEngine absent in FourierPlanner.Engines.Where(engine => !engine.IsAvailable))
                Console.Out.WriteLine($"          {absent.Absence}");
            if (info.FourierTimings is { } timings) Console.Out.Write(EngineTimings.Table(timings));
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
