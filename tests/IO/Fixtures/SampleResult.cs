using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.IO;

/// <summary>Results with recognizable numbers.</summary>
public static class SampleResult
{
    /// <summary>The case text, with everything that could go wrong in text.</summary>
    public const string Case = "title: \"Größe β = 9, 'quoted'\"\ndimension: 3\n# κ ≥ 0\n";

    /// <summary>A result whose bandlimit grows by one every step, starting at <paramref name="bandlimit"/>.</summary>
    public static Result Create(int dimension, int bandlimit, int steps, int outputDegree = 0, int tokens = 0)
    {
        var header = new ResultHeader(
            "Metastable clusters", dimension, new Attention(Normalization.Softmax, 9.25, 0.125),
            "spectral", -7_000_000_000L, "0.1.0", Case);
        Snapshot[] snapshots = [.. Enumerable.Range(0, steps).Select(k => CreateSnapshot(dimension, bandlimit + k, k, tokens))];
        string[] warnings = dimension == 2 ? [] : ["The density fell below 0 at t = 1.", "The spectrum's tail is 1e-6."];
        var outcome = new Outcome(
            OutcomeKind.ResolutionLost, 0.25 * (steps - 1), "Resolution was lost at t = 2.", warnings, 17, 3, 120);
        return new Result(header, SnapshotHistory.Of(snapshots), outcome, outputDegree);
    }

    private static Snapshot CreateSnapshot(int dimension, int bandlimit, int step, int tokens)
    {
        int count = new HarmonicBasis(dimension, bandlimit).Count;
        double[] coefficients = [.. Enumerable.Range(0, count).Select(i => i == 0 ? 1 : Math.Sin(i + 1.7 * step) / (i + 1))];
        var observables = new Observables
        {
            Energy = 0.5 + step,
            Entropy = double.NaN,
            OrderParameter = 1.0 / (step + 3),
            Mass = 1,
            Bandlimit = bandlimit,
            Step = 0.01,
        };
        return new Snapshot(0.25 * step, bandlimit, coefficients, observables)
        {
            Positions = tokens == 0 ? null : [.. Enumerable.Range(0, tokens * dimension).Select(i => Math.Cos(i + step))],
        };
    }
}
