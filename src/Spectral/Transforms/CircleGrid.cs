namespace Meanfield.Spectral;

/// <summary>Equispaced points θ_j = 2πj/n of the circle, each of weight 1/n.</summary>
public sealed class CircleGrid
{
    private readonly double[] _weights;

    /// <summary>Creates a grid.</summary>
    /// <param name="size">Points n ≥ 1; a transform needs n ≥ 2L + 1 of a size its Fourier engine supports.</param>
    /// <exception cref="ArgumentOutOfRangeException">size &lt; 1.</exception>
    public CircleGrid(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _weights = new double[size];
        Array.Fill(_weights, 1.0 / size);
    }

    /// <summary>Number of points n.</summary>
    public int Size => _weights.Length;

    /// <summary>Largest degree integrated exactly: n − 1.</summary>
    public int QuadratureDegree => Size - 1;

    /// <summary>[Size] weights 1/n.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The grid of <see cref="SizeForDegree"/>.</summary>
    /// <param name="quadratureDegree">≥ 0; 2L for the analysis of degrees ≤ L of a field of degree ≤ L.</param>
    /// <exception cref="ArgumentOutOfRangeException">quadratureDegree &lt; 0.</exception>
    public static CircleGrid ForDegree(int quadratureDegree) => new(SizeForDegree(quadratureDegree));

    /// <summary>
    /// The smallest number of points 2^a·3^b·5^c that is exact up to a degree; beyond 64 points the smallest such multiple of 128,
    /// which the transforms take eight lanes wide.
    /// </summary>
    /// <param name="quadratureDegree">≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">quadratureDegree &lt; 0.</exception>
    public static int SizeForDegree(int quadratureDegree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quadratureDegree);
        return FourierSize.Next(quadratureDegree + 1, multiple: quadratureDegree < FoldedStage.Divisor / 2 ? 1 : FoldedStage.Divisor);
    }

    /// <summary>Cartesian coordinates (cos θ, sin θ) of a point.</summary>
    /// <param name="point">0 ≤ j &lt; Size.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public (double X, double Y) PointAt(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Size);
        return UnitRoot.Of(point, Size);
    }
}
