using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// How strongly each degree is present: α_ℓ = (Σ_m a_ℓm²/N(ℓ,d))^½, which is |c_ℓ| on the circle, 0 for the uniform state and 1 for a point mass.
/// For zonal data (d ≥ 4) only the order 0 is known: α_ℓ = |a_ℓ|/√N(ℓ,d).
/// </summary>
public static class DegreeAmplitudes
{
    /// <summary>α_ℓ of one degree.</summary>
    /// <param name="basis">The harmonics.</param>
    /// <param name="coefficients">[basis.Count] ∫Y dμ.</param>
    /// <param name="degree">ℓ ≤ the bandlimit.</param>
    public static double Of(HarmonicBasis basis, ReadOnlySpan<double> coefficients, int degree)
    {
        double sum = 0;
        foreach (double a in coefficients[basis.Start(degree)..basis.Start(degree + 1)]) sum += a * a;
        return Math.Sqrt(sum / Multiplicity.Of(basis.Dimension, degree));
    }
}
