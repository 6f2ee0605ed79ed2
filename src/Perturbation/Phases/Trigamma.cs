namespace Meanfield.Perturbation;

/// <summary>ψ_1(x) = Σ_{n≥0} 1/(x+n)², the derivative of the digamma function.</summary>
internal static class Trigamma
{
    /// <summary>Recurrence to x ≥ 12, then the asymptotic series; x &gt; 0.</summary>
    public static double Of(double x)
    {
        double sum = 0;
        for (; x < 12; x++) sum += 1 / (x * x);
        double s = 1 / (x * x);
        return sum + 1 / x + 0.5 * s + s / x * (1.0 / 6 - s * (1.0 / 30 - s * (1.0 / 42 - s * (1.0 / 30 - s * (5.0 / 66 - s * (691.0 / 2730 - s * (7.0 / 6)))))));
    }
}
