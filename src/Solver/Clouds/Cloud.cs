namespace Meanfield.Solver;

/// <summary>A weighted cloud of tokens on S^(d−1): the measure Σᵢ wᵢ δ_{xᵢ} / Σᵢ wᵢ. Views positions that others own.</summary>
public readonly ref struct Cloud
{
    /// <summary>Views a cloud.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="positions">[d·N] unit vectors, coordinate after coordinate.</param>
    /// <param name="weights">[N] masses ≥ 0 of any positive sum; empty: equal masses.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or the weights are negative, not finite or sum to nothing.</exception>
    public Cloud(int dimension, ReadOnlySpan<double> positions, ReadOnlySpan<double> weights = default)
    {
        if (dimension < 2 || positions.Length == 0 || positions.Length % dimension != 0)
            throw new ArgumentException($"{positions.Length} numbers are not tokens of {dimension} coordinates", nameof(positions));
        Dimension = dimension;
        Positions = positions;
        Weights = weights;
        Count = positions.Length / dimension;
        TotalWeight = Count;
        if (weights.IsEmpty) return;
        if (weights.Length != Count) throw new ArgumentException($"{weights.Length} weights for {Count} tokens", nameof(weights));
        double lost = 0, total = 0;
        foreach (double weight in weights)
        {
            if (!(weight >= 0)) throw new ArgumentException("weights must be at least 0", nameof(weights));
            double sum = total + weight; // Neumaier's summation
            lost += total >= weight ? total - sum + weight : weight - sum + total;
            total = sum;
        }
        TotalWeight = total + lost;
        if (!(TotalWeight > 0) || !double.IsFinite(TotalWeight)) throw new ArgumentException("weights must have a positive, finite sum", nameof(weights));
    }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Number of tokens N.</summary>
    public int Count { get; }

    /// <summary>[d·N] positions, coordinate after coordinate.</summary>
    public ReadOnlySpan<double> Positions { get; }

    /// <summary>[N] weights as given, or empty.</summary>
    public ReadOnlySpan<double> Weights { get; }

    /// <summary>Sum of the weights; N where there are none.</summary>
    public double TotalWeight { get; }

    /// <summary>Share of token i in the total mass 1.</summary>
    public double MassOf(int token) => Weights.IsEmpty ? 1.0 / Count : Weights[token] / TotalWeight;

    /// <summary>One coordinate of every token: [N].</summary>
    public ReadOnlySpan<double> Coordinate(int k) => Positions.Slice(k * Count, Count);

    /// <summary>Indices, rising, of at most <paramref name="most"/> tokens: all of them, else a subset drawn evenly with a fixed seed.</summary>
    internal int[] Subset(int most)
    {
        var chosen = new int[Math.Min(most, Count)];
        var random = new RandomNumbers(0);
        for (int token = 0, found = 0; found < chosen.Length; token++) // Knuth, algorithm S
            if (Count - token == chosen.Length - found || random.NextUniform() * (Count - token) < chosen.Length - found) chosen[found++] = token;
        return chosen;
    }

    /// <summary>The positions of some tokens, coordinate after coordinate.</summary>
    internal double[] PositionsOf(ReadOnlySpan<int> tokens)
    {
        var positions = new double[Dimension * tokens.Length];
        for (int k = 0, at = 0; k < Dimension; k++)
        {
            ReadOnlySpan<double> coordinate = Coordinate(k);
            foreach (int token in tokens) positions[at++] = coordinate[token];
        }
        return positions;
    }
}
