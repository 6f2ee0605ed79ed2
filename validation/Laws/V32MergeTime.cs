using MathNet.Numerics.Integration;
using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>How long two clusters take to merge (THEORY 6.5).</summary>
public sealed class V32MergeTime : Law
{
    private const double From = -0.2, To = 0.9;
    private const string Time = "time to ρ = 0.9", Forecast = "forecast of the perturbation module", Scaled = "time over e^{β(1−ρ_0)}/β";

    private static readonly double[] Betas = [6, 8, 10, 12, 14];
    private static readonly double[] LargeBetas = [20, 28, 40, 56];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V32", "Time to merge")
    {
        Statement = "Softmax, two clusters of mass ½: the time from ρ_0 to ρ_1 is ∫(1+e^{β(1−ρ)})/(2(1−ρ²)) dρ; for large β it is e^{β(1−ρ_0)}/(2β(1−ρ_0²))·(1 + 2ρ_0/(β(1−ρ_0²)) + O(β^−2)).",
        Source = "pairing phase of arXiv:2509.25040 and arXiv:2512.01868; THEORY 6.5, A8",
        Status = ClaimStatus.Derived,
        Tag = "derived, c10",
        Hypotheses = ["softmax", "two point clusters of equal mass", "no noise"],
        Method = "Two tokens of the token solver, ρ_0 = −0.2, β = 6 … 14, followed at tolerance 1e-12 until ρ = 0.9 (a token's speed is e^{−β(1−ρ)} of the vectors it is the difference of, so rounding ends the solver near β(1−ρ) = 20). The perturbation module's forecast for β = 20 … 56 (t up to 4e26), and the order of what the leading two terms miss of it.",
        Tolerance = "1e-6 of the time, as theory asks (forecast 1e-9); order −2 ± 0.1.",
        Case = """
            dimension: 2
            attention: {normalization: softmax, beta: 10}
            initial: {tokens: {count: 2, law: equiangular, cosine: -0.2}}
            method: {scheme: particles, tolerance: 1.0e-12}
            time: {until: 8000, every: 100}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .RelativeCurve(Time, Integral, 1e-6)
        .RelativeCurve(Forecast, Integral, 1e-9)
        .Approaches(Scaled, beta => (1 + 2 * From / (beta * (1 - From * From))) / (2 * (1 - From * From)), -2, 0.1);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] times = [.. Betas.Select(beta => Merge(trial, beta))];
        double[] forecasts = [.. LargeBetas.Select(beta => new PairMerging(new Attention(Normalization.Softmax, beta)).Duration(From, To))];
        return new Measurement()
            .Curve(new Curve(Time, "β", Betas, times) { LogY = true })
            .Curve(new Curve(Forecast, "β", LargeBetas, forecasts) { LogY = true })
            .Curve(Scaled, "β", LargeBetas, [.. LargeBetas.Zip(forecasts, (beta, time) => beta * time * Math.Exp(-beta * (1 - From)))]);
    }

    private static double Merge(Trial trial, double beta) => TokenEvent.Of(
        trial, new TokenModel(new Attention(Normalization.Softmax, beta), 2), Solver.EquiangularTokens.Create(2, 2, From),
        (x, v) => (x[0] * x[1] + x[2] * x[3], v[0] * x[1] + x[0] * v[1] + v[2] * x[3] + x[2] * v[3]), To).Time;

    // In pieces of 1/β the integrand is as smooth as e^{−s}.
    private static double Integral(double beta)
    {
        int pieces = (int)Math.Ceiling((To - From) * beta);
        double width = (To - From) / pieces;
        return Enumerable.Range(0, pieces).Sum(i => GaussLegendreRule.Integrate(
            rho => (1 + Math.Exp(beta * (1 - rho))) / (2 * (1 - rho * rho)), From + i * width, From + (i + 1) * width, 32));
    }
}
