using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Meanfield.Validation;

/// <summary>The law of the time at which the linear phase ends on the sphere, with its first nonlinear correction.</summary>
public sealed class W01SphereExit : Law
{
    private const double Freedom = 3; // harmonics of degree 1

    private static readonly double[] Tokens = [1e6, 1e8];
    private static readonly double[] Shares = [0.05, 0.5, 0.95];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W01", "Exit-time law on the sphere")
    {
        Statement = "On S² the size S = (Σ_m a_1m²)^½ of degree 1, started by N iid uniform tokens, reaches S at γ_1 T = ½[log NS² − log(1 + cS²) − log X], X a χ² variable of 3 degrees of freedom, c = (3/5)(γ_2−γ_1)/(2γ_1−γ_2): E T = (1/2γ_1)[log(NS²/(1+cS²)) − log 2 − ψ(3/2)], Var T = ψ_1(3/2)/4γ_1² = (π²/2 − 4)/4γ_1². So the exit is less spread out than on the circle: standard deviation 0.483/γ against 0.641/γ.",
        Source = "linear part: THEORY 3.2 (general d); c derived here: a_2 = h a_1², h = (3λ_1/β)G/(2γ_1−γ_2), ȧ_1 = γ_1a_1 + ((3λ_2−λ_1)/β) G a_1a_2, G = ∫π_1²π_2 dσ = 2/√5; at β = 0 it is c = −3/10, which the exact solution of THEORY 4.3 has",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3, unnormalized, β = 0.5, so that degree 1 grows ten times as fast as every other", "N → ∞: coefficients at the start are Gaussian of variance 1/N"],
        Method = "Galerkin flow of degrees ≤ 4 on the sphere from Gaussian coefficients, N = 1e6, 1e8, S = √3/10, 5,000 (quick), 12,000, 40,000 draws: mean, standard deviation, quantiles of T.",
        Tolerance = "5 standard errors (Sample.Sigmas), at most 0.06/γ of mean and deviation and 0.35/γ (quick), 0.25/γ, 0.2/γ of quantiles, whose error is itself a rough estimate at 95 %.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 0.5}
            initial: {tokens: {count: 1000000}}
            time: {until: 20, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double rate = FunkHecke.Rate(LinearExit.Model, 3, 1), second = FunkHecke.Rate(LinearExit.Model, 3, 2);
        double square = Freedom * LinearExit.Threshold * LinearExit.Threshold, cubic = 0.6 * (second - rate) / (2 * rate - second);
        var prediction = new Prediction();
        foreach (double n in Tokens)
        {
            double level = Math.Log(n * square / (1 + cubic * square));
            prediction.Within(Name("mean", n), (level - Math.Log(2) - SpecialFunctions.DiGamma(0.5 * Freedom)) / (2 * rate), Sample.Sigmas, 0.06 / rate)
                .Within(Name("standard deviation", n), Math.Sqrt(0.5 * Math.PI * Math.PI - 4) / (2 * rate), Sample.Sigmas, 0.06 / rate);
            foreach (double p in Shares)
                prediction.Within(Name($"{p:P0} quantile", n), (level - Math.Log(ChiSquared.InvCDF(Freedom, 1 - p))) / (2 * rate), Sample.Sigmas, trial.At(0.35, 0.25, 0.2) / rate);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        for (int i = 0; i < Tokens.Length; i++)
        {
            Sample times = LinearExit.Times(trial, Tokens[i], trial.At(5000, 12_000, 40_000), trial.Random(i), dimension: 3);
            measurement.Figure(Name("mean", Tokens[i]), times.Mean, times.MeanError).Figure(Name("standard deviation", Tokens[i]), times.Deviation, times.DeviationError);
            foreach (double p in Shares)
            {
                (double value, double error) = times.Quantile(p);
                measurement.Figure(Name($"{p:P0} quantile", Tokens[i]), value, error);
            }
        }
        return measurement;
    }

    private static string Name(string figure, double n) => $"{figure} of T, N = {n:G}";
}
