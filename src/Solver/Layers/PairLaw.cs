namespace Meanfield.Solver;

/// <summary>The law of the cosine c = x·y over pairs of different tokens, and the energies that go with it.</summary>
/// <remarks>
/// E_β = (1/2β)((1/N) e^β + (1 − 1/N) ⟨e^{βc}⟩), the energy of the empirical measure with its own pairs (THEORY 1.3). Errors are standard errors by the
/// delete-a-group jackknife over groups of 128 sampled tokens; 0 where all pairs are counted.
/// </remarks>
/// <param name="Shares">[<see cref="Bins"/>] share of the pairs in equal bins of [−1, 1].</param>
/// <param name="MeanCosine">⟨c⟩.</param>
/// <param name="MeanCosineError">Its standard error.</param>
/// <param name="Energies">[<see cref="Betas"/>] E_β.</param>
/// <param name="EnergyErrors">[<see cref="Betas"/>] their standard errors.</param>
public sealed record PairLaw(double[] Shares, double MeanCosine, double MeanCosineError, double[] Energies, double[] EnergyErrors)
{
    /// <summary>Bins of the histogram.</summary>
    public const int Bins = 100;

    /// <summary>The β of the energies, each twice the one before.</summary>
    public static IReadOnlyList<double> Betas { get; } = [1, 2, 4, 8, 16, 32];

    /// <summary>Sums of one tile: number of pairs, Σc, Σe^{βc} for each β.</summary>
    internal static int Sums => 2 + Betas.Count;

    /// <summary>The law from the sums of tiles.</summary>
    /// <param name="counts">[Bins] pairs.</param>
    /// <param name="sums">[tiles, Sums], tiles as <see cref="PairTiles.Place"/> numbers them.</param>
    /// <param name="held">Tokens among which pairs were counted.</param>
    /// <param name="tokens">N.</param>
    internal static PairLaw Of(ReadOnlySpan<long> counts, ReadOnlySpan<double> sums, int held, int tokens)
    {
        int sides = PairTiles.Sides(held), tiles = PairTiles.Count(held), width = Sums;
        var total = new double[width];
        var without = new double[sides, width]; // what the tiles of a group hold
        for (int tile = 0; tile < tiles; tile++)
        {
            (int row, int column) = PairTiles.Place(tile);
            for (int s = 0; s < width; s++)
            {
                double part = sums[tile * width + s];
                total[s] += part;
                without[row, s] += part;
                if (row != column) without[column, s] += part;
            }
        }
        var shares = new double[Bins];
        for (int b = 0; b < Bins; b++) shares[b] = counts[b] / total[0];
        double[] energies = [.. Betas.Select((_, b) => Energy(b, total[2 + b] / total[0]))];
        bool sampled = held < tokens;
        return new PairLaw(
            shares, total[1] / total[0], sampled ? Jackknife(1, mean => mean) : 0, energies,
            [.. Betas.Select((_, b) => sampled ? Jackknife(2 + b, mean => Energy(b, mean)) : 0)]);

        double Energy(int b, double mean) => (Math.Exp(Betas[b]) / tokens + (1 - 1.0 / tokens) * mean) / (2 * Betas[b]);

        double Jackknife(int s, Func<double, double> statistic)
        {
            double[] values = [.. Enumerable.Range(0, sides).Select(g => statistic((total[s] - without[g, s]) / (total[0] - without[g, 0])))];
            double mean = values.Average();
            return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) * (sides - 1) / sides);
        }
    }
}
