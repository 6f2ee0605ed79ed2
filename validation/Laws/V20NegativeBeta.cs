using MathNet.Numerics.RootFinding;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Below β = −2/3 three tokens need not meet on the circle (THEORY 3.6, 6.2).</summary>
public sealed class V20NegativeBeta : Law
{
    private const double Stable = -0.8, Unstable = -0.5, Size = 0.1, Until = 100;
    private const string Rate = "Λ_1, unnormalized", SoftmaxRate = "Λ_1, softmax", Switch = "β where Λ_1 = 0";
    private const string Held = "largest |∫x dμ| at the end, β = −0.8", Left = "smallest |∫x dμ| at the end, β = −0.5", Decay = "rate of |∫x dμ|, β = −0.8", Growth = "rate of |∫x dμ|, β = −0.5";

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V20", "The triangle at negative β")
    {
        Statement = "Three tokens at the corners of a regular triangle: displacements grow at Λ_1 = e^{−β/2}(½ + ¾β) (softmax: divided by (e^β + 2e^{−β/2})/3), which is negative for β < −2/3: then tokens near it return to it and there is no global synchronization.",
        Source = "abstract of arXiv:2507.22857 (no synchronization for β < −2/3); THEORY 3.6, c15",
        Status = ClaimStatus.AsPrinted,
        Tag = "text (abstract), rate derived, c15",
        Hypotheses = ["d = 2, no noise, three tokens"],
        Method = "Half the trace of the Jacobian of direct forces at the triangle, β = −0.8 … −0.4, and its zero by Brent's method; token solver from 4 (quick), 20, 100 triangles displaced at random by up to 0.1 rad, t = 100: |∫x dμ| at the end and its rate between 1e-7 and 1e-4 (β = −0.8) and, displaced by 1e-7, between 2e-7 and 1e-4 (β = −0.5).",
        Tolerance = "Λ_1 1e-9 (theory: 1e-6), zero 1e-9, rates of runs 1e-3: at size 1e-4 they deviate by about as much. Held: |∫x dμ| < 1e-5; left: > 0.3, five times what it can be at the start.",
        Case = null,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Curve(Rate, Expected, 1e-9).Curve(SoftmaxRate, beta => 3 * Expected(beta) / (Math.Exp(beta) + 2 * Math.Exp(-0.5 * beta)), 1e-9)
        .Absolute(Switch, -2.0 / 3, 1e-9)
        .Relative(Decay, Expected(Stable), 1e-3).Relative(Growth, Expected(Unstable), 1e-3)
        .AtMost(Held, 1e-5).AtLeast(Left, 0.3);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] betas = [-0.8, -0.75, -0.7, -0.65, -0.6, -0.5, -0.4];
        var measurement = new Measurement()
            .Curve(Rate, "β", betas, [.. betas.Select(beta => HalfTrace(Normalization.None, beta))])
            .Curve(SoftmaxRate, "β", betas, [.. betas.Select(beta => HalfTrace(Normalization.Softmax, beta))])
            .Figure(Switch, Brent.FindRoot(beta => HalfTrace(Normalization.None, beta), -0.9, -0.4, 1e-12, 100));
        RandomNumbers random = trial.Random();
        TimeSeries[] held = [.. Enumerable.Range(0, trial.At(4, 20, 100)).Select(_ => Run(trial, random, Stable, Size))];
        TimeSeries[] left = [.. Enumerable.Range(0, held.Length).Select(_ => Run(trial, random, Unstable, Size))];
        return measurement.Figure(Held, held.Max(run => run.Values[^1])).Figure(Left, left.Min(run => run.Values[^1]))
            .Figure(Decay, -Contraction.Rate(held[0], 1e-7, 1e-4))
            .Figure(Growth, Run(trial, random, Unstable, 1e-7).GrowthRate(2e-7, 1e-4)?.Rate ?? double.NaN)
            .Curve(new Curve("|∫x dμ|, β = −0.8", "t", held[0].Times, held[0].Values) { LogY = true })
            .Curve("|∫x dμ|, β = −0.5", "t", left[0].Times, left[0].Values);
    }

    private static double Expected(double beta) => Math.Exp(-0.5 * beta) * (0.5 + 0.75 * beta);

    private static double HalfTrace(Normalization normalization, double beta) => 0.5 * TokenJacobian.Of(new Attention(normalization, beta), Corners).Trace();

    private static double[] Corners => [0, 2 * Math.PI / 3, 4 * Math.PI / 3];

    private static TimeSeries Run(Trial trial, RandomNumbers random, double beta, double size)
    {
        double[] angles = [.. Corners.Select(corner => corner + size * (2 * random.NextUniform() - 1))];
        var model = new TokenModel(new Attention(Normalization.None, beta), 2);
        TokenRecord run = TokenRecord.Of(trial, model, CircleTokens.At(angles), TokenRecord.Settings(1e-11, 1, DensitySettings.Schedule(Until, 1)));
        return new TimeSeries(run.Times, [.. run.Snapshots.Select(snapshot => snapshot.Observables.OrderParameter)]);
    }
}
