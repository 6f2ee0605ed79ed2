namespace Meanfield.Solver;

/// <summary>What a block of Lanczos processes says of the singular values: effective ranks with their errors.</summary>
/// <remarks>
/// tr f(A) for f(λ) = √λ and √λ log √λ by stochastic Lanczos quadrature (Ubaru, Chen and Saad, SIAM J. Matrix Anal. 38, 2017) over seven vectors of random signs.
/// Removing the mean m of T rows takes T m mᵀ from A, which changes the matrix of the process that starts at m in its first entry only: the difference
/// of the traces is that of the two small matrices. Errors: the spread over the vectors, and the change from half the steps to all.
/// </remarks>
internal sealed class SpectrumEstimate
{
    private const int Half = LanczosBlock.Width / 2;
    private const int Vectors = Half - 1;
    private readonly LanczosBlock _block;
    private readonly int _dimension;
    private readonly double _rawMass;
    private readonly double _unitMass;

    private SpectrumEstimate(LanczosBlock block, int dimension, double rawMass, double unitMass) =>
        (_block, _dimension, _rawMass, _unitMass) = (block, dimension, rawMass, unitMass);

    /// <summary>The four effective ranks.</summary>
    /// <param name="block">A block that has run.</param>
    /// <param name="dimension">d.</param>
    /// <param name="rawMass">T|m|² of the tokens.</param>
    /// <param name="unitMass">T|m|² of the unit tokens.</param>
    public static EffectiveRanks Ranks(LanczosBlock block, int dimension, double rawMass, double unitMass)
    {
        var spectrum = new SpectrumEstimate(block, dimension, rawMass, unitMass);
        return new(spectrum.Rank(0, false), spectrum.Rank(0, true), spectrum.Rank(Half, false), spectrum.Rank(Half, true));
    }

    private EffectiveRank Rank(int half, bool centred)
    {
        int steps = _block.Steps[half + Half - 1];
        (double entropy, double spread) = Entropy(half, centred, steps);
        double error = spread, truncation = entropy - Entropy(half, centred, Math.Max(1, steps / 2)).Entropy;
        if (steps == LanczosBlock.MostSteps) error = Math.Sqrt(spread * spread + truncation * truncation / 9); // errors fall at least fourfold
        return new EffectiveRank(Math.Exp(entropy), Math.Exp(entropy) * error);
    }

    // log S − L/S, S = Σs and L = Σ s log s, and its standard error to first order.
    private (double Entropy, double Spread) Entropy(int half, bool centred, int steps)
    {
        (double sumTaken, double logTaken) = Taken(half, steps);
        var sums = new double[Vectors];
        var logs = new double[Vectors];
        for (int v = 0; v < Vectors; v++)
        {
            int column = half + 1 + v;
            (double[] values, double[] weights) = Quadrature(column, steps, 0);
            for (int i = 0; i < values.Length; i++)
            {
                sums[v] += _dimension * weights[i] * Root(values[i]);
                logs[v] += _dimension * weights[i] * RootLog(values[i]);
            }
            bool isCentred = column is >= LanczosBlock.Centred and < LanczosBlock.Centred + LanczosBlock.CentredColumns;
            int sign = centred == isCentred ? 0 : centred ? -1 : 1;
            (sums[v], logs[v]) = (sums[v] + sign * sumTaken, logs[v] + sign * logTaken);
        }
        double sum = sums.Average(), log = logs.Average();
        double squares = 0;
        for (int v = 0; v < Vectors; v++)
        {
            double influence = (sums[v] - sum) * (1 / sum + log / (sum * sum)) - (logs[v] - log) / sum;
            squares += influence * influence;
        }
        return (Math.Log(sum) - log / sum, Math.Sqrt(squares / (Vectors * (Vectors - 1.0))));
    }

    // What removing the mean takes from the two traces.
    private (double Sum, double Log) Taken(int half, int steps)
    {
        double mass = half == 0 ? _rawMass : _unitMass;
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
