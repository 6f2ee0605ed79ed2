namespace Meanfield.Spectral;

/// <summary>
/// Points of S²: Gauss–Legendre colatitudes from north to south times equispaced longitudes φ_j = 2πj/n_lon.
/// Point k = i·n_lon + j has weight w_i/n_lon.
/// </summary>
public sealed class SphereGrid
{
    private readonly GaussGegenbauerRule _rule;
    private readonly double[] _weights;

    /// <summary>Creates a grid.</summary>
    /// <param name="latitudes">Rows n_lat ≥ 1.</param>
    /// <param name="longitudes">Points per row n_lon ≥ 1; a transform needs 2L + 1 and a size its engine supports.</param>
    /// <exception cref="ArgumentOutOfRangeException">latitudes or longitudes &lt; 1.</exception>
    /// <exception cref="OverflowException">More than 2³¹ points.</exception>
    public SphereGrid(int latitudes, int longitudes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latitudes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longitudes, 1);
        Latitudes = latitudes;
        Longitudes = longitudes;
        _rule = GaussGegenbauerRule.Create(dimension: 3, latitudes);
        _weights = new double[checked(latitudes * longitudes)];
        for (int i = 0; i < latitudes; i++)
            _weights.AsSpan(i * longitudes, longitudes).Fill(_rule.Weights[i] / longitudes);
    }

    /// <summary>Rows n_lat.</summary>
    public int Latitudes { get; }

    /// <summary>Points per row n_lon.</summary>
    public int Longitudes { get; }

    /// <summary>Number of points n_lat·n_lon.</summary>
    public int Size => _weights.Length;

    /// <summary>Largest degree integrated exactly: min(2n_lat − 1, n_lon − 1).</summary>
    public int QuadratureDegree => Math.Min(2 * Latitudes - 1, Longitudes - 1);

    /// <summary>cos θ_i, descending.</summary>
    public ReadOnlySpan<double> Cosines => _rule.Nodes;

    /// <summary>sin θ_i.</summary>
    public ReadOnlySpan<double> Sines => _rule.Sines;

    /// <summary>[n_lat] weights of whole rows; they sum to 1.</summary>
    public ReadOnlySpan<double> RowWeights => _rule.Weights;

    /// <summary>[Size] weight of each point; they sum to 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The smallest grid of sizes fit for Fourier transforms that is exact up to a degree.</summary>
    /// <param name="quadratureDegree">≥ 0; 2L for the analysis of degrees ≤ L of a field of degree ≤ L.</param>
    /// <exception cref="ArgumentOutOfRangeException">quadratureDegree &lt; 0.</exception>
    public static SphereGrid ForDegree(int quadratureDegree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quadratureDegree);
        return new SphereGrid(quadratureDegree / 2 + 1, FourierSize.Next(quadratureDegree + 1));
    }

    /// <summary>Cartesian coordinates (sin θ cos φ, sin θ sin φ, cos θ) of a point.</summary>
    /// <param name="point">0 ≤ k &lt; Size.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public (double X, double Y, double Z) PointAt(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Size);
        (int i, int j) = Math.DivRem(point, Longitudes);
        (double cosine, double sine) = UnitRoot.Of(j, Longitudes);
        return (Sines[i] * cosine, Sines[i] * sine, Cosines[i]);
    }
}
