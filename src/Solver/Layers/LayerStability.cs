namespace Meanfield.Solver;

/// <summary>A measured value with the range in which it lies for 95 % of the random halves of the tokens.</summary>
/// <param name="Value">Over all tokens.</param>
/// <param name="Low">2.5 % of the halves lie below.</param>
/// <param name="High">2.5 % lie above.</param>
public readonly record struct Interval(double Value, double Low, double High);

/// <summary>What one block changed of the tokens' arrangement.</summary>
/// <param name="Block">Number of the block: that of the layer behind it.</param>
/// <param name="BlockInfluence">1 − mean cosine of each token with itself before.</param>
/// <param name="AdjustedRand">Agreement of the clusters before and behind (<see cref="PartitionAgreement"/>).</param>
/// <param name="NeighbourOverlap">Mean share of a token's ten nearest tokens that stay among its ten nearest.</param>
public sealed record BlockChange(int Block, Interval BlockInfluence, Interval AdjustedRand, Interval NeighbourOverlap);

/// <summary>A block in the order of how little it moves tokens.</summary>
/// <param name="Block">Its number.</param>
/// <param name="Rank">1 for the one that moves them least.</param>
/// <param name="RankLow">2.5 % of the random halves of the tokens give a lower rank.</param>
/// <param name="RankHigh">2.5 % give a higher one.</param>
public sealed record BlockRank(int Block, int Rank, int RankLow, int RankHigh);

/// <summary>From which layer on the clusters stay as they are, and which blocks move tokens least.</summary>
/// <remarks>
/// Intervals are over <see cref="Halves"/> random halves of the tokens, drawn without replacement from a seed: their spread is that of the estimate from all tokens if
/// those were independent. Clusters are not sought again in each half. A block that moves tokens little is not thereby superfluous.
/// </remarks>
public sealed class LayerStability
{
    /// <summary>Random halves.</summary>
    public const int Halves = 200;

    /// <summary>Agreement from which on clusters count as the same.</summary>
    public const double Same = 0.9;

    private LayerStability(BlockChange[] blocks, BlockRank[] ranking, Interval? stableFrom) => (Blocks, Ranking, StableFrom) = (blocks, ranking, stableFrom);

    /// <summary>Every block, in order.</summary>
    public IReadOnlyList<BlockChange> Blocks { get; }

    /// <summary>Blocks by rising influence.</summary>
    public IReadOnlyList<BlockRank> Ranking { get; }

    /// <summary>The first layer from which on every block leaves the clusters as they are to <see cref="Same"/>; null if the last block does not, or without clusters.</summary>
    public Interval? StableFrom { get; }

    /// <summary>Compares neighbouring layers.</summary>
    /// <param name="layers">In order, of the same tokens.</param>
    /// <param name="seed">Seed of the halves.</param>
    public static LayerStability Of(IReadOnlyList<LayerMeasures> layers, ulong seed)
    {
        int blocks = layers.Count - 1;
        if (blocks < 1) return new LayerStability([], [], null);
        double[][] overlaps = [.. Enumerable.Range(1, blocks).Select(b => Overlaps(layers[b - 1], layers[b]))];
        var influences = new double[blocks][];
        var agreements = new double[blocks][];
        var shares = new double[blocks][];
        for (int b = 0; b < blocks; b++) (influences[b], agreements[b], shares[b]) = (new double[Halves + 1], new double[Halves + 1], new double[Halves + 1]);
        var random = new RandomNumbers(seed, 1UL << 41);
        for (int half = 0; half <= Halves; half++) // the last is the whole
        {
            bool whole = half == Halves;
            int[] tokens = Draw(random, layers[0].Tokens, whole), held = layers[0].HeldTokens == layers[0].Tokens ? tokens : Draw(random, layers[0].HeldTokens, whole);
            for (int b = 0; b < blocks; b++)
            {
                influences[b][half] = 1 - Mean(layers[b + 1].Displacement!.Cosines, tokens);
                agreements[b][half] = PartitionAgreement.AdjustedRand(Pick(layers[b].Census.Labels, held), Pick(layers[b + 1].Census.Labels, held));
                shares[b][half] = Mean(overlaps[b], held);
            }
        }
        BlockChange[] changes = [.. Enumerable.Range(0, blocks).Select(b => new BlockChange(b + 1, Of(influences[b]), Of(agreements[b]), Of(shares[b])))];
        double[] stable = [.. Enumerable.Range(0, Halves + 1).Select(half => (double)StableLayer(agreements, half))];
        bool clusters = layers[^1].Census.Clusters.Count > 0;
        return new LayerStability(changes, Rank(influences), clusters && stable[^1] < blocks ? Of(stable) : null);
    }

    // The first layer from which on all agreements hold; the number of blocks if the last does not.
    private static int StableLayer(double[][] agreements, int half)
    {
        int layer = agreements.Length;
        while (layer > 0 && agreements[layer - 1][half] >= Same) layer--;
        return layer;
    }

    private static BlockRank[] Rank(double[][] influences)
    {
        int blocks = influences.Length;
        var ranks = new int[blocks][];
        for (int b = 0; b < blocks; b++) ranks[b] = new int[Halves + 1];
        for (int half = 0; half <= Halves; half++)
        {
            int rank = 0, at = half;
            foreach (int b in Enumerable.Range(0, blocks).OrderBy(b => influences[b][at])) ranks[b][half] = ++rank;
        }
        return
        [
            .. ranks.Select((own, b) =>
            {
                Interval interval = Of([.. own.Select(rank => (double)rank)]);
                return new BlockRank(b + 1, (int)interval.Value, (int)interval.Low, (int)interval.High);
            }).OrderBy(block => block.Rank),
        ];
    }

    // The last number is that of the whole.
    private static Interval Of(double[] values)
    {
        double[] halves = values[..Halves];
        Array.Sort(halves);
        return new Interval(values[Halves], halves[(int)(0.025 * Halves)], halves[Halves - 1 - (int)(0.025 * Halves)]);
    }

    private static int[] Draw(RandomNumbers random, int count, bool whole)
    {
        int[] tokens = [.. Enumerable.Range(0, count)];
        if (whole || count < 2) return tokens;
        for (int i = 0; i < count / 2; i++) // the first half of a shuffle
        {
            int j = i + (int)(random.NextUniform() * (count - i));
            (tokens[i], tokens[j]) = (tokens[j], tokens[i]);
        }
        return tokens[..(count / 2)];
    }

    // NaN for a token that has no neighbours in either layer.
    private static double[] Overlaps(LayerMeasures before, LayerMeasures after)
    {
        const int Kept = NeighbourTable.Kept;
        var overlaps = new double[after.HeldTokens];
        for (int i = 0; i < overlaps.Length; i++)
        {
            ReadOnlySpan<int> old = before.Neighbours.AsSpan(i * Kept, Kept), now = after.Neighbours.AsSpan(i * Kept, Kept);
            int common = 0, known = 0;
            foreach (int neighbour in now)
            {
                if (neighbour < 0) break;
                known++;
                if (old.Contains(neighbour)) common++;
            }
            overlaps[i] = known == 0 || old[0] < 0 ? double.NaN : (double)common / known;
        }
        return overlaps;
    }

    private static double Mean(double[] values, int[] tokens)
    {
        double sum = 0;
        int count = 0;
        foreach (int token in tokens)
        {
            if (double.IsNaN(values[token])) continue;
            sum += values[token];
            count++;
        }
        return sum / count;
    }

    private static int[] Pick(int[] labels, int[] tokens) => Array.ConvertAll(tokens, token => labels[token]);
}
