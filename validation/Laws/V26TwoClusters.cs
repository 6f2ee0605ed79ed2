using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Why β must be small for contraction: two clusters attract even data (THEORY 4.4).</summary>
public sealed class V26TwoClusters : Law
{
    private const double Share = 0.6, Large = 3, Small = 0.2, Tilt = 1e-6;
    private const int Tokens = 60;

    private static readonly double[] Betas = [0.1, 0.2, 0.3, 1];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V26", "Two clusters at large β")
    {
        Statement = "Even densities of the circle stay even. Two clusters, mass a at 0 and 1 − a at π (a ≥ ½), attract within that class iff (1 − a)e^{2β} > a: deviations at π grow at ae^−β − (1−a)e^β. With a = 0.6 the order parameter tends to 0.2 for β = 3, to 1 for β = 0.2. Uneven deviations grow at e^−β.",
        Source = "THEORY 4.4 (an obstruction as in Example 2.6 of arXiv:2504.14697)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c15",
        Hypotheses = ["d = 2, unnormalized, no noise", "tokens in mirror pairs θ, −θ: the solver keeps them so to rounding, which grows at e^−β only"],
        Method = "Token solver, 60 tokens within 0.5 of 0 and 60 within 0.01 … 0.5 of π, in mirror pairs of total masses 0.6 and 0.4: |∫x dμ| at t = 2 (β = 3) and t = 60 (β = 0.2). One token of mass 0.6 at 0 and two at π ± 1e-4: log-slope of their distance from π at β = 0.1 … 1. Two single tokens at 0 and π − 1e-6: log-slope of the angle left.",
        Tolerance = "Order parameter 1e-3, as theory asks; rates 1e-6 absolute.",
        Case = null,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Absolute(Order(Large), 2 * Share - 1, 1e-3).Absolute(Order(Small), 1, 1e-3)
        .Curve("rate of even deviations at π", beta => Share * Math.Exp(-beta) - (1 - Share) * Math.Exp(beta), 1e-6)
        .Curve("rate of uneven deviations", beta => Math.Exp(-beta), 1e-6);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial) => new Measurement()
        .Figure(Order(Large), Gathered(trial, Large, 2)).Figure(Order(Small), Gathered(trial, Small, 60))
        .Curve("rate of even deviations at π", "β", Betas, [.. Betas.Select(beta => Rate(trial, beta, [Share, 0.5 * (1 - Share), 0.5 * (1 - Share)], [0, Math.PI - 1e-4, -Math.PI + 1e-4]))])
        .Curve("rate of uneven deviations", "β", Betas, [.. Betas.Select(beta => Rate(trial, beta, [Share, 1 - Share], [0, Math.PI - Tilt]))]);

    private static string Order(double beta) => $"|∫x dμ| at the end, β = {beta}";

    private static double Gathered(Trial trial, double beta, double until)
    {
        double[] angles = [.. Enumerable.Range(0, Tokens / 2).SelectMany(i =>
        {
            double part = (i + 0.5) / (Tokens / 2), near = 0.5 * part, far = Math.PI - 0.01 - 0.49 * part;
            return (double[])[near, -near, far, -far];
        })];
        double[] weights = [.. Enumerable.Range(0, angles.Length).Select(i => (i % 4 < 2 ? Share : 1 - Share) / Tokens)];
        var model = new TokenModel(new Attention(Normalization.None, beta), 2) { Weights = weights };
        return TokenRecord.Of(trial, model, CircleTokens.At(angles), TokenRecord.Settings(1e-9, 1, 0, until)).Snapshots[^1].Observables.OrderParameter;
    }

    /// <summary>Log-slope over t ≤ 1 of how far from π the second token is as seen from the first.</summary>
    private static double Rate(Trial trial, double beta, double[] weights, double[] angles)
    {
        var model = new TokenModel(new Attention(Normalization.None, beta), 2) { Weights = weights };
        TokenRecord run = TokenRecord.Of(trial, model, CircleTokens.At(angles), TokenRecord.Settings(1e-12, 1, 0, 1));
        double[] ends = [.. run.Snapshots.Select(snapshot =>
        {
            double[] at = CircleTokens.Angles(snapshot);
            return Math.Abs(Math.IEEERemainder(at[1] - at[0] - Math.PI, 2 * Math.PI));
        })];
        return Math.Log(ends[1] / ends[0]);
    }
}
