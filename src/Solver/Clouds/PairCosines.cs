namespace Meanfield.Solver;

/// <summary>The law of the cosine x·y of two different tokens, as shares of equal bins of [−1, 1].</summary>
/// <remarks>Pairs count with the product of their masses. All pairs up to <see cref="MostTokens"/> tokens, beyond those of an even subset with a fixed seed.</remarks>
public static class PairCosines
{
    /// <summary>Largest number of tokens whose pairs are all counted.</summary>
    public const int MostTokens = 4096;

    /// <summary>Share of the pairs in each bin.</summary>
    /// <param name="cloud">At least two tokens.</param>
    /// <param name="shares">[bins] receives the shares, of sum 1; bin b covers [−1 + 2b/bins, −1 + 2(b+1)/bins), the last also 1.</param>
    /// <exception cref="ArgumentException">A single token, or no bin.</exception>
    public static void Histogram(in Cloud cloud, Span<double> shares)
    {
        if (cloud.Count < 2 || shares.IsEmpty) throw new ArgumentException("pairs need two tokens and a bin", nameof(cloud));
        int[] sample = cloud.Subset(MostTokens);
        double[] positions = cloud.PositionsOf(sample), masses = new double[sample.Length], cosines = new double[sample.Length];
        for (int i = 0; i < sample.Length; i++) masses[i] = cloud.MassOf(sample[i]);
        shares.Clear();
        for (int i = 0; i + 1 < sample.Length; i++)
        {
            Span<double> row = cosines.AsSpan(0, sample.Length - 1 - i);
            CosineRow.Fill(cloud.Dimension, positions, i, i + 1, row);
            for (int j = 0; j < row.Length; j++)
            {
                int bin = Math.Clamp((int)((row[j] + 1) * 0.5 * shares.Length), 0, shares.Length - 1);
                shares[bin] += masses[i] * masses[i + 1 + j];
            }
        }
        double total = 0;
        foreach (double share in shares) total += share;
        for (int b = 0; b < shares.Length; b++) shares[b] /= total;
    }
}
