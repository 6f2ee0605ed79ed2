using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>R of the QR decomposition of a tall matrix that comes row by row, and its singular values, which are those of the matrix.</summary>
/// <remarks>
/// Blocks of rows are folded into R by Householder reflections; R is brought to bidiagonal form by reflections from both sides (Golub and Kahan, 1965), whose
/// singular values are the eigenvalues ≥ 0 of the tridiagonal matrix of zero diagonal with the bidiagonal entries in turn beside it. Every step is backward
/// stable: absolute errors of some roundings of the largest singular value, small ones included, which no Gram matrix gives. 2mn² + (8/3)n³ operations.
/// </remarks>
internal sealed unsafe class TriangularFactor
{
    private const int Block = 64;

    private readonly int _columns;
    private readonly int _stride;
    private readonly AlignedBuffer _triangle;
    private readonly AlignedBuffer _rows;
    private readonly double[] _vector;
    private int _pending;

    /// <summary>Starts with no rows.</summary>
    /// <param name="columns">n ≥ 1.</param>
    public TriangularFactor(int columns)
    {
        _columns = columns;
        _stride = Reflector.Stride(columns);
        _triangle = new AlignedBuffer((long)columns * _stride);
        _rows = new AlignedBuffer((long)Block * _stride);
        _vector = new double[Math.Max(Block, columns)];
    }

    /// <summary>Adds a row: fill what this returns, [n], before the next call.</summary>
    public Span<double> Next()
    {
        if (_pending == Block) Fold();
        return _rows.Span.Slice(_pending++ * _stride, _columns);
    }

    /// <summary>The singular values, largest first; what was added is used up.</summary>
    public double[] SingularValues()
    {
        Fold();
        int n = _columns;
        var diagonal = new double[n];
        var beside = new double[n];
        for (int j = 0; j < n; j++) new Span<double>(Row(j), j).Clear();
        for (int j = 0; j < n; j++)
        {
            Span<double> column = _vector.AsSpan(0, n - 1 - j);
            for (int r = 0; r < column.Length; r++) column[r] = Row(j + 1 + r)[j];
            (diagonal[j], double tau) = Reflector.Of(Row(j)[j], column);
            fixed (double* v = _vector) Reflector.Apply(Row(j), Row(j + 1), _stride, v, column.Length, tau, j + 1, n);
            if (j + 1 < n) beside[j] = ReflectColumns(j);
        }
        return Values(diagonal, beside);
    }

    private double* Row(int row) => _triangle.Pointer + (long)row * _stride;

    // The reflection from the right that clears row j beyond its first entry beside the diagonal.
    private double ReflectColumns(int j)
    {
        int n = _columns;
        Span<double> row = new(Row(j) + j + 2, n - j - 2);
        (double beta, double tau) = Reflector.Of(Row(j)[j + 1], row);
        if (tau == 0) return beta;
        for (int r = j + 1; r < n; r++)
        {
            double* head = Row(r) + j + 1;
            Span<double> rest = new(head + 1, row.Length);
            double along = tau * (*head + TensorPrimitives.Dot<double>(rest, row));
            *head -= along;
            TensorPrimitives.MultiplyAdd(row, -along, rest, rest);
        }
        return beta;
    }

    private static double[] Values(double[] diagonal, double[] beside)
    {
        int n = diagonal.Length;
        var zero = new double[2 * n];
        var entries = new double[2 * n];
        for (int i = 0; i < n; i++) (entries[2 * i], entries[2 * i + 1]) = (diagonal[i], beside[i]);
        Tridiagonal.Solve(zero, entries, default);
        Array.Sort(zero, (a, b) => Math.Abs(b).CompareTo(Math.Abs(a)));
        var values = new double[n];
        for (int i = 0; i < n; i++) values[i] = Math.Abs(zero[2 * i]);
        return values;
    }

    private void Fold()
    {
        Span<double> column = _vector.AsSpan(0, _pending);
        double* rows = _rows.Pointer;
        for (int j = 0; j < _columns && _pending > 0; j++)
        {
            for (int r = 0; r < column.Length; r++) column[r] = rows[r * _stride + j];
            double* row = Row(j);
            (double beta, double tau) = Reflector.Of(row[j], column);
            fixed (double* v = _vector) Reflector.Apply(row, rows, _stride, v, column.Length, tau, j + 1, _columns);
            row[j] = beta;
        }
        _pending = 0;
    }
}
