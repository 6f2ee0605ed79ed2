using System.Globalization;

namespace Meanfield.Solver;

/// <summary>The mass is 1: no term of the equation creates or destroys any.</summary>
/// <remarks>
/// In harmonics the tendency of degree 0 is exactly 0, and panels pass their masses on by a quadrature that is exact for them: what is left is one rounding
/// per addition, |M − 1| ≤ 8ε(1 + n) after n of them. Where a panel's polynomial of the density dips below 0 that part is left out: at most twice the
/// interpolation error that the mesh admits.
/// </remarks>
public static class MassMonitor
{
    private const double Rounding = 2.3e-16;

    /// <summary>Largest deviation that the rounding of n additions explains.</summary>
    public static double Bound(long additions) => 8 * Rounding * (1 + additions);

    /// <summary>A drift beyond the bound; null if there is none.</summary>
    /// <param name="mass">M.</param>
    /// <param name="bound">Largest deviation that errors explain.</param>
    public static Violation? Judge(double mass, double bound) => Math.Abs(mass - 1) <= bound
        ? null
        : new Violation(string.Create(CultureInfo.InvariantCulture, $"the mass has drifted by {mass - 1:G3}, more than errors explain ({bound:G3}),"),
            "lower method.tolerance, or set another method.scheme");
}
