namespace Meanfield.Spectral;

/// <summary>
/// Zonal harmonics Y_ℓ = √N(ℓ,d) P_ℓ(t), d ≥ 4, at scattered points of a meridian: positions are (sin θ, cos θ), t = cos θ.
/// </summary>
/// <remarks>
/// Y_(ℓ+1) = A_ℓ t Y_ℓ − B_ℓ Y_(ℓ−1) with A_ℓ = (2ℓ+d−2)/(ℓ+d−2)·√(N_(ℓ+1)/N_ℓ), B_ℓ = ℓ/(ℓ+d−2)·√(N_(ℓ+1)/N_(ℓ−1)), and its derivative in t.
/// The surface gradient of f(t) is f′(t)(e_d − t x), in the meridian plane f′(t) sin θ (−cos θ, sin θ).
/// Points are few here (hundreds), so sums are taken directly, O(N L).
/// </remarks>
public sealed class MeridianHarmonics : ScatteredHarmonics
{
    private readonly double[] _rise;
    private readonly double[] _fall;
    private readonly double[] _sums;

    /// <summary>Prepares the recurrence.</summary>
    /// <param name="basis">d ≥ 4.</param>
    /// <exception cref="ArgumentException">d &lt; 4.</exception>
    public MeridianHarmonics(HarmonicBasis basis)
        : base(basis)
    {
        int d = basis.Dimension;
        if (d < 4) throw new ArgumentException($"harmonics in dimension {d} are not zonal", nameof(basis));
        _rise = new double[basis.Bandlimit + 1];
        _fall = new double[basis.Bandlimit + 1];
        for (int degree = 0; degree < basis.Bandlimit; degree++)
        {
            double growth = Multiplicity.Growth(d, degree + 1);
            _rise[degree] = (2.0 * degree + d - 2) / (degree + d - 2) * Math.Sqrt(growth);
            _fall[degree] = degree == 0 ? 0 : degree / (degree + d - 2.0) * Math.Sqrt(growth * Multiplicity.Growth(d, degree));
        }
        _sums = new double[basis.Count];
    }

    /// <inheritdoc/>
    public override void Moments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients)
    {
        int count = Count(positions, weights.Length, coefficients.Length);
        Array.Clear(_sums);
        for (int i = 0; i < count; i++)
        {
            double t = positions[count + i], value = weights.IsEmpty ? 1.0 / count : weights[i], below = 0;
            for (int degree = 0; degree <= Basis.Bandlimit; degree++)
            {
                _sums[degree] += value;
                (below, value) = (value, _rise[degree] * t * value - _fall[degree] * below);
            }
        }
        _sums.CopyTo(coefficients);
    }

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients)
    {
        int count = Count(positions, values.Length, coefficients.Length);
        if (!gradients.IsEmpty && gradients.Length != positions.Length) throw new ArgumentException("one gradient per point is expected", nameof(gradients));
        for (int i = 0; i < count; i++)
        {
            double sine = positions[i], t = positions[count + i];
            double value = 1, below = 0, slope = 0, slopeBelow = 0, f = 0, derivative = 0;
            for (int degree = 0; degree <= Basis.Bandlimit; degree++)
            {
                f += coefficients[degree] * value;
                derivative += coefficients[degree] * slope;
                double nextSlope = _rise[degree] * (value + t * slope) - _fall[degree] * slopeBelow;
                (slopeBelow, slope) = (slope, nextSlope);
                (below, value) = (value, _rise[degree] * t * value - _fall[degree] * below);
            }
            if (!values.IsEmpty) values[i] = f;
            if (gradients.IsEmpty) continue;
            gradients[i] = -derivative * sine * t;
            gradients[count + i] = derivative * sine * sine;
        }
    }

    private int Count(ReadOnlySpan<double> positions, int perPoint, int coefficients)
    {
        int count = positions.Length / 2;
        if (positions.Length != 2 * count || (perPoint != 0 && perPoint != count) || coefficients != Basis.Count)
            throw new ArgumentException($"{positions.Length} coordinates, {perPoint} numbers and {coefficients} coefficients do not fit together");
        return count;
    }
}
