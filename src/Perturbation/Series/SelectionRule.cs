using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>Which degrees an order of the expansion can contain, from the degrees of the data alone.</summary>
/// <remarks>
/// Order n is a sum of products of n fields of the data's degrees, hence of degree ≤ n·K. On the circle degrees stay multiples of
/// their greatest common divisor (THEORY 3.5), on S^(d−1), d ≥ 3, even data stay even. Data of one degree q only change sign under
/// θ → θ + π/q (circle) or x → −x (q odd), so order n contains degrees jq with j ≡ n (mod 2), or ℓ ≡ nq (mod 2).
/// Coefficients outside the rule are 0 exactly, not to rounding.
/// </remarks>
internal sealed class SelectionRule
{
    private readonly int _dimension;
    private readonly int _divisor;
    private readonly bool _single;

    /// <summary>Reads the degrees present in the data.</summary>
    /// <param name="basis">Of the data.</param>
    /// <param name="data">[basis.Count]; degree 0 is not looked at.</param>
    public SelectionRule(HarmonicBasis basis, ReadOnlySpan<double> data)
    {
        _dimension = basis.Dimension;
        int present = 0;
        for (int degree = 1; degree <= basis.Bandlimit; degree++)
        {
            if (!data[basis.Start(degree)..basis.Start(degree + 1)].ContainsAnyExcept(0.0)) continue;
            present++;
            Degree = degree;
            _divisor = Divisor(_divisor, degree);
        }
        _single = present == 1;
    }

    /// <summary>Largest degree K of the data; 0 if there are none.</summary>
    public int Degree { get; }

    /// <summary>Whether the data are of one degree only.</summary>
    public bool Single => _single;

    /// <summary>Whether order n may contain degree ℓ ≥ 1.</summary>
    public bool Allows(int order, int degree)
    {
        if (degree > (long)order * Degree) return false;
        if (_dimension == 2) return degree % _divisor == 0 && (!_single || (degree / _divisor - order) % 2 == 0);
        return _single ? (degree - order * Degree) % 2 == 0 : _divisor % 2 == 1 || degree % 2 == 0;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
