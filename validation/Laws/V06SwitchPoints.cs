using MathNet.Numerics.RootFinding;
using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Where the fastest degree changes with β (THEORY 2.3).</summary>
public sealed class V06SwitchPoints : Law
{
    private static readonly int[] Dimensions = [2, 3, 4, 5, 8], Far = [2, 3];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V06", "Switch points of the fastest degree")
    {
        Statement = "k_max = argmax ℓ_k λ_k(β) changes from k to k + 1 where ℓ_k I_{k+ν}(β) = ℓ_{k+1} I_{k+1+ν}(β), the same for both normalizations; for large k at β = k(k+d−1)/2 + (d−1)/4 + o(1), with a remainder that falls at least as 1/k (measured: as 1/k²).",
        Source = "THEORY 2.3, A9 (the index of arXiv:2410.23228's abstract; the asymptotics is a fit confirmed there, not proved)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c02",
        Hypotheses = ["β > 0", "no noise"],
        Method = "Bisection in β on the degree that the spectrum calls fastest: k = 1 … 6 for d = 2, 3, 4, 5, 8; k = 16 … 128 for d = 2, 3. Prediction by roots of power series.",
        Tolerance = "1e-8 of β (theory: 1e-4). Order of the remainder: −2 ± 0.1, better than the −1 stated.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions) prediction.RelativeCurve(Near(d), k => Root((int)k, d), 1e-8);
        foreach (int d in Far) prediction.Approaches(Asymptotic(d), k => 0.5 * k * (k + d - 1) + 0.25 * (d - 1), -2, 0.1);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] near = [1, 2, 3, 4, 5, 6], far = [16, 32, 64, 128];
        foreach (int d in Dimensions) measurement.Curve(Near(d), "k", near, [.. near.Select(k => Switch((int)k, d))]);
        foreach (int d in Far) measurement.Curve(Asymptotic(d), "k", far, [.. far.Select(k => Switch((int)k, d))]);
        return measurement;
    }

    private static string Near(int d) => $"β where k gives way to k + 1, d = {d}";

    private static string Asymptotic(int d) => $"β where k gives way to k + 1, large k, d = {d}";

    private static double Root(int k, int d) => Brent.FindRoot(
        beta => (k + 1.0) * (k + d - 1) * FunkHecke.Lambda(d, k + 1, beta) / (k * (k + d - 2.0) * FunkHecke.Lambda(d, k, beta)) - 1,
        0.1, 100, 1e-11, 200);

    private static double Switch(int k, int d)
    {
        (double low, double high) = (0.01, 10.0 * (k + d) * (k + d));
        while (high - low > 1e-11 * high)
        {
            double middle = 0.5 * (low + high);
            if (Eigenmodes.About(new Attention(Normalization.Softmax, middle), d, 1).Fastest.Degree <= k) low = middle; else high = middle;
        }
        return low;
    }
}
