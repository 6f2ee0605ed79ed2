using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield cite RUN</summary>
internal static class CiteCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "run folder" };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var bibtex = new Option<bool>("--bibtex") { Description = "print BibTeX" };
        var command = new Command("cite", "The works that a run rests on: theory, integrator, transforms, formats and the program itself; only what it used.\n\nExample: meanfield cite runs/metastable-sphere --bibtex > references.bib")
        {
            run, json, bibtex,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(bibtex)) throw new ArgumentException("--json and --bibtex exclude each other");
            IReadOnlyList<Citation> citations = CitedRun.Open(parsed.GetRequiredValue(run)).Citations;
            if (parsed.GetValue(json)) Json.Print(citations);
            else if (parsed.GetValue(bibtex)) Console.Out.Write(string.Join('\n', citations.Select(citation => citation.Work.ToBibtex())));
            else foreach (Citation citation in citations) Console.Out.WriteLine($"{citation.Use}\n    {citation.Work.ToText()}");
            return ExitCode.Done;
        }));
        return command;
    }
}
