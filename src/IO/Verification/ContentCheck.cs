using System.Globalization;
using System.Text;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Whether the files of a finished run are complete and tell the same story; their bytes were found whole before.</summary>
internal static class ContentCheck
{
    /// <summary>The findings on case, provenance, result, series and pictures, then those on schema and invariants.</summary>
    internal static IEnumerable<Finding> Of(RunFolder folder)
    {
        Case? @case = null;
        Provenance? provenance = null;
        yield return Finding.Of("case", () => (@case = CaseReader.Read(folder.FilePath(RunFolder.CaseName), [])).Title);
        yield return Finding.Of("provenance", () =>
        {
            provenance = Provenance.Read(folder.FilePath("provenance.json"));
            Finding.Require(provenance.Outcome is not null, $"it has no outcome");
            string manifest = RunManifest.Read(folder.Path).Version;
            Finding.Require(provenance.Version == manifest, $"version {provenance.Version}, where {RunManifest.FileName} says {manifest}");
            return $"version {provenance.Version}, commit {provenance.Commit}";
        });
        if (@case is null || provenance?.Outcome is not { } outcome) yield break;
        if (!File.Exists(folder.FilePath("result.h5")))
        {
            yield return Finding.Of("result.h5", () =>
            {
                Finding.Require(outcome.Kind == OutcomeKind.ResolutionLost && !(outcome.ValidUntil >= 0), $"it is missing");
                return "none: " + outcome.Message;
            });
            yield break;
        }
        ResultFile? opened = null;
        yield return Finding.Of("result.h5", () =>
        {
            opened = ResultFile.Open(folder.FilePath("result.h5"));
            return FormattableString.Invariant($"{opened.Time.Length} output times, {opened.Basis.Count} coefficients up to degree {opened.Basis.Bandlimit}, {opened.DiagnosticNames.Count} diagnostics");
        });
        if (opened is null) yield break;
        using ResultFile result = opened;
        yield return Finding.Of("case attribute", () => SameCase(folder, @case, result, provenance));
        yield return Finding.Of("outcome", () => SameOutcome(result, outcome));
        bool training = @case.Training is not null; // records are at layers, there are no pictures, and the network does work on the tokens
        if (!training) yield return Finding.Of("output times", () => Times(@case, result));
        yield return Finding.Of("series.csv", () => Series(folder, result));
        if (!training) yield return Finding.Of("pictures", () => PictureCheck.Of(folder, @case, result));
        foreach (Finding finding in SchemaCheck.Of(folder.FilePath("result.h5"), result)) yield return finding;
        if (training) yield break;
        foreach (Finding finding in InvariantCheck.Of(@case, result)) yield return finding;
    }

    private static string SameCase(RunFolder folder, Case @case, ResultFile result, Provenance provenance)
    {
        ResultHeader header = result.Header;
        Finding.Require(Encoding.UTF8.GetBytes(header.Case).AsSpan().SequenceEqual(File.ReadAllBytes(folder.FilePath(RunFolder.CaseName))), $"it is not case.yaml");
        var expected = new ResultHeader(
            @case.Title, @case.Dimension, @case.Attention.Model, @case.Training is null ? SchemeRun.NameOf(@case.Method.Scheme) : TrainingRunner.SchemeName, (long)@case.Method.Seed, provenance.Version, header.Case);
        Finding.Require(header == expected, $"the other attributes are {header with { Case = "" }}, not {expected with { Case = "" }}");
        Finding.Require((long)provenance.Seed == header.Seed, $"seed {header.Seed}, where provenance.json has {provenance.Seed}");
        return "is case.yaml, and so are title, dimension, beta, noise, normalization, scheme and seed";
    }

    private static string SameOutcome(ResultFile result, Outcome outcome)
    {
        (Outcome stored, double last) = (result.Outcome, result.Time[^1]);
        bool same = stored with { Warnings = [] } == outcome with { Warnings = [] } && stored.Warnings.SequenceEqual(outcome.Warnings);
        Finding.Require(same, $"{stored.Kind} until t = {stored.ValidUntil}, where provenance.json has {outcome.Kind} until t = {outcome.ValidUntil}, or other counters or words");
        Finding.Require(stored.Kind != OutcomeKind.Stopped, $"a stopped run has no result");
        Finding.Require(last <= stored.ValidUntil, $"the last output, t = {last}, is later than valid_until = {stored.ValidUntil}");
        Finding.Require(stored.Kind != OutcomeKind.Completed || last == stored.ValidUntil, $"completed at t = {stored.ValidUntil}, but the last output is at t = {last}");
        return FormattableString.Invariant($"{ResultNames.Of(stored.Kind)}, valid until t = {stored.ValidUntil:R}, {stored.Steps} steps, {stored.Warnings.Count} warnings");
    }

    // All output times of the case up to the time that the results are valid until; besides, only that time itself and the hand-over.
    private static string Times(Case @case, ResultFile result)
    {
        Outcome outcome = result.Outcome;
        double[] expected = [.. CaseTime.Outputs(@case).TakeWhile(time => time <= outcome.ValidUntil)];
        double[] extra = [.. result.Time.Except(expected)], missing = [.. expected.Except(result.Time)];
        Finding.Require(missing.Length == 0, $"{missing.Length} are missing, the first t = {missing.FirstOrDefault()}");
        double[] foreign = [.. extra.Where(time => time != outcome.ValidUntil && time != result.HandoverTime)];
        Finding.Require(foreign.Length == 0, $"{foreign.Length} are not of the case, the first t = {foreign.FirstOrDefault()}");
        if (outcome.Kind == OutcomeKind.Completed)
            Finding.Require(result.Time[^1] == CaseTime.Outputs(@case)[^1], $"the last is t = {result.Time[^1]}, not t = {CaseTime.Outputs(@case)[^1]}");
        return FormattableString.Invariant($"all {expected.Length} of the case") + (extra.Length == 0 ? "" : FormattableString.Invariant($" and {extra.Length} more (hand-over, end)"));
    }

    private static string Series(RunFolder folder, ResultFile result)
    {
        string[] lines = File.ReadAllText(folder.FilePath("series.csv")).TrimEnd('\n').Split('\n'), names = lines[0].Split(',');
        Finding.Require(names.Order().SequenceEqual(result.DiagnosticNames.Append("time").Order()), $"its columns are {lines[0]}");
        Finding.Require(lines.Length == result.Time.Length + 1, $"it has {lines.Length - 1} rows for {result.Time.Length} output times");
        double[][] stored = [.. names.Select(name => name == "time" ? result.Time : result.Diagnostic(name))];
        for (int row = 0; row < result.Time.Length; row++)
        {
            string[] cells = lines[row + 1].Split(',');
            Finding.Require(cells.Length == names.Length, $"row {row + 1} has {cells.Length} columns");
            for (int column = 0; column < names.Length; column++)
            {
                bool number = double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
                Finding.Require(number && value.Equals(stored[column][row]), $"{names[column]} is {cells[column]} in row {row + 1}, and {stored[column][row]} in result.h5");
            }
        }
        return FormattableString.Invariant($"{lines.Length - 1} rows of {names.Length} columns, to the bit those of result.h5");
    }
}
