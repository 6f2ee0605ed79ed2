using MathNet.Numerics.LinearAlgebra;

namespace Meanfield.Training;

/// <summary>The symmetric positive definite matrix A of attention weights e^{β⟨x,Ay⟩} with values Ay: QᵀK = V = A, so that the flow ascends an energy.</summary>
/// <remarks>Source: THEORY 1.3, 5.1. On S^(d−1), d ≥ 4, densities are zonal and A must be axial, diag(across, …, across, along).</remarks>
public sealed class InteractionMatrix
{
    private readonly double[,]? _rows; // null: axial

    private InteractionMatrix(int dimension, double[,]? rows, double across, double along, double largest) =>
        (Dimension, _rows, Across, Along, Largest) = (dimension, rows, across, along, largest);

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Largest eigenvalue a₁.</summary>
    public double Largest { get; }

    /// <summary>The d − 1 equal eigenvalues of an axial matrix; NaN for another.</summary>
    public double Across { get; }

    /// <summary>The eigenvalue of the last axis of an axial matrix; NaN for another.</summary>
    public double Along { get; }

    /// <summary>A_ij.</summary>
    public double this[int i, int j] => _rows is not null ? _rows[i, j] : i != j ? 0 : i == Dimension - 1 ? Along : Across;

    /// <summary>The identity.</summary>
    public static InteractionMatrix Identity(int dimension) => Axial(dimension, 1, 1);

    /// <summary>diag(across, …, across, along).</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="across">Greater than 0.</param>
    /// <param name="along">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public static InteractionMatrix Axial(int dimension, double across, double along)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(across);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(along);
        return new InteractionMatrix(dimension, null, across, along, Math.Max(across, along));
    }

    /// <summary>Any symmetric positive definite matrix, d ≤ 3.</summary>
    /// <param name="rows">[d, d].</param>
    /// <exception cref="ArgumentException">Not 2 × 2 or 3 × 3, not symmetric to rounding, or not positive definite.</exception>
    public static InteractionMatrix General(double[,] rows)
    {
        int d = rows.GetLength(0);
        if (d is not (2 or 3) || rows.GetLength(1) != d) throw new ArgumentException("the interaction matrix must be 2 × 2 or 3 × 3", nameof(rows));
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(rows);
        if (!(matrix - matrix.Transpose()).Enumerate().All(x => Math.Abs(x) <= 1e-14 * matrix.L2Norm()))
            throw new ArgumentException("the interaction matrix must be symmetric", nameof(rows));
        Vector<double> eigenvalues = matrix.Evd(Symmetricity.Symmetric).EigenValues.Real();
        if (!(eigenvalues.Minimum() > 0)) throw new ArgumentException("the interaction matrix must be positive definite", nameof(rows));
        return new InteractionMatrix(d, (double[,])rows.Clone(), double.NaN, double.NaN, eigenvalues.Maximum());
    }

    /// <summary>diag(values), d ≤ 3.</summary>
    /// <param name="values">[d], each greater than 0.</param>
    /// <exception cref="ArgumentException">Not two or three numbers greater than 0.</exception>
    public static InteractionMatrix Diagonal(params ReadOnlySpan<double> values)
    {
        var rows = new double[values.Length, values.Length];
        for (int i = 0; i < values.Length; i++) rows[i, i] = values[i];
        return General(rows);
    }
}
