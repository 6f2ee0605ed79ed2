using Meanfield.IO;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Small runs in folders, finished and stopped.</summary>
public static class SampleRuns
{
    /// <summary>Ten tokens on the circle: every file that a run can publish, in a few kilobytes; with a mask, phases are not forecast, which takes longest.</summary>
    public const string Tokens = """
        dimension: 2
        attention: {normalization: none, beta: 2, mask: causal}
        initial: {tokens: {count: 10, seed: SEED}}
        method: {scheme: particles}
        time: {until: 0.3, every: 0.1}
        output: {degree: 4}
        """;

    /// <summary>The case of one seed.</summary>
    public static Case Case(int seed = 1) => CaseReader.Parse(Tokens.Replace("SEED", $"{seed}", StringComparison.Ordinal), "case.yaml");

    /// <summary>Runs a case to its end.</summary>
    public static Outcome Finish(Case @case, string path) => new CaseRunner(@case).Run(RunFolder.Create(path, overwrite: true));

    /// <summary>Goes on with what is in a folder.</summary>
    public static Outcome Resume(Case @case, string path) => new CaseRunner(@case).Resume(RunFolder.Existing(path));

    /// <summary>Runs a case until something is done at the first output or step at or after a time: whatever that throws, or the outcome of a stop.</summary>
    public static Outcome Interrupt(Case @case, string path, double time, Action? act = null)
    {
        using var stop = new CancellationTokenSource();
        var sink = new At(time, act ?? stop.Cancel);
        return new CaseRunner(@case, sink).Run(RunFolder.Create(path, overwrite: true), stop.Token);
    }

    /// <summary>Leaves a run stopped at a time.</summary>
    public static void Stop(Case @case, string path, double time) => Assert.Equal(OutcomeKind.Stopped, Interrupt(@case, path, time).Kind);

    /// <summary>All files of a folder, by their relative names.</summary>
    public static Dictionary<string, byte[]> Files(string path) =>
        Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(file => Path.GetRelativePath(path, file), File.ReadAllBytes);

    /// <summary>The files of a finished run have the bits of another's; provenance and with it the manifest say when they ran.</summary>
    public static void RequireSame(string expected, string actual)
    {
        (Dictionary<string, byte[]> wanted, Dictionary<string, byte[]> found) = (Files(expected), Files(actual));
        Assert.Equal(wanted.Keys, found.Keys);
        foreach (string name in wanted.Keys.Except(["provenance.json", RunManifest.FileName])) Assert.True(wanted[name].AsSpan().SequenceEqual(found[name]), name);
    }

    private sealed class At(double time, Action act) : IProgressSink
    {
        private bool _done;

        public void Report(in Progress progress)
        {
            if (_done || progress.Time < time) return;
            _done = true;
            act();
        }
    }
}
