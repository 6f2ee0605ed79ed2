using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Runs of one model held against each other and against theory, phase by phase (docs/phases.md).</summary>
/// <param name="Dimension">d of all of them.</param>
/// <param name="Beta">β of all of them.</param>
/// <param name="Normalization">Of all of them.</param>
/// <param name="Noise">κ of all of them.</param>
/// <param name="Runs">Each by itself.</param>
/// <param name="Differences">Every run but the first, from the first.</param>
/// <param name="Scalings">How differences scale with N and with the amplitude, where three runs or more say.</param>
public sealed record RunComparison(
    int Dimension, double Beta, Normalization Normalization, double Noise, IReadOnlyList<RunSummary> Runs, IReadOnlyList<RunDifference> Differences, IReadOnlyList<DifferenceScaling> Scalings)
{
    /// <summary>Compares runs.</summary>
    /// <param name="runs">At least two; they get different labels.</param>
    /// <exception cref="ArgumentException">Fewer than two, or different dimension or attention; the sentence says which.</exception>
    public static RunComparison Of(IReadOnlyList<ComparedRun> runs)
    {
        if (runs.Count < 2) throw new ArgumentException("a comparison needs two runs at least", nameof(runs));
        ComparedRun first = runs[0];
        foreach (ComparedRun run in runs)
        {
            Require("dimension", first, run, r => r.Header.Dimension);
            Require("attention.normalization", first, run, r => r.Header.Attention.Normalization);
            Require("attention.beta", first, run, r => r.Header.Attention.Beta);
            Require("attention.noise", first, run, r => r.Header.Attention.Noise);
        }
        for (int i = 0; i < runs.Count; i++)
            if (runs.Take(i).Any(run => run.Label == runs[i].Label)) runs[i].Label += FormattableString.Invariant($"-{i + 1}");
        RunDifference[] differences = [.. runs.Skip(1).Select(run => RunDifference.Between(first, run))];
        DifferenceScaling?[] scalings = [WithTokens(runs, differences), WithAmplitude(runs)];
        Attention attention = first.Header.Attention;
        return new RunComparison(
            first.Header.Dimension, attention.Beta, attention.Normalization, attention.Noise,
            [.. runs.Select(RunSummary.Of)], differences, [.. scalings.OfType<DifferenceScaling>()]);
    }

    private static void Require<T>(string key, ComparedRun first, ComparedRun run, Func<ComparedRun, T> value)
    {
        if (!Equals(value(first), value(run)))
            throw new ArgumentException(FormattableString.Invariant($"{run.Label} and {first.Label} are not the same model: {key} is {value(run)} and {value(first)}"));
    }

    // At the last output time that all have and at which the first run is still in its linear phase, or else at the first after the start;
    // of a density that tokens were drawn from.
    private static DifferenceScaling? WithTokens(IReadOnlyList<ComparedRun> runs, RunDifference[] differences)
    {
        if (runs[0].StartsFromTokens) return null;
        (ComparedRun Run, RunDifference Difference)[] clouds = [.. runs.Skip(1).Zip(differences).Where(pair => pair.First.Tokens is not null)];
        if (clouds.Length < 3 || CommonTime([.. clouds.Select(pair => pair.Difference.States)], runs[0]) is not double time) return null;
        return DifferenceScaling.Of("tokens", time, [.. clouds.Select(pair => new ScalingPoint(pair.Run.Label, pair.Run.Tokens!.Value, At(pair.Difference.States, time)))]);
    }

    private static DifferenceScaling? WithAmplitude(IReadOnlyList<ComparedRun> runs)
    {
        var pairs = new List<(ComparedRun Run, IReadOnlyList<StateDifference> States)>();
        foreach (ComparedRun series in runs.Where(run => run.Header.Scheme == "perturbation"))
        {
            foreach (ComparedRun other in runs.Where(run => run.Header.Scheme is "spectral" or "characteristics"))
            {
                IReadOnlyList<StateDifference> states = RunDifference.Between(other, series).States;
                if (states.Count > 0 && states[0].L2 <= 1e-12 * other.InitialDeviation) pairs.Add((series, states));
            }
        }
        if (pairs.Count < 3 || CommonTime([.. pairs.Select(pair => pair.States)], pairs.MaxBy(pair => pair.Run.InitialDeviation).Run) is not double time) return null;
        return DifferenceScaling.Of("amplitude", time, [.. pairs.Select(pair => new ScalingPoint(pair.Run.Label, pair.Run.InitialDeviation, At(pair.States, time)))]);
    }

    private static double? CommonTime(IReadOnlyList<IReadOnlyList<StateDifference>> series, ComparedRun run)
    {
        double[] times = [.. series[0].Select(state => state.Time).Where(time => time > 0 && series.All(states => states.Any(state => state.Time == time)))];
        double end = run.Phases?.Boundaries[0].Measured ?? double.NaN;
        double[] linear = double.IsNaN(end) ? times : [.. times.Where(time => time <= end)];
        return linear.Length > 0 ? linear[^1] : times.Length > 0 ? times[0] : null;
    }

    private static double At(IReadOnlyList<StateDifference> states, double time) => states.First(state => state.Time == time).L2;
}
