namespace Meanfield.Solver;

/// <summary>What a block of Lanczos processes says of the singular values: effective ranks with their errors.</summary>
/// <remarks>
/// tr f(A) for f(λ) = √λ and √λ log √λ by stochastic Lanczos quadrature (Ubaru, Chen and Saad, SIAM J. Matrix Anal. 38, 2017) over seven vectors of random signs.
/// Removing the mean m of T rows takes T m mᵀ from A, which changes the matrix of the process that starts at m in its first entry only: the difference
/// of the traces is that of the two small matrices. The trace of A itself is known, so what chance makes of it is taken out of the others along the regression of
/// f on λ (a control variate). What more steps would change is extrapolated from half the steps to all, for errors that fall as K^(−1.6), the law of √λ where eigenvalues reach
/// down to 0; half of that and the spread over the vectors make the error.
/// </remarks>
internal sealed class SpectrumEstimate
{
    private const int Half = LanczosBlock.Width / 2;
    private const int Vectors = Half - 1;
    private readonly LanczosBlock _block;
    private readonly int _dimension;
    private readonly (double Trace, double Mass) _raw;
    private readonly (double Trace, double Mass) _unit;

    private SpectrumEstimate(LanczosBlock block, int dimension, (double Trace, double Mass) raw, (double Trace, double Mass) unit) =>
        (_block, _dimension, _raw, _unit) = (block, dimension, raw, unit);

    /// <summary>The four effective ranks.</summary>
    /// <param name="block">A block that has run.</param>
    /// <param name="dimension">d.</param>
    /// <param name="raw">Σ|x|² and T|m|² of the tokens.</param>
    /// <param name="unit">T and T|m|² of the unit tokens.</param>
    public static EffectiveRanks Ranks(LanczosBlock block, int dimension, (double Trace, double Mass) raw, (double Trace, double Mass) unit)
    {
        var spectrum = new SpectrumEstimate(block, dimension, raw, unit);
        return new(spectrum.Rank(0, false), spectrum.Rank(0, true), spectrum.Rank(Half, false), spectrum.Rank(Half, true));
    }

    private EffectiveRank Rank(int half, bool centred)
    {
        int steps = _block.Steps[half + Half - 1];
        (double entropy, double spread) = Entropy(half, centred, steps);
        double more = steps < LanczosBlock.MostSteps ? 0 : 0.5 * (entropy - Entropy(half, centred, steps / 2).Entropy);
        double rank = Math.Exp(entropy + more);
        return new EffectiveRank(rank, rank * Math.Sqrt(spread * spread + 0.25 * more * more));
    }

    // log S − L/S, S = Σs and L = Σ s log s, and its standard error to first order.
    private (double Entropy, double Spread) Entropy(int half, bool centred, int steps)
    {
        (double sumTaken, double logTaken) = Taken(half, steps);
        (double Trace, double Mass) known = half == 0 ? _raw : _unit;
        var sums = new double[Vectors];
        var logs = new double[Vectors];
        var excesses = new double[Vectors]; // of the traces
        var nodes = new List<(double Value, double Weight)>();
        for (int v = 0; v < Vectors; v++)
        {
            int column = half + 1 + v;
            (double[] values, double[] weights) = Quadrature(column, steps, 0);
            bool isCentred = column is >= LanczosBlock.Centred and < LanczosBlock.Centred + LanczosBlock.CentredColumns;
            int sign = centred == isCentred ? 0 : centred ? -1 : 1;
            (sums[v], logs[v], excesses[v]) = (sign * sumTaken, sign * logTaken, isCentred ? known.Mass - known.Trace : -known.Trace);
            for (int i = 0; i < values.Length; i++)
            {
                double weight = _dimension * weights[i];
                (sums[v], logs[v], excesses[v]) = (sums[v] + weight * Root(values[i]), logs[v] + weight * RootLog(values[i]), excesses[v] + weight * values[i]);
                nodes.Add((values[i], weight));
            }
        }
        Control(nodes, Root, excesses, sums);
        Control(nodes, RootLog, excesses, logs);
        double sum = sums.Average(), log = logs.Average();
        double squares = 0;
        for (int v = 0; v < Vectors; v++)
        {
            double influence = (sums[v] - sum) * (1 / sum + log / (sum * sum)) - (logs[v] - log) / sum;
            squares += influence * influence;
        }
        return (Math.Log(sum) - log / sum, Math.Sqrt(squares / (Vectors * (Vectors - 1.0))));
    }

    // Takes from each vector's trace of f what its excess of the trace of A brings, by the regression of f on λ.
    private static void Control(List<(double Value, double Weight)> nodes, Func<double, double> f, double[] excesses, double[] traces)
    {
        double weights = nodes.Sum(node => node.Weight), mean = nodes.Sum(node => node.Weight * node.Value) / weights;
        double products = nodes.Sum(node => node.Weight * (node.Value - mean) * f(node.Value)), squares = nodes.Sum(node => node.Weight * (node.Value - mean) * (node.Value - mean));
        double slope = squares > 0 ? products / squares : 0;
        for (int v = 0; v < traces.Length; v++) traces[v] -= slope * excesses[v];
    }

    // What removing the mean takes from the two traces.
    private (double Sum, double Log) Taken(int half, int steps)
    {
        double mass = (half == 0 ? _raw : _unit).Mass;
        if (!(mass > 0) || _block.Steps[half] == 0) return (0, 0);
        double[] before = Quadrature(half, steps, 0).Values, after = Quadrature(half, steps, mass).Values;
        return (before.Sum(Root) - after.Sum(Root), before.Sum(RootLog) - after.Sum(RootLog));
    }

    // Gauss nodes and weights of a process, with an amount taken from its first entry.
    private (double[] Values, double[] Weights) Quadrature(int column, int most, double taken)
    {
        int steps = Math.Min(most, _block.Steps[column]);
        double[] diagonal = _block.Diagonals[column][..steps], beside = _block.Besides[column][..steps], first = new double[steps];
        diagonal[0] -= taken;
        first[0] = 1;
        Tridiagonal.Solve(diagonal, beside, first);
        return (diagonal, [.. first.Select(component => component * component)]);
    }

    private static double Root(double square) => square > 0 ? Math.Sqrt(square) : 0;

    private static double RootLog(double square) => square > 0 ? 0.5 * Math.Sqrt(square) * Math.Log(square) : 0;
}
