using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>All harmonics of a basis at single points of S^(d−1), whatever the dimension.</summary>
public sealed class PointHarmonics
{
    private readonly CircularHarmonics? _circle;
    private readonly SphericalHarmonics? _sphere;

    /// <summary>Prepares a basis.</summary>
    public PointHarmonics(HarmonicBasis basis)
    {
        Basis = basis;
        if (basis.Dimension == 2) _circle = new CircularHarmonics(basis.Bandlimit);
        if (basis.Dimension == 3) _sphere = new SphericalHarmonics(basis.Bandlimit);
    }

    /// <summary>The harmonics evaluated.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>Writes Y_A(x) for every A; for d ≥ 4 only the poles ± e_d carry zonal data, P_ℓ(±1) = (±1)^ℓ.</summary>
    /// <param name="point">[d] unit vector.</param>
    /// <param name="values">[Basis.Count].</param>
    /// <exception cref="ArgumentException">A point off the last axis when d ≥ 4.</exception>
    public void Evaluate(ReadOnlySpan<double> point, Span<double> values)
    {
        if (_circle is not null) { _circle.Evaluate(point[0], point[1], values); return; }
        if (_sphere is not null) { _sphere.Evaluate(point[0], point[1], point[2], values); return; }
        double pole = point[Basis.Dimension - 1];
        if (Math.Abs(Math.Abs(pole) - 1) > 1e-12)
            throw new ArgumentException($"densities in dimension {Basis.Dimension} are zonal about the last axis: a point must be ± that axis", nameof(point));
        for (int degree = 0; degree <= Basis.Bandlimit; degree++)
            values[degree] = (pole < 0 && (degree & 1) == 1 ? -1 : 1) * Math.Sqrt(Multiplicity.Of(Basis.Dimension, degree));
    }
}
