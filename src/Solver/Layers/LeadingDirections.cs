using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Meanfield.Solver;

/// <summary>The directions along which unit tokens vary most about their mean: the Rayleigh–Ritz method in the span of three Krylov spaces, so that threefold variances are found.</summary>
/// <remarks>
/// The vectors Z of the three processes are not orthogonal to one another: with S = ZᵀZ, M = ZᵀCZ (C Z by the processes' own recurrences) and S = UΛUᵀ without the
/// eigenvalues below rounding, the Ritz values are those of Λ^(−½)UᵀMUΛ^(−½).
/// </remarks>
internal static class LeadingDirections
{
    private const int Most = 3;
    private const double Dependent = 1e-9; // eigenvalues of S this small belong to no new direction

    /// <summary>Up to three directions and their shares of the variance, largest first.</summary>
    /// <param name="block">A block that has run.</param>
    /// <param name="total">T(1 − |m|²), the sum of all variances times T.</param>
    public static (double[][] Directions, double[] Shares) Of(LanczosBlock block, double total)
    {
        double[][] vectors = [.. block.Bases.SelectMany(basis => basis)];
        if (vectors.Length == 0 || !(total > 1e-12)) return ([], []);
        Matrix<double> dots = Matrix<double>.Build.Dense(vectors.Length, vectors.Length);
        for (int i = 0; i < vectors.Length; i++)
            for (int j = 0; j <= i; j++) dots[i, j] = dots[j, i] = TensorPrimitives.Dot<double>(vectors[i], vectors[j]);
        (int[] kept, Matrix<double> images) = Recurrences(block, vectors.Length);
        Matrix<double> s = Matrix<double>.Build.Dense(kept.Length, kept.Length, (i, j) => dots[kept[i], kept[j]]);
        Matrix<double> m = Matrix<double>.Build.Dense(kept.Length, vectors.Length, (i, j) => dots[kept[i], j]) * images;
        var overlap = s.Evd(Symmetricity.Symmetric);
        int[] independent = [.. Enumerable.Range(0, kept.Length).Where(i => overlap.EigenValues[i].Real > Dependent)];
        Matrix<double> whitening = Matrix<double>.Build.Dense(
            kept.Length, independent.Length, (i, j) => overlap.EigenVectors[i, independent[j]] / Math.Sqrt(overlap.EigenValues[independent[j]].Real));
        Matrix<double> small = whitening.TransposeThisAndMultiply(m) * whitening;
        var ritz = (0.5 * (small + small.Transpose())).Evd(Symmetricity.Symmetric);
        int count = Math.Min(Most, independent.Length);
        var directions = new double[count][];
        var shares = new double[count];
        for (int i = 0; i < count; i++)
        {
            Vector<double> weights = whitening * ritz.EigenVectors.Column(independent.Length - 1 - i);
            directions[i] = new double[vectors[0].Length];
            for (int j = 0; j < kept.Length; j++) TensorPrimitives.MultiplyAdd(vectors[kept[j]], weights[j], directions[i], directions[i]);
            shares[i] = Math.Max(0, ritz.EigenValues[independent.Length - 1 - i].Real) / total;
        }
        return (directions, shares);
    }

    // The vectors whose images are known, and those images [vectors, kept]: C z_j = b_(j−1) z_(j−1) + a_j z_j + b_j z_(j+1).
    private static (int[] Kept, Matrix<double> Images) Recurrences(LanczosBlock block, int vectors)
    {
        var kept = new List<int>();
        var entries = new List<(int Row, int Column, double Value)>();
        int start = 0;
        for (int i = 0; i < block.Bases.Count; start += block.Bases[i++].Count)
        {
            double[] diagonal = block.Diagonals[LanczosBlock.Centred + i], beside = block.Besides[LanczosBlock.Centred + i];
            for (int j = 0; j < block.Steps[LanczosBlock.Centred + i]; j++)
            {
                entries.Add((start + j, kept.Count, diagonal[j]));
                if (j > 0) entries.Add((start + j - 1, kept.Count, beside[j - 1]));
                if (j + 1 < block.Bases[i].Count) entries.Add((start + j + 1, kept.Count, beside[j]));
                kept.Add(start + j);
            }
        }
        return ([.. kept], Matrix<double>.Build.DenseOfIndexed(vectors, kept.Count, entries));
    }
}
