using Meanfield.IO;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Folders whose checksums are right and whose contents are not: each is found, by the check that is about it and by no other.</summary>
public sealed class RunVerificationTests : IDisposable
{
    private const string Circle = """
        dimension: 2
        attention: {normalization: none, beta: 1}
        initial: {modes: [{degree: 1, order: 1, amplitude: 0.2}]}
        time: {until: 0.4, every: 0.1}
        output: {degree: 3, fields: false}
        """;

    private readonly TemporaryFolder _folder = new(inMemory: true);

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Cases =>
    [
        Circle,
        Circle.Replace("beta: 1", "beta: 1, noise: 0.1", StringComparison.Ordinal),
        "dimension: 2\nattention: {normalization: none, beta: 5}\ninitial: {modes: [{degree: 3, order: 1, amplitude: 0.05}]}\nmethod: {scheme: perturbation}\ntime: {until: 0.3, every: 0.05}\n", // exit 7
        "dimension: 2\nattention: {normalization: none, beta: 5}\ninitial: {modes: [{degree: 3, order: 1, amplitude: 0.05}]}\nmethod: {max_bandlimit: 31}\ntime: {until: 0.15, every: 0.01}\noutput: {degree: 20, tokens: 5}\n", // hand-over
        "dimension: 2\nattention: {normalization: none, beta: 5}\ninitial: {modes: [{degree: 3, order: 1, amplitude: 0.05}]}\nmethod: {max_bandlimit: 31, handover: stop}\ntime: {until: 0.15, every: 0.01}\n", // exit 7
        "dimension: 2\nattention: {normalization: none, beta: 5}\ninitial: {poisson: {radius: 0.95, axis: [1, 0]}}\nmethod: {max_bandlimit: 31, handover: stop}\ntime: {until: 0.15}\n", // not resolved at the start: no result
        "dimension: 5\nattention: {normalization: softmax, beta: 1, noise: 0.05}\ninitial: {tokens: {count: 20}}\nmethod: {scheme: particles}\ntime: {until: 0.2, every: 0.1}\n",
        "dimension: 4\nattention: {normalization: softmax, beta: 2}\ninitial: {poisson: {radius: 0.2, axis: [0, 0, 0, 1]}}\nmethod: {scheme: characteristics}\ntime: {until: 0.2, every: 0.1}\noutput: {degree: 5}\n",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Runs_of_every_scheme_and_outcome_pass(string yaml)
    {
        SampleRuns.Finish(CaseReader.Parse(yaml, "case.yaml"), _folder["run"]);
        RunVerification verification = RunVerification.Of(_folder["run"]);
        Assert.True(verification.Holds, string.Join('\n', verification.Checks));
        Assert.Equal(RunState.Finished, verification.State);
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "time", "two outputs exchanged" }, { "output times", "an output left out" }, { "mass", "mass" }, { "order parameter", "order" }, { "variance", "variance" },
        { "density", "negative" }, { "energy", "falling" }, { "finite numbers", "infinite" }, { "outcome", "valid until" }, { "case attribute", "beta" },
        { "series.csv", "series" }, { "provenance", "no outcome" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Lies_with_right_checksums_are_found(string check, string lie)
    {
        Case @case = CaseReader.Parse(Circle, "case.yaml");
        var states = new List<Snapshot>();
        Outcome outcome = SchemeRun.Create(@case).Run(new Kept(states), null);
        RunFolder folder = RunFolder.Create(_folder["run"], overwrite: false);
        string yaml = CaseWriter.Write(@case);
        AtomicFile.WriteText(folder.FilePath("case.yaml"), yaml);
        Observables second = states[1].Observables, third = states[2].Observables;
        switch (lie)
        {
            case "two outputs exchanged": (states[1], states[2]) = (states[2], states[1]); break;
            case "an output left out": states.RemoveAt(2); break;
            case "mass": states[1] = states[1] with { Observables = second with { Mass = 1 + 1e-9 } }; break;
            case "order": states[1].Coefficients[1] += 1e-8; break;
            case "variance": states[1] = states[1] with { Observables = second with { Variance = second.Variance + 1e-9 } }; break;
            case "negative": states[1] = states[1] with { Observables = second with { MinimumDensity = -1e-5 } }; break;
            case "falling": states[2] = states[2] with { Observables = third with { Energy = second.Energy * (1 - 1e-6) } }; break;
            case "infinite": states[1].Coefficients[^1] = double.PositiveInfinity; break;
            default: break;
        }
        var header = new ResultHeader(@case.Title, 2, @case.Attention.Model with { Beta = lie == "beta" ? 1.5 : 1 }, "spectral", 1, ProgramVersion.Number, yaml);
        ResultFile.Write(folder.FilePath("result.h5"), new Result(header, SnapshotHistory.Of(states), lie == "valid until" ? outcome with { ValidUntil = 0.3 } : outcome, 3));
        if (lie == "series") states[1] = states[1] with { Observables = second with { Energy = Math.BitIncrement(second.Energy) } };
        SeriesFile.Write(folder.FilePath("series.csv"), SnapshotHistory.Of(states).Outlines);
        AtomicFile.WriteText(folder.FilePath("provenance.json"), new Provenance { Seed = 1, Outcome = lie == "no outcome" ? null : outcome }.ToJson());
        folder.WriteManifest();
        string[] failed = [.. RunVerification.Of(folder.Path).Checks.Where(finding => finding.Holds == false).Select(finding => finding.Check)];
        Assert.Contains(check, failed);
        // What follows from some lies: observables out of order, a norm that is infinite, a last time beyond the end.
        if (lie is not ("two outputs exchanged" or "infinite" or "valid until")) Assert.Equal([check], failed);
    }

    /// <summary>Datasets that h5py has changed: a scale taken off, units removed, a diagnostic missing, another length.</summary>
    [Theory]
    [InlineData("scale")]
    [InlineData("units")]
    [InlineData("diagnostic")]
    public void Layouts_that_are_not_ours_are_found(string change)
    {
        SampleRuns.Finish(CaseReader.Parse(Circle, "case.yaml"), _folder["run"]);
        Script.Python("damage_layout.py", _folder["run/result.h5"], change);
        RunFolder.At(_folder["run"]).WriteManifest();
        Finding[] failed = [.. RunVerification.Of(_folder["run"]).Checks.Where(finding => finding.Holds == false)];
        Assert.Contains(failed, finding => finding.Check == "datasets");
    }

    [Fact]
    public void Files_that_belong_to_no_run_or_another_are_told_apart()
    {
        SampleRuns.Finish(SampleRuns.Case(), _folder["run"]);
        File.WriteAllText(_folder["run/notes.txt"], "mine");
        RunVerification verification = RunVerification.Of(_folder["run"]);
        Assert.True(verification.Holds);
        Assert.Contains(verification.Checks, finding => finding.Figures.Contains("notes.txt", StringComparison.Ordinal));
        SampleRuns.Finish(CaseReader.Parse(Circle, "case.yaml"), _folder["plain"]);
        File.Copy(_folder["run/tokens.xdmf"], _folder["plain/tokens.xdmf"]);
        Assert.Equal(["other files"], RunVerification.Of(_folder["plain"]).Checks.Where(finding => finding.Holds == false).Select(finding => finding.Check));
        Assert.Throws<RunFolderException>(() => RunVerification.Of(_folder["nowhere"]));
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Throws<RunFolderException>(() => RunVerification.Of(_folder["empty"]));
    }

    /// <summary>A picture that the case calls for and no longer lists; one that it does not call for.</summary>
    [Fact]
    public void Pictures_that_the_case_calls_for_must_be_there()
    {
        SampleRuns.Finish(SampleRuns.Case(), _folder["run"]);
        File.Delete(_folder["run/fields.xdmf2"]);
        RunFolder.At(_folder["run"]).WriteManifest();
        Assert.Equal(["pictures"], RunVerification.Of(_folder["run"]).Checks.Where(finding => finding.Holds == false).Select(finding => finding.Check));
    }

    /// <summary>Killed between the last file and the removal of the journal, or in the midst of the last files.</summary>
    [Fact]
    public void Runs_killed_while_they_published_are_completed()
    {
        Case @case = SampleRuns.Case();
        SampleRuns.Finish(@case, _folder["whole"]);
        foreach (string last in (string[])["series.csv", "result.h5", "provenance.json", RunManifest.FileName])
        {
            SampleRuns.Stop(@case, _folder[last], 0.2);
            foreach ((string name, byte[] bytes) in SampleRuns.Files(_folder["whole"]))
                if (name == last || (last == RunManifest.FileName && name != "case.yaml")) File.WriteAllBytes(_folder[$"{last}/{name}"], bytes);
            Assert.True(RunVerification.Of(_folder[last]).Holds);
            SampleRuns.Resume(@case, _folder[last]);
            SampleRuns.RequireSame(_folder["whole"], _folder[last]);
            Assert.True(RunVerification.Of(_folder[last]).Holds);
        }
    }

    private sealed class Kept(List<Snapshot> states) : ISnapshotSink
    {
        public void Accept(Snapshot snapshot) => states.Add(snapshot);
    }
}
