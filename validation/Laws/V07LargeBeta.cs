using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The largest softmax growth rate for large β, the same in every dimension (THEORY 2.3).</summary>
public sealed class V07LargeBeta : Law
{
    private static readonly int[] Dimensions = [2, 3, 5];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V07", "Universal growth rate for large β")
    {
        Statement = "With softmax and a real degree k the largest growth rate is γ_max = (2/e)(1 − 1/(3β) + O(β⁻²)) in every dimension; with whole k it is no larger, and tends to 2/e as well.",
        Source = "THEORY 2.3",
        Status = ClaimStatus.Derived,
        Tag = "derived, c02",
        Hypotheses = ["softmax", "no noise", "β → ∞"],
        Method = "Largest rate over real k (golden section on the Bessel functions of real order) and over whole k (the solvers' multipliers), β = 100 … 6400, d = 2, 3, 5.",
        Tolerance = "Order of the remainder in β: −2 ± 0.05. At β = 6400 the whole-k rate within 1e-4 of 2/e (a step of 1/k in the degree costs O(1/k²) = O(1/β)).",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions)
            prediction.Approaches(Real(d), beta => 2 / Math.E * (1 - 1 / (3 * beta)), -2, 0.05).Relative(Whole(d), 2 / Math.E, 1e-4).AtMost(Excess(d), 1e-12);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] betas = [100, 200, 400, 800, 1600, 3200, 6400];
        foreach (int d in Dimensions)
        {
            double[] real = [.. betas.Select(beta => FastestDegree.Continuous(beta, d).Rate)];
            double[] whole = [.. betas.Select(beta => Eigenmodes.About(new Attention(Normalization.Softmax, beta), d, 1).Fastest.GrowthRate)];
            measurement.Curve(new Curve(Real(d), "β", betas, real) { LogX = true })
                .Figure(Whole(d), whole[^1]).Figure(Excess(d), whole.Zip(real, (w, r) => w / r - 1).Max());
        }
        return measurement;
    }

    private static string Real(int d) => $"γ_max over real k, d = {d}";

    private static string Whole(int d) => $"γ_max over whole k at β = 6400, d = {d}";

    private static string Excess(int d) => $"whole k over real k, largest excess, d = {d}";
}
