using MathNet.Numerics;

namespace Meanfield.Perturbation;

/// <summary>log I_μ(β) for real order, where <see cref="Spectral.AttentionKernel"/> knows integer steps only.</summary>
internal static class LogBessel
{
    /// <summary>log Σ_m (β/2)^{2m+μ}/(m! Γ(m+μ+1)), all terms positive, summed outwards from the largest.</summary>
    /// <param name="order">μ ≥ 0.</param>
    /// <param name="beta">β &gt; 0.</param>
    public static double FirstKind(double order, double beta)
    {
        double square = 0.25 * beta * beta;
        double peak = Math.Floor(0.5 * (Math.Sqrt(order * order + beta * beta) - order)); // m(m+μ) = β²/4
        double sum = 1, term = 1;
        for (double m = peak; term > 1e-18; m++) sum += term *= square / ((m + 1) * (m + 1 + order));
        term = 1;
        for (double m = peak; m > 0 && term > 1e-18; m--) sum += term *= m * (m + order) / square;
        return Math.Log(sum) + (2 * peak + order) * Math.Log(0.5 * beta) - SpecialFunctions.GammaLn(peak + 1) - SpecialFunctions.GammaLn(peak + order + 1);
    }
}
