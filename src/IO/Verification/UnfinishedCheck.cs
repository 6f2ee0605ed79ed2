using System.Text;

namespace Meanfield.IO;

/// <summary>What an interrupted run left: its case, its checkpoints, its journal; and whether it can go on.</summary>
internal static class UnfinishedCheck
{
    /// <summary>The findings, and the time from which the run goes on: null where no checkpoint is whole.</summary>
    internal static (IReadOnlyList<Finding> Findings, double? ResumableTo) Of(RunFolder folder)
    {
        var findings = new List<Finding>();
        CheckpointFile? newest = null;
        foreach (string name in CheckpointFile.Generations.Where(name => File.Exists(folder.FilePath(name))))
        {
            findings.Add(Finding.Of(name, () =>
            {
                CheckpointFile checkpoint = CheckpointFile.Open(folder.FilePath(name));
                Finding.Require(File.Exists(folder.FilePath(RunFolder.CaseName)), $"it stands without its {RunFolder.CaseName}");
                Finding.Require(Encoding.UTF8.GetBytes(checkpoint.Case).AsSpan().SequenceEqual(File.ReadAllBytes(folder.FilePath(RunFolder.CaseName))),
                    $"it is not of this run: its case is not {RunFolder.CaseName}, or that is damaged");
                newest ??= checkpoint;
                return $"whole, {checkpoint.Snapshots} output times, version {checkpoint.Version}";
            }));
        }
        if (findings.Count == 0) findings.Add(Finding.Of(RunFolder.CaseName, () => $"{CaseReader.Read(folder.FilePath(RunFolder.CaseName), []).Title}; no checkpoint yet, or a scheme without one"));
        double? last = null;
        findings.Add(Finding.Of("journal", () =>
        {
            int needed = newest?.Snapshots ?? 0, count = Math.Max(needed, folder.Journal.Count());
            double? safe = null, before = null;
            for (int number = 0; number < count; number++)
            {
                double time = folder.Journal.Read(number).Time;
                Finding.Require(before is null || time > before, $"output {number} is at t = {time}, after t = {before}");
                before = time;
                if (number < needed) safe = time;
            }
            last = safe;
            return FormattableString.Invariant($"{count} files whole, in order, of this run; {needed} of them under the checkpoint");
        }));
        findings.Add(new Finding("unfinished", last is null ? null : true, last is { } time
            ? FormattableString.Invariant($"resumable to t = {time:G6}: meanfield run {folder.FilePath(RunFolder.CaseName)} --out {folder.Path} --resume")
            : "starts again with run --resume"));
        return (findings, last);
    }
}
