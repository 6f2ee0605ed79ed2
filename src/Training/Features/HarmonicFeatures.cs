using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>Harmonics of degrees first … last, each degree scaled to unit length: σ = Y_ℓm/√N(ℓ,d), so Σ_m σ_ℓm(x)² = 1 (addition theorem).</summary>
/// <remarks>
/// Degree 0 is the constant, degree 1 the coordinates up to their order, and on the circle degree k is cos kθ, sin kθ.
/// For d ≥ 4 a degree has its one zonal function P_ℓ(t), P_ℓ(1) = 1.
/// </remarks>
public sealed class HarmonicFeatures : Feature
{
    private readonly int _first;
    private readonly HarmonicBasis _basis;
    private readonly PointHarmonics _harmonics;
    private readonly double[] _values;

    /// <summary>Takes a range of degrees.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="first">Lowest degree, at least 0.</param>
    /// <param name="last">Highest degree, at least first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public HarmonicFeatures(int dimension, int first, int last)
        : base(dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        _first = first;
        _basis = new HarmonicBasis(dimension, last);
        _harmonics = new PointHarmonics(_basis);
        _values = new double[_basis.Count];
    }

    /// <inheritdoc/>
    public override int? Degree => _basis.Bandlimit;

    /// <inheritdoc/>
    public override int Count => _basis.Count - _basis.Start(_first);

    /// <inheritdoc/>
    public override IEnumerable<string> Names =>
        Enumerable.Range(_basis.Start(_first), Count).Select(i => $"harmonic({_basis.DegreeOf(i)},{_basis.OrderOf(i)})");

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> point, Span<double> values)
    {
        if (Dimension > 3)
        {
            EvaluateZonal(point[0], values);
            return;
        }
        _harmonics.Evaluate(point, _values);
        for (int degree = _first; degree <= _basis.Bandlimit; degree++)
        {
            double length = Math.Sqrt(Multiplicity.Of(Dimension, degree));
            for (int i = _basis.Start(degree); i < _basis.Start(degree + 1); i++) values[i - _basis.Start(_first)] = _values[i] / length;
        }
    }

    // (ℓ+d−2) P_(ℓ+1) = (2ℓ+d−2) t P_ℓ − ℓ P_(ℓ−1)
    private void EvaluateZonal(double t, Span<double> values)
    {
        double below = 0, value = 1;
        for (int l = 0; l <= _basis.Bandlimit; l++)
        {
            if (l >= _first) values[l - _first] = value;
            (below, value) = (value, ((2.0 * l + Dimension - 2) * t * value - l * below) / (l + Dimension - 2.0));
        }
    }
}
