using System.CommandLine;
using System.Globalization;
using Meanfield.IO;
using Meanfield.Spectral;
using Meanfield.Validation;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield validate [ID...]</summary>
internal static class ValidateCommand
{
    private const string DefaultFolder = "runs/validation";

    public static Command Create()
    {
        var ids = new Argument<string[]>("ids") { Description = "claims, such as V05 V29 (default: all)", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list") { Description = "name the claims and measure nothing" };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var quick = new Option<bool>("--quick") { Description = "smaller samples and fewer parameters: under three minutes" };
        var thorough = new Option<bool>("--thorough") { Description = "larger samples and more parameters" };
        var seed = new Option<ulong>("--seed") { Description = "seed of every random number", DefaultValueFactory = _ => 1 };
        var jobs = new Option<int?>("--jobs") { Description = "claims at a time (default: the processors)", HelpName = "n" };
        var output = new Option<string>("--out") { Description = "folder of report.html, report.json and of a file for each claim", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder };
        var resume = new Option<bool>("--resume") { Description = "keep the claims that the folder holds for the same level, seed and program" };
        var docs = new Option<string?>("--docs") { Description = "also write the table as Markdown", HelpName = "FILE.md" };
        var command = new Command("validate", "Hold theorems and laws against measurements; exit 8 when a claim fails.\n\nExample: meanfield validate V03 V05 --quick --seed 7")
        {
            ids, list, json, quick, thorough, seed, jobs, output, resume, docs,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            IReadOnlyList<Law> laws = LawList.Find(parsed.GetValue(ids) ?? []);
            bool asJson = parsed.GetValue(json);
            if (parsed.GetValue(list))
            {
                ValidationTables.List(laws, asJson);
                return ExitCode.Done;
            }
            if (parsed.GetValue(quick) && parsed.GetValue(thorough)) throw new ArgumentException("--quick and --thorough exclude each other");
            Level level = parsed.GetValue(quick) ? Level.Quick : parsed.GetValue(thorough) ? Level.Thorough : Level.Default;
            int atATime = parsed.GetValue(jobs) ?? Environment.ProcessorCount;
            if (atATime < 1) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--jobs must be at least 1, but is {atATime}"));
            if (Math.Min(atATime, laws.Count) > 1) Environment.SetEnvironmentVariable(ThreadCount.Variable, "1"); // claims run beside one another
            return Measure(new Validator(laws, level, parsed.GetValue(seed), atATime), parsed.GetValue(output)!, parsed.GetValue(resume), asJson, parsed.GetValue(docs));
        }));
        return command;
    }

    private static int Measure(Validator validator, string path, bool resume, bool json, string? docs)
    {
        using var stop = new StopRequest(null);
        ValidationReport report;
        try
        {
            report = validator.Run(new ReportFolder(path), resume, new ValidationProgress(), stop.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"meanfield: stopped; go on with the same command and --resume (claims that are done are in {path})");
            return ExitCode.Stopped;
        }
        if (docs is not null) AtomicFile.WriteText(docs, ValidationPage.Markdown(report));
        if (json) Json.Print(report); else ValidationTables.Print(report, path);
        return report.Failed > 0 ? ExitCode.ClaimFailed : ExitCode.Done;
    }

    private sealed class ValidationProgress : IValidationProgress
    {
        public void Finished(ClaimReport report, int done, int total, bool known) => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done}/{total}  {report.Claim.Id}  {ReportWords.Of(report.Verdict)}  {(known ? "from the folder" : $"{report.Seconds:F1} s")}  {report.Claim.Title}"));
    }
}
