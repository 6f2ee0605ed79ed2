using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Tokens followed through a run.</summary>
/// <param name="Positions">For each output time, the positions [n·d], token after token; NaN while a run has no tokens yet.</param>
/// <param name="Weights">[n] mass of each token; they sum to 1.</param>
public sealed record TokenHistory(IReadOnlyList<double[]> Positions, double[] Weights)
{
    /// <summary>The tokens that snapshots recorded, of equal mass; null if none did.</summary>
    /// <param name="snapshots">In order of time.</param>
    /// <param name="dimension">d.</param>
    public static TokenHistory? Of(IReadOnlyList<Snapshot> snapshots, int dimension)
    {
        int numbers = snapshots.Max(snapshot => snapshot.Positions?.Length ?? 0), count = numbers / dimension;
        if (count == 0) return null;
        var none = new double[numbers];
        Array.Fill(none, double.NaN);
        var weights = new double[count];
        Array.Fill(weights, 1.0 / count);
        return new TokenHistory([.. snapshots.Select(snapshot => snapshot.Positions ?? none)], weights);
    }
}
