using System.Numerics.Tensors;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>The operator μ ↦ Φ[μ] = ∫K(·,y) dμ(y), K(x,y) = e^{β⟨x,Ay⟩}/β, on harmonic coefficients: Φ_A = Σ_B K_AB a_B, a symmetric matrix.</summary>
/// <remarks>
/// <code>
///   K_AB = ∬ K(x,y) Y_A(x) Y_B(y) dσ dσ        zonal: K(t,s) = e^{β a ts} λ_0(β b √(1−t²)√(1−s²); d−1)/β,  A = diag(b, …, b, a)
/// </code>
/// by quadrature of degree 2(L_Φ + 1), L_Φ that of the isotropic kernel of strength βa₁, which bounds this one: in y, K is a plane wave of wave
/// vector βAx, |Ax| ≤ a₁. What is left out is below 1e−16 of the largest term, entries err by rounding of e^{βa₁}/β. λ_0(z; d) is the mean of
/// e^{z ω·ω'} over S^(d−1) (Funk–Hecke). When A is a multiple of the identity the matrix is diagonal and applied as such.
/// </remarks>
public sealed class InteractionKernel
{
    private readonly double[] _rows; // [count][count], or [count] when diagonal
    private readonly bool _diagonal;

    /// <summary>Computes the matrix of degrees ≤ min(bandlimit, L_Φ).</summary>
    /// <param name="attention">β; normalization and noise do not matter.</param>
    /// <param name="matrix">A.</param>
    /// <param name="bandlimit">Largest degree of the densities.</param>
    public InteractionKernel(Attention attention, InteractionMatrix matrix, int bandlimit)
    {
        int full = FullBandlimit(attention, matrix);
        Bandlimit = Math.Min(bandlimit, full);
        HarmonicTransform transform = HarmonicTransform.Create(matrix.Dimension, Bandlimit, 2 * (full + 1));
        double[] dense = Matrix(transform, new TangentGrid(transform, matrix.Dimension), attention.Beta, matrix);
        Count = transform.Basis.Count;
        _diagonal = matrix.Along == matrix.Across;
        _rows = dense;
        if (!_diagonal) return;
        _rows = new double[Count];
        for (int i = 0; i < Count; i++) _rows[i] = dense[i * Count + i];
    }

    /// <summary>Largest degree of Φ and of what it depends on.</summary>
    public int Bandlimit { get; }

    /// <summary>Coefficients of these degrees.</summary>
    public int Count { get; }

    /// <summary>K_AB.</summary>
    public double this[int row, int column] => !_diagonal ? _rows[row * Count + column] : row == column ? _rows[row] : 0;

    /// <summary>L_Φ: the degree beyond which the kernel is below rounding.</summary>
    public static int FullBandlimit(Attention attention, InteractionMatrix matrix) =>
        DensityFlow.KernelFor(attention with { Beta = attention.Beta * matrix.Largest }, matrix.Dimension).MaximumDegree;

    /// <summary>Φ_A = Σ_B K_AB a_B.</summary>
    /// <param name="coefficients">At least [<see cref="Count"/>]; those beyond are not read.</param>
    /// <param name="potential">[<see cref="Count"/>].</param>
    public void Apply(ReadOnlySpan<double> coefficients, Span<double> potential)
    {
        coefficients = coefficients[..Count];
        if (_diagonal)
        {
            TensorPrimitives.Multiply(_rows, coefficients, potential);
            return;
        }
        for (int i = 0; i < Count; i++) potential[i] = TensorPrimitives.Dot(_rows.AsSpan(i * Count, Count), coefficients);
    }

    /// <summary>E = ½ Σ K_AB a_A a_B = (1/2β)∬e^{β⟨x,Ay⟩}dμdμ.</summary>
    /// <param name="coefficients">At least [<see cref="Count"/>].</param>
    public double Energy(ReadOnlySpan<double> coefficients)
    {
        var potential = new double[Count];
        Apply(coefficients, potential);
        return 0.5 * TensorPrimitives.Dot(potential, coefficients[..Count]);
    }

    private static double[] Matrix(HarmonicTransform transform, TangentGrid grid, double beta, InteractionMatrix matrix)
    {
        int points = grid.Points, count = transform.Basis.Count;
        var values = new double[points];
        var inner = new double[count * points]; // [B][x]: ∫K(x,y) Y_B(y) dσ(y)
        var coefficients = new double[count];
        double[] x = new double[grid.Rows], y = new double[grid.Rows];
        for (int i = 0; i < points; i++)
        {
            grid.Point(i, x);
            for (int j = 0; j < points; j++)
            {
                grid.Point(j, y);
                values[j] = Kernel(beta, matrix, x, y);
            }
            transform.Analyze(values, coefficients);
            for (int b = 0; b < count; b++) inner[b * points + i] = coefficients[b];
        }
        var dense = new double[count * count];
        for (int b = 0; b < count; b++)
            transform.Analyze(inner.AsSpan(b * points, points), dense.AsSpan(b * count, count));
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b < a; b++)
                dense[a * count + b] = dense[b * count + a] = 0.5 * (dense[a * count + b] + dense[b * count + a]);
        }
        return dense;
    }

    private static double Kernel(double beta, InteractionMatrix matrix, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double product = 0, logMean = 0;
        if (matrix.Dimension > 3)
        {
            product = matrix.Along * x[0] * y[0];
            double across = beta * matrix.Across * Math.Sqrt((1 - x[0]) * (1 + x[0]) * (1 - y[0]) * (1 + y[0]));
            if (across > 0) logMean = new AttentionKernel(matrix.Dimension - 1, across, 0).LogLambda0;
        }
        else
        {
            for (int i = 0; i < x.Length; i++)
            {
                for (int j = 0; j < y.Length; j++) product += matrix[i, j] * x[i] * y[j];
            }
        }
        return beta == 0 ? product : Math.Exp(beta * product + logMean) / beta;
    }
}
