using Meanfield.Benchmarks.Peers;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>
/// force-sphere and force-circle: <see cref="ScatteredHarmonics"/>, moments of N tokens and f, ∇f at them, beside NumPy's sums over all harmonics at
/// as many tokens, or at <see cref="MostOfPeer"/> where there are more.
/// </summary>
internal static class HarmonicComparison
{
    /// <summary>Tokens of the peer's clouds at most: its cost is proportional to their number beyond, and is scaled.</summary>
    public const int MostOfPeer = 20_000;

    /// <summary>Largest degree of the potential on the sphere.</summary>
    public const int SphereDegrees = 32;

    /// <summary>Largest degree of the potential on the circle.</summary>
    public const int CircleDegrees = 64;

    /// <summary>Prepares both sides and compares their results.</summary>
    /// <param name="peer">A process of harmonics.py; it holds one cloud at a time.</param>
    /// <param name="dimension">2 or 3.</param>
    /// <param name="count">N.</param>
    /// <param name="threads">Our threads; NumPy is held to one.</param>
    public static Comparison Create(NumpyProcess peer, int dimension, int count, int threads)
    {
        int bandlimit = dimension == 2 ? CircleDegrees : SphereDegrees, few = Math.Min(count, MostOfPeer);
        double[] multipliers = [.. Enumerable.Range(0, bandlimit + 1).Select(degree => 1 / (1.0 + degree * degree))];
        double[] theirs = NumpyProcess.Numbers(
            peer.Ask(new { command = "prepare", dimension, multipliers, tokens = Positions(dimension, few) }), "forces");
        double difference = RandomState.Distance(Work(dimension, bandlimit, multipliers, few, threads).Result(), theirs);
        Cloud ours = Work(dimension, bandlimit, multipliers, count, threads);
        double scale = (double)count / few;
        return new Comparison(
            dimension == 2 ? "force-circle" : "force-sphere", count, few == count ? peer.Name : $"{peer.Name}, {few} tokens × {scale:g3}",
            repetitions => Interleaved.Clock(ours.Evaluate, repetitions),
            repetitions => scale * peer.Time(repetitions),
            difference,
            Threads: threads,
            Tokens: count);
    }

    private static Cloud Work(int dimension, int bandlimit, double[] multipliers, int count, int threads) =>
        new(ScatteredHarmonics.Create(dimension, bandlimit, threads: threads), multipliers, Positions(dimension, count));

    private static double[] Positions(int dimension, int count)
    {
        ReadOnlySpan<double> tokens = TokenSample.Uniform(dimension, count, seed: (ulong)count).Positions;
        var positions = new double[tokens.Length];
        for (int i = 0; i < tokens.Length; i++) positions[i % dimension * count + i / dimension] = tokens[i];
        return positions;
    }

    /// <summary>One cloud, its potential and what is computed of it.</summary>
    private sealed class Cloud(ScatteredHarmonics harmonics, double[] multipliers, double[] positions)
    {
        private readonly double[] _moments = new double[harmonics.Basis.Count];
        private readonly double[] _values = new double[positions.Length / harmonics.Basis.Dimension];
        private readonly double[] _gradients = new double[positions.Length];

        public void Evaluate()
        {
            harmonics.Moments(positions, default, _moments);
            for (int i = 0; i < _moments.Length; i++) _moments[i] *= multipliers[harmonics.Basis.DegreeOf(i)];
            harmonics.Evaluate(positions, _moments, _values, _gradients);
        }

        public double[] Result()
        {
            Evaluate();
            return [.. _values, .. _gradients];
        }
    }
}
