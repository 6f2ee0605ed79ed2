using System.Globalization;

namespace Meanfield.Solver;

/// <summary>Negative mass M⁻ = ∫max(−ρ, 0) dσ does not grow beyond the errors admitted.</summary>
/// <remarks>
/// A flow carries negative mass as it carries mass, and noise only cancels it: along exact solutions, of signed data too, M⁻ never grows. A step with the error e in L²(σ)
/// adds at most ‖e‖₁ ≤ ‖e‖₂ to it. Hence M⁻(t) ≤ 2(M⁻(0) + Σ‖e‖₂) + 64ε·max ρ: the factor 2 for the quadrature of max(−ρ, 0), whose kinks no grid resolves,
/// the last term for the rounding of ρ at grid points.
/// </remarks>
public static class NegativityMonitor
{
    private const double Rounding = 64 * 2.3e-16;

    /// <summary>The largest negative mass that errors explain.</summary>
    /// <param name="first">M⁻ of the initial data.</param>
    /// <param name="admitted">Σ‖e‖₂ since then.</param>
    /// <param name="highest">max ρ.</param>
    public static double Bound(double first, double admitted, double highest) => 2 * (first + admitted) + Rounding * Math.Max(1, highest);

    /// <summary>More negative mass than that; null if there is not.</summary>
    /// <param name="first">M⁻ of the initial data.</param>
    /// <param name="now">Observables of the state.</param>
    /// <param name="admitted">Σ‖e‖₂ since the start.</param>
    public static Violation? Judge(double first, in Observables now, double admitted)
    {
        double bound = Bound(first, admitted, now.MaximumDensity);
        return now.NegativeMass <= bound
            ? null
            : new Violation(string.Create(CultureInfo.InvariantCulture, $"the density is negative on a mass of {now.NegativeMass:G3}, more than errors explain ({bound:G3})"),
                "raise method.bandlimit, lower method.tolerance, or set method.scheme to characteristics");
    }
}
