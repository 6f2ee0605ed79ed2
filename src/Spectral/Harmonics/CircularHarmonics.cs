namespace Meanfield.Spectral;

/// <summary>The harmonics 1, √2 cos kθ, √2 sin kθ of the circle, k ≤ L, at single points. Serves any number of threads.</summary>
public sealed class CircularHarmonics
{
    private const int Chains = 4;
    private const double Root = 1.4142135623730950488; // √2

    /// <summary>Harmonics up to a bandlimit.</summary>
    /// <param name="bandlimit">L ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">bandlimit &lt; 0.</exception>
    public CircularHarmonics(int bandlimit) => Basis = new HarmonicBasis(2, bandlimit);

    /// <summary>The harmonics evaluated, in the order of their values.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>All harmonics at (x, y) = (cos θ, sin θ): (x + iy)^k by four chains that step by the fourth power.</summary>
    /// <param name="x">cos θ.</param>
    /// <param name="y">sin θ; x² + y² = 1 to rounding.</param>
    /// <param name="values">[Basis.Count] receives 1, then √2 cos kθ at 2k − 1 and √2 sin kθ at 2k.</param>
    /// <exception cref="ArgumentException">values not Basis.Count long.</exception>
    public void Evaluate(double x, double y, Span<double> values)
    {
        if (values.Length != Basis.Count)
            throw new ArgumentException($"{values.Length} numbers where {Basis.Count} are expected", nameof(values));
        double unit = 1.5 - 0.5 * Math.FusedMultiplyAdd(x, x, y * y); // 1/√(x²+y²), lest rounding grow with k
        (x, y) = (unit * x, unit * y);
        values[0] = 1;
        double stepRe = 1, stepIm = 0;
        for (int k = 1; k <= Chains; k++)
        {
            (stepRe, stepIm) = (stepRe * x - stepIm * y, stepRe * y + stepIm * x);
            if (k <= Basis.Bandlimit)
                (values[2 * k - 1], values[2 * k]) = (Root * stepRe, Root * stepIm);
        }
        for (int i = 2 * Chains + 1; i + 1 < values.Length; i += 2)
        {
            double re = values[i - 2 * Chains], im = values[i + 1 - 2 * Chains];
            values[i] = re * stepRe - im * stepIm;
            values[i + 1] = re * stepIm + im * stepRe;
        }
    }
}
