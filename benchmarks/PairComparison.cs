using Meanfield.Benchmarks.Peers;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>force-direct: <see cref="DirectForce"/> at d = 3, softmax, beside NumPy's blocked matrix products of the same tokens.</summary>
internal static class PairComparison
{
    /// <summary>Prepares both sides and compares their results.</summary>
    /// <param name="peer">A process of pairs.py; it holds one cloud at a time.</param>
    /// <param name="count">N.</param>
    /// <param name="beta">β.</param>
    /// <param name="threads">Our threads; NumPy is held to one.</param>
    public static Comparison Create(NumpyProcess peer, int count, double beta, int threads)
    {
        const int Dimension = 3;
        TokenSample tokens = TokenSample.Uniform(Dimension, count, seed: (ulong)count);
        double[] positions = tokens.ByCoordinate(), velocity = new double[positions.Length];
        var force = new DirectForce(new TokenModel(new Attention(Normalization.Softmax, beta), Dimension), count, threads);
        force.Velocity(positions, velocity);
        double[] theirs = NumpyProcess.Numbers(peer.Ask(new { command = "prepare", dimension = Dimension, beta, tokens = tokens.Positions.ToArray() }), "velocity");
        return new Comparison(
            "force-direct", count, peer.Name,
            repetitions => Interleaved.Clock(() => force.Velocity(positions, velocity), repetitions),
            peer.Time,
            RandomState.Distance(velocity, Transposed(theirs, Dimension)),
            Threads: threads);
    }

    private static double[] Transposed(ReadOnlySpan<double> tokens, int dimension)
    {
        int count = tokens.Length / dimension;
        var positions = new double[tokens.Length];
        for (int i = 0; i < tokens.Length; i++) positions[i % dimension * count + i / dimension] = tokens[i];
        return positions;
    }
}
