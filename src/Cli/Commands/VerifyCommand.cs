using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield verify RUN</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "run folder, finished or interrupted" };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("verify", "Check that a run folder is whole, complete and consistent: checksums, layout, invariants. Exit 0 if it is, 5 if anything is broken.\n\nExample: meanfield verify runs/metastable-sphere")
        {
            run, json,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            RunVerification verification = RunVerification.Of(parsed.GetRequiredValue(run));
            if (parsed.GetValue(json)) Json.Print(verification); else Print(verification);
            return verification.Holds ? ExitCode.Done : ExitCode.InputOutput;
        }));
        return command;
    }

    private static void Print(RunVerification verification)
    {
        foreach (Finding finding in verification.Checks)
            Console.Out.WriteLine($"{finding.Holds switch { true => "ok    ", false => "FAILED", _ => "-     " }}  {finding.Check}: {finding.Figures}");
        int broken = verification.Checks.Count(finding => finding.Holds == false);
        string state = verification.State == RunState.Finished ? "finished" : "unfinished";
        Console.Out.WriteLine(broken == 0 ? $"{state}, nothing is broken" : $"{state}, {broken} checks FAILED");
    }
}
