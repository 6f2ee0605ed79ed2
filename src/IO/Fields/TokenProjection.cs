using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Meanfield.IO;

/// <summary>
/// Tokens of S^(d−1) in the three dimensions of a picture: d = 2 → (x, y, 0); d = 3 → as they are; d ≥ 4 → their components
/// along three orthonormal axes that stay the same for a whole run.
/// </summary>
/// <remarks>
/// For d ≥ 4 the axes are the eigenvectors of the three largest eigenvalues, largest first, of the second-moment matrix
/// M = n⁻¹ Σ xᵢxᵢᵀ of the tokens at the end of the run (about the origin, not about their mean; every token counts the same).
/// No three axes keep more of Σ|xᵢ|² there. Each axis points so that its component of largest magnitude, the first of them in
/// a tie, is positive. Projected tokens lie in the unit ball, no longer on a sphere.
/// </remarks>
public sealed class TokenProjection
{
    private readonly int _dimension;
    private readonly double[][] _axes;

    private TokenProjection(int dimension, double[][] axes)
    {
        _dimension = dimension;
        _axes = axes;
    }

    /// <summary>[3][d] the axes of the picture; for d = 2 the third is zero.</summary>
    public IReadOnlyList<double[]> Axes => _axes;

    /// <summary>Chooses the axes of a run.</summary>
    /// <param name="dimension">Ambient dimension d, at least 2.</param>
    /// <param name="last">[n·d] positions at the end of the run, token after token; looked at only for d ≥ 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 2.</exception>
    /// <exception cref="ArgumentException">
    /// The positions are no whole number of tokens; or, for d ≥ 4, there are none or one is not finite.
    /// </exception>
    public static TokenProjection Fit(int dimension, ReadOnlySpan<double> last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        RequireWhole(dimension, last);
        return new TokenProjection(dimension, dimension <= 3 ? CoordinateAxes(dimension) : PrincipalAxes(dimension, last));
    }

    /// <summary>The positions in the picture.</summary>
    /// <param name="positions">[n·d] positions, token after token.</param>
    /// <returns>[3·n] coordinates, token after token.</returns>
    /// <exception cref="ArgumentException">The positions are no whole number of tokens.</exception>
    public float[] Apply(ReadOnlySpan<double> positions)
    {
        RequireWhole(_dimension, positions);
        float[] coordinates = new float[3 * (positions.Length / _dimension)];
        for (int i = 0; i < coordinates.Length; i++)
            coordinates[i] = (float)TensorPrimitives.Dot(_axes[i % 3], positions.Slice(i / 3 * _dimension, _dimension));
        return coordinates;
    }

    private static void RequireWhole(int dimension, ReadOnlySpan<double> positions)
    {
        if (positions.Length % dimension != 0)
            throw new ArgumentException($"{positions.Length} numbers are no whole number of tokens of dimension {dimension}", nameof(positions));
    }

    private static double[][] CoordinateAxes(int dimension)
    {
        double[][] axes = [new double[dimension], new double[dimension], new double[dimension]];
        for (int i = 0; i < dimension; i++)
            axes[i][i] = 1;
        return axes;
    }

    private static double[][] PrincipalAxes(int dimension, ReadOnlySpan<double> tokens)
    {
        if (tokens.IsEmpty || !TensorPrimitives.IsFiniteAll(tokens))
            throw new ArgumentException("principal axes need at least one token and finite positions", nameof(tokens));
        Matrix<double> vectors = SecondMoments(dimension, tokens).Evd(Symmetricity.Symmetric).EigenVectors;    // smallest eigenvalue first
        double[][] axes = new double[3][];
        for (int i = 0; i < 3; i++)
        {
            double[] axis = vectors.Column(dimension - 1 - i).ToArray();
            if (Dominant(axis) < 0)
                TensorPrimitives.Negate(axis, axis);
            axes[i] = axis;
        }

        return axes;
    }

    private static double Dominant(double[] axis)
    {
        double dominant = 0;
        foreach (double component in axis)
        {
            if (Math.Abs(component) > Math.Abs(dominant))
                dominant = component;
        }

        return dominant;
    }

    private static Matrix<double> SecondMoments(int dimension, ReadOnlySpan<double> tokens)
    {
        double[][] rows = new double[dimension][];
        for (int j = 0; j < dimension; j++)
            rows[j] = new double[j + 1];
        for (int start = 0; start < tokens.Length; start += dimension)
        {
            ReadOnlySpan<double> token = tokens.Slice(start, dimension);
            for (int j = 0; j < dimension; j++)
                TensorPrimitives.MultiplyAdd(token[..(j + 1)], token[j], rows[j], rows[j]);
        }

        int count = tokens.Length / dimension;
        return Matrix<double>.Build.Dense(dimension, dimension, (i, j) => rows[Math.Max(i, j)][Math.Min(i, j)] / count);
    }
}
