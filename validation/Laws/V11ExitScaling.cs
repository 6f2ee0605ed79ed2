using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>The linear phase lasts (1/2γ) log N (THEORY 3.2).</summary>
public sealed class V11ExitScaling : Law
{
    private static readonly double[] Tokens = [1e4, 1e5, 1e6, 1e7, 1e8];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V11", "Linear phase grows as log N")
    {
        Statement = "From N iid uniform tokens the mean time to leave the linear phase is (1/2γ_max) log N + O(1).",
        Source = "THEORY 3.2 (a sharp form of the linear phase of arXiv:2410.23228)",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 2, unnormalized, β = 0.5, where q = 1 grows at least twice as fast as every other mode"],
        Method = "Mean exit times as in V10 of 2,000 (quick: 1,500) draws for each of N = 1e4 … 1e8; slope of the mean in log N by least squares.",
        Tolerance = "2 % of the slope, as theory asks (its standard error is about 0.4 %).",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 0.5}
            initial: {tokens: {count: 100000}}
            time: {until: 30, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double slope = 0.5 / FunkHecke.Rate(LinearExit.Model, 2, 1);
        return new Prediction().Exponent("slope of the mean of T in log N", slope, 0.02 * slope);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] logs = Array.ConvertAll(Tokens, n => Math.Log(n));
        double[] means = [.. Tokens.Select((n, i) => LinearExit.Times(trial, n, trial.At(1500, 2000, 20_000), trial.Random(i)).Mean)];
        return new Measurement().Figure("slope of the mean of T in log N", LineFit.Through(logs, means)).Curve("mean of T", "log N", logs, means);
    }
}
