using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Sum rules of the kernel's eigenvalues and of the growth rates (THEORY 2.1).</summary>
public sealed class V02SumRules : Law
{
    private const int Highest = 120;

    private static readonly double[] Betas = [0.5, 1, 3, 5, 10];
    private static readonly int[] Integrated = [2, 3, 4, 5], Multiplied = [2, 3, 4, 5, 8, 16];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V02", "Sum rules")
    {
        Statement = "Σ_k D_k λ_k = e^β (the kernel at x = y) and Σ_k D_k γ_k = (d−1)e^β (its Laplacian there), D_k the multiplicity, γ_k the unnormalized growth rate.",
        Source = "THEORY 2.1, 2.2",
        Status = ClaimStatus.Derived,
        Tag = "derived, c01",
        Hypotheses = ["β > 0", "no noise"],
        Method = "First rule: λ_k as integrals by Gauss–Gegenbauer quadrature up to the degree where the kernel is below rounding, d ≤ 5 (the solvers' own multipliers are scaled by this rule and would prove nothing). Second rule: the solvers' growth rates to k = 120, d ≤ 16.",
        Tolerance = "1e-12 relative, as theory asks.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Integrated) prediction.RelativeCurve(First(d), Math.Exp, 1e-12);
        foreach (int d in Multiplied) prediction.RelativeCurve(Second(d), beta => (d - 1) * Math.Exp(beta), 1e-12);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (int d in Integrated) measurement.Curve(First(d), "β", Betas, [.. Betas.Select(beta => SumOfIntegrals(d, beta))]);
        foreach (int d in Multiplied) measurement.Curve(Second(d), "β", Betas, [.. Betas.Select(beta => SumOfRates(d, beta))]);
        return measurement;
    }

    private static string First(int d) => $"Σ D_k λ_k, d = {d}";

    private static string Second(int d) => $"Σ D_k γ_k, d = {d}";

    private static double SumOfIntegrals(int d, double beta)
    {
        double sum = 0, multiplicity = 1;
        double[] integrals = KernelIntegrals.UpTo(new AttentionKernel(d, beta, Highest).Bandlimit(1e-16), d, beta);
        for (int k = 0; k < integrals.Length; k++)
        {
            if (k > 0) multiplicity *= Multiplicity.Growth(d, k);
            sum += multiplicity * integrals[k];
        }
        return sum * Math.Exp(beta);
    }

    private static double SumOfRates(int d, double beta)
    {
        var attention = new Attention(Normalization.None, beta);
        var kernel = new AttentionKernel(d, beta, Highest);
        return Enumerable.Range(1, Highest).Sum(k => Multiplicity.Of(d, k) * attention.GrowthRate(kernel, k));
    }
}
