namespace Meanfield.Validation;

/// <summary>The law of the time at which the linear phase ends (THEORY 3.2).</summary>
public sealed class V10ExitTime : Law
{
    private const double EulerGamma = 0.57721566490153286;

    private static readonly double[] Tokens = [1e4, 1e6, 1e8];
    private static readonly double[] Shares = [0.05, 0.5, 0.95];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V10", "Exit-time law")
    {
        Statement = "From N iid uniform tokens |c_q| reaches δ at a time T with γ_q T = ½ log N + log(δ/√(1−δ²)) + ½G, G a standard Gumbel variable: mean ½ log N + log(δ/√(1−δ²)) + γ_E/2, standard deviation π/√24.",
        Source = "THEORY 3.2 (a sharp form of the linear phase of arXiv:2410.23228)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c05",
        Hypotheses = ["d = 2, unnormalized, β = 0.5, so that q = 1 grows at least twice as fast as every other mode", "N → ∞: coefficients at the start are Gaussian of variance 1/N"],
        Method = "Galerkin flow of degrees ≤ 8 from Gaussian coefficients of degrees ≤ 8, N = 1e4, 1e6, 1e8, δ = 0.1, 9,000 (quick), 12,000, 40,000 draws: mean, standard deviation and quantiles of T.",
        Tolerance = "5 standard errors (Sample.Sigmas), of the mean at most the 0.045/γ that theory asks for (3 of 2,000 draws).",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 0.5}
            initial: {tokens: {count: 1000000}}
            time: {until: 30, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double rate = FunkHecke.Rate(LinearExit.Model, 2, 1), start = Math.Log(LinearExit.Threshold / Math.Sqrt(1 - LinearExit.Threshold * LinearExit.Threshold));
        var prediction = new Prediction();
        foreach (double n in Tokens)
        {
            prediction.Within(Mean(n), (0.5 * Math.Log(n) + start + 0.5 * EulerGamma) / rate, Sample.Sigmas, 0.045 / rate);
            prediction.Within(Deviation(n), Math.PI / Math.Sqrt(24) / rate, Sample.Sigmas, 0.045 / rate);
            foreach (double p in Shares)
                prediction.Within(Quantile(n, p), (0.5 * Math.Log(n) + start - 0.5 * Math.Log(-Math.Log(p))) / rate, Sample.Sigmas, 0.2 / rate);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        for (int i = 0; i < Tokens.Length; i++)
        {
            Sample times = LinearExit.Times(trial, Tokens[i], trial.At(9000, 12_000, 40_000), trial.Random(i));
            measurement.Figure(Mean(Tokens[i]), times.Mean, times.MeanError).Figure(Deviation(Tokens[i]), times.Deviation, times.DeviationError);
            foreach (double p in Shares)
            {
                (double value, double error) = times.Quantile(p);
                measurement.Figure(Quantile(Tokens[i], p), value, error);
            }
        }
        return measurement;
    }

    private static string Mean(double n) => $"mean of T, N = {n:G}";

    private static string Deviation(double n) => $"standard deviation of T, N = {n:G}";

    private static string Quantile(double n, double p) => $"{p:P0} quantile of T, N = {n:G}";
}
