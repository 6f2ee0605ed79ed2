using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// The hyperbolic-Poisson law with density ((1−r²)/(1−2rt+r²))^(d−1), t = x·e: invariant under the flow at β = 0 (THEORY 4.3).
/// </summary>
public static class HyperbolicPoisson
{
    /// <summary>Adds its coefficients A_ℓ(r) Y_A(e).</summary>
    /// <param name="basis">The harmonics.</param>
    /// <param name="radius">0 ≤ r &lt; 1.</param>
    /// <param name="axis">Unit vector e; ± the last axis when d ≥ 4.</param>
    /// <param name="coefficients">[basis.Count].</param>
    /// <exception cref="ArgumentException">An axis off the last one in a zonal domain.</exception>
    public static void Add(HarmonicBasis basis, double radius, IReadOnlyList<double> axis, Span<double> coefficients) =>
        AxialProfile.Add(basis, axis, degree => Moment(basis.Dimension, degree, radius), 1, coefficients);

    /// <summary>
    /// A_ℓ = ∫P_ℓ dμ = r^ℓ (d−1)_ℓ/(d/2)_ℓ · ₂F₁(ℓ, 1−d/2; ℓ+d/2; r²), summed in Euler's form
    /// (1−r²)^(d−1) ₂F₁(ℓ+d−1, d/2; ℓ+d/2; r²), whose terms are all positive.
    /// </summary>
    /// <remarks>A_1 = |∫x dμ| = h_d(r) of THEORY 4.3; d = 2 gives r^ℓ.</remarks>
    public static double Moment(int dimension, int degree, double radius)
    {
        if (degree == 0) return 1;
        if (radius == 0) return 0;
        if (dimension == 2) return Math.Pow(radius, degree);
        double half = 0.5 * dimension, square = radius * radius;
        double logFactor = degree * Math.Log(radius) + (dimension - 1) * Math.Log((1 - radius) * (1 + radius));
        for (int k = 0; k < degree; k++) logFactor += Math.Log((dimension - 1 + k) / (half + k));
        double term = 1, sum = 1;
        for (int n = 0; term > 1e-18 * sum || Growth(n) > 1; n++)
        {
            term *= Growth(n);
            sum += term;
            if (sum < 1e250) continue;
            term *= 1e-250;
            sum *= 1e-250;
            logFactor += 250 * Math.Log(10);
        }
        return Math.Exp(logFactor + Math.Log(sum));

        double Growth(int n) => (degree + dimension - 1.0 + n) * (half + n) / ((degree + half + n) * (n + 1.0)) * square;
    }
}
