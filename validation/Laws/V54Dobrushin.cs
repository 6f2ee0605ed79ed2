using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Two clouds of tokens part at most exponentially (THEORY 6.8).</summary>
public sealed class V54Dobrushin : Law
{
    private const int Count = 200;

    private static readonly double[] Betas = [0.5, 1, 2, 4];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V54", "Dobrushin's estimate")
    {
        Statement = "Circle, unnormalized: W_1(μ_t, ν_t) ≤ e^{2e^β t} W_1(μ_0, ν_0) for any two laws.",
        Source = "arXiv:2509.25040, Lemma 3.1 (the estimate); THEORY 6.8 (constant L_β = 2e^β: each of token and law contributes max|h_β′| = e^β)",
        Status = ClaimStatus.Derived,
        Tag = "text; constant derived",
        Hypotheses = ["unnormalized", "d = 2", "no noise"],
        Method = "Two clouds of 200 iid uniform tokens each, one the other with every token moved by at most 1e-3, and two clouds that are independent, β = 0.5 … 4, t ≤ 2e^{−β} in 20 intervals, token solver; exact W_1 on the circle; 2 draws (12, 60). Largest (1/t) log(W_1(t)/W_1(0)) over e^β.",
        Tolerance = "Inequality. Two Diracs a distance ε apart lose nothing and gain nothing; what clouds reach is reported.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 2}
            initial: {tokens: {count: 200, seed: 1}}
            method: {scheme: particles}
            time: {until: 0.27, every: 0.0135}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction().Curve(Shown, t => Math.Exp(2 * Math.Exp(Betas[^1]) * t), double.PositiveInfinity);
        foreach (double beta in Betas) prediction.AtMost(Name(true, beta), 2).AtMost(Name(false, beta), 2);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        int stream = 0;
        foreach (double beta in Betas)
        {
            double[] times = [.. Enumerable.Range(0, 21).Select(i => 0.1 * i * Math.Exp(-beta))];
            foreach (bool near in (bool[])[true, false])
            {
                double largest = double.NegativeInfinity;
                for (int draw = 0; draw < trial.At(2, 12, 60); draw++)
                {
                    TokenSample first = TokenSample.Uniform(2, Count, trial.Seed(stream++));
                    TokenSample second = near ? Moved(first, trial.Random(stream++)) : TokenSample.Uniform(2, Count, trial.Seed(stream++));
                    TokenRecord one = Run(trial, beta, first, times), other = Run(trial, beta, second, times);
                    double[] distances = [.. times.Select((_, k) => Distance(one, other, k))];
                    for (int k = 1; k < times.Length; k++) largest = Math.Max(largest, Math.Log(distances[k] / distances[0]) / (times[k] * Math.Exp(beta)));
                    if (near && draw == 0 && beta == Betas[^1]) measurement.Curve(new Curve(Shown, "t", times, [.. distances.Select(w => w / distances[0])]) { LogY = true });
                }
                measurement.Figure(Name(near, beta), largest);
            }
        }
        return measurement;
    }

    private const string Shown = "W_1(t)/W_1(0), near clouds, β = 4, first draw";

    private static string Name(bool near, double beta) => $"(1/t) log(W_1(t)/W_1(0)) over e^β, {(near ? "near" : "independent")} clouds, β = {beta}";

    private static TokenSample Moved(TokenSample tokens, RandomNumbers random)
    {
        double[] positions = tokens.ByCoordinate();
        return CirclePoints.At(Enumerable.Range(0, Count).Select(i => CirclePoints.Angle(positions, i) + 1e-3 * (2 * random.NextUniform() - 1)).ToArray());
    }

    private static TokenRecord Run(Trial trial, double beta, TokenSample tokens, double[] times) =>
        TokenRecord.Of(trial, new TokenModel(new Attention(Normalization.None, beta), 2), tokens, TokenRecord.Settings(1e-8, 1, times));

    private static double Distance(TokenRecord one, TokenRecord other, int time) =>
        CircleDistance.First(new Cloud(2, Coordinates(one, time)), new Cloud(2, Coordinates(other, time)));

    private static double[] Coordinates(TokenRecord run, int time) => new TokenSample(2, run.Snapshots[time].Positions!.ToArray()).ByCoordinate();
}
