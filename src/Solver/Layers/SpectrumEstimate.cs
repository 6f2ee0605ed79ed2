using MathNet.Numerics.LinearAlgebra;

namespace Meanfield.Solver;

/// <summary>What a block of Lanczos processes says of the singular values: effective ranks with their errors, and the leading directions.</summary>
/// <remarks>
/// tr f(A) for f(λ) = √λ and √λ log √λ by stochastic Lanczos quadrature (Ubaru, Chen and Saad, SIAM J. Matrix Anal. 38, 2017) over seven vectors of random signs (six for the unit tokens).
/// Removing the mean m of T rows takes T m mᵀ from A, which changes the matrix of the process that starts at m in its first entry only: the difference
/// of the traces is that of the two small matrices. Errors: the spread over the vectors, and the change from half the steps to all.
/// </remarks>
internal sealed class SpectrumEstimate
{
    private const int Half = LanczosBlock.Width / 2;
    private readonly LanczosBlock _block;
    private readonly int _dimension;

    /// <summary>Reads a block that has run.</summary>
    /// <param name="block">The processes.</param>
    /// <param name="dimension">d.</param>
    public SpectrumEstimate(LanczosBlock block, int dimension) => (_block, _dimension) = (block, dimension);

    /// <summary>The four effective ranks.</summary>
    /// <param name="rawMass">T|m|² of the tokens.</param>
    /// <param name="unitMass">T|m|² of the unit tokens.</param>
    public EffectiveRanks Ranks(double rawMass, double unitMass) =>
        new(Rank(0, 0), Rank(0, rawMass), Rank(Half, 0), Rank(Half, unitMass));

    /// <summary>The leading directions of the unit tokens about their mean, up to three, with their shares of the variance.</summary>
    /// <param name="total">T(1 − |m|²).</param>
    public (double[][] Directions, double[] Shares) Leading(double total)
    {
        List<double[]> basis = _block.Basis;
        int count = basis.Count;
        if (!(total > 0)) return ([], []);
        Matrix<double> small = Matrix<double>.Build.Dense(count, count, Entry);
        var eigen = small.Evd(Symmetricity.Symmetric);
        int kept = Math.Min(3, count);
        var directions = new double[kept][];
        var shares = new double[kept];
        for (int i = 0; i < kept; i++)
        {
            directions[i] = new double[_dimension];
            for (int j = 0; j < count; j++)
                for (int k = 0; k < _dimension; k++) directions[i][k] += eigen.EigenVectors[j, count - 1 - i] * basis[j][k];
            shares[i] = eigen.EigenValues[count - 1 - i].Real / total;
        }
        return (directions, shares);

        double Entry(int i, int j) =>
            i == j ? _block.Diagonals[LanczosBlock.Centred][i] : Math.Abs(i - j) == 1 ? _block.Besides[LanczosBlock.Centred][Math.Min(i, j)] : 0;
    }

    private EffectiveRank Rank(int half, double mass)
    {
        int steps = _block.Steps[half + Half - 1];
        (double entropy, double spread) = Entropy(half, mass, steps);
        double error = spread, truncation = entropy - Entropy(half, mass, Math.Max(1, steps / 2)).Entropy;
        if (steps == LanczosBlock.MostSteps) error = Math.Sqrt(spread * spread + truncation * truncation / 9); // errors fall at least fourfold
        return new EffectiveRank(Math.Exp(entropy), Math.Exp(entropy) * error);
    }

    // log S − L/S, S = Σs and L = Σ s log s, and its standard error to first order.
    private (double Entropy, double Spread) Entropy(int half, double mass, int steps)
    {
        int first = half == 0 ? 1 : LanczosBlock.Centred + 1, vectors = half + Half - first;
        var sums = new double[vectors];
        var logs = new double[vectors];
        for (int v = 0; v < vectors; v++)
        {
            (double[] values, double[] weights) = Quadrature(first + v, steps, 0);
            for (int i = 0; i < values.Length; i++)
            {
                sums[v] += _dimension * weights[i] * Root(values[i]);
                logs[v] += _dimension * weights[i] * RootLog(values[i]);
            }
        }
        double sum = sums.Average(), log = logs.Average(), shiftedSum = sum, shiftedLog = log;
        if (mass > 0 && _block.Steps[half] > 0)
        {
            double[] before = Quadrature(half, steps, 0).Values, after = Quadrature(half, steps, mass).Values;
            shiftedSum += after.Sum(Root) - before.Sum(Root);
            shiftedLog += after.Sum(RootLog) - before.Sum(RootLog);
        }
        double squares = 0;
        for (int v = 0; v < vectors; v++)
        {
            double influence = (sums[v] - sum) * (1 / shiftedSum + shiftedLog / (shiftedSum * shiftedSum)) - (logs[v] - log) / shiftedSum;
            squares += influence * influence;
        }
        return (Math.Log(shiftedSum) - shiftedLog / shiftedSum, Math.Sqrt(squares / (vectors * (vectors - 1.0))));
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
