using MathNet.Numerics.LinearAlgebra;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.Solver.Layers;

/// <summary>Singular values and effective ranks that are known beforehand.</summary>
public class SingularValueTests
{
    /// <summary>A = U diag(s) Vᵀ of random orthogonal U, V: s from 1 down to 1e−9 and zeros.</summary>
    [Theory]
    [InlineData(5, 5, 0)]
    [InlineData(150, 40, 0)]
    [InlineData(70, 70, 30)]
    public void Singular_values_are_found_to_rounding_of_the_largest(int rows, int columns, int zeros)
    {
        double[] s = [.. Enumerable.Range(0, columns).Select(i => i < columns - zeros ? Math.Pow(10, -9.0 * i / columns) : 0)];
        Matrix<double> u = Orthogonal(rows, 1).SubMatrix(0, rows, 0, columns), v = Orthogonal(columns, 2);
        Matrix<double> a = u * Matrix<double>.Build.DenseOfDiagonalArray(s) * v.Transpose();
        double[] found = Factor(a).SingularValues();
        for (int i = 0; i < columns; i++) Assert.Equal(s[i], found[i], 2e-15);
    }

    [Fact]
    public void A_column_of_zeros_and_a_single_row_are_no_obstacle()
    {
        Matrix<double> a = Matrix<double>.Build.DenseOfRowArrays([3, 0, 4]);
        Assert.Equal([5.0, 0, 0], Factor(a).SingularValues().Select(s => Math.Round(s, 14)));
        Assert.All(Factor(Matrix<double>.Build.Dense(3, 4)).SingularValues(), s => Assert.Equal(0, s));
    }

    /// <summary>Eigenvalues 2 − 2cos(kπ/(n+1)) of the second difference, and squares of first components (2/(n+1)) sin²(kπ/(n+1)).</summary>
    [Fact]
    public void The_second_difference_has_its_eigenvalues_and_vectors()
    {
        const int N = 60;
        double[] diagonal = [.. Enumerable.Repeat(2.0, N)], beside = [.. Enumerable.Repeat(-1.0, N)], first = new double[N];
        first[0] = 1;
        Tridiagonal.Solve(diagonal, beside, first);
        (double Value, double Weight)[] found = [.. diagonal.Zip(first, (value, component) => (value, component * component)).Order()];
        for (int k = 1; k <= N; k++)
        {
            Assert.Equal(2 - 2 * Math.Cos(k * Math.PI / (N + 1)), found[k - 1].Value, 1e-14);
            Assert.Equal(2.0 / (N + 1) * Math.Pow(Math.Sin(k * Math.PI / (N + 1)), 2), found[k - 1].Weight, 1e-14);
        }
    }

    /// <summary>r orthogonal directions of equal singular values have rank r exactly, however many tokens and whichever side is longer.</summary>
    [Theory]
    [InlineData(7, 40, 90)]
    [InlineData(7, 90, 40)]
    [InlineData(30, 64, 64)]
    public void Planted_rank_is_exact(int rank, int dimension, int tokens)
    {
        Matrix<double> u = Orthogonal(tokens, 3).SubMatrix(0, tokens, 0, rank), v = Orthogonal(dimension, 4).SubMatrix(0, dimension, 0, rank);
        double[] rows = (u * v.Transpose()).EnumerateRows().SelectMany(row => row).ToArray();
        LayerMeasures measures = Assert.Single(LayerCloud.Measure(new LayerSettings(dimension, [tokens]), [rows]));
        Assert.Equal(rank, measures.Ranks.Raw.Value, 1e-11);
        Assert.Equal(0, measures.Ranks.Raw.Error);
    }

    /// <summary>The estimate for large matrices against all singular values, and removing the mean exactly as the small matrices say.</summary>
    [Fact]
    public void The_estimate_is_within_its_error_of_the_exact_rank()
    {
        const int D = 220, T = 400;
        double[] rows = LayerCloud.Gaussian(D * T, 8);
        for (int i = 0; i < rows.Length; i++) rows[i] = rows[i] * Math.Pow(1 + i % D, -0.5) + (i % D == 3 ? 2 : 0.3);
        var panels = new TokenPanels(D, T);
        panels.Clear(T);
        double[] raw = new double[D], unit = new double[D];
        for (int t = 0; t < T; t++)
        {
            double[] row = rows[(t * D)..((t + 1) * D)];
            double norm = Math.Sqrt(row.Sum(x => x * x));
            double[] u = [.. row.Select(x => x / norm)];
            panels.Set(t, u, norm);
            for (int k = 0; k < D; k++) (raw[k], unit[k]) = (raw[k] + row[k] / T, unit[k] + u[k] / T);
        }
        var block = new LanczosBlock(panels, 2);
        block.Run(raw, unit, 5);
        EffectiveRanks estimate = SpectrumEstimate.Ranks(block, D, (rows.Sum(x => x * x), T * raw.Sum(m => m * m)), (T, T * unit.Sum(m => m * m)));
        EffectiveRanks exact = SingularSpectra.Ranks(panels, raw, unit, 2);
        foreach ((EffectiveRank about, EffectiveRank known) in new[] { (estimate.Raw, exact.Raw), (estimate.RawCentred, exact.RawCentred), (estimate.Unit, exact.Unit), (estimate.UnitCentred, exact.UnitCentred) })
        {
            Assert.InRange(about.Error, 1e-6 * known.Value, 0.2 * known.Value); // seven vectors in 220 dimensions; falls as 1/√d
            Assert.InRange(Math.Abs(about.Value - known.Value), 0, 3 * about.Error);
        }
        // the effect of the mean is not estimated by chance: its error is a fraction of that of the rank
        Assert.Equal(exact.RawCentred.Value / exact.Raw.Value, estimate.RawCentred.Value / estimate.Raw.Value, 0.05);
    }

    private static TriangularFactor Factor(Matrix<double> a)
    {
        var factor = new TriangularFactor(a.ColumnCount);
        foreach (Vector<double> row in a.EnumerateRows()) row.ToArray().CopyTo(factor.Next());
        return factor;
    }

    private static Matrix<double> Orthogonal(int n, ulong seed) =>
        Matrix<double>.Build.DenseOfRowMajor(n, n, LayerCloud.Gaussian(n * n, seed)).QR().Q;
}
