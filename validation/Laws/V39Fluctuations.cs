using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Fluctuations of tokens with noise about the uniform state (THEORY 6.7).</summary>
public sealed class V39Fluctuations : Law
{
    private const double Beta = 1, Noise = 0.8, Time = 1.5;
    private const int Degrees = 3, Outputs = 3;

    private static readonly Attention Model = new(Normalization.None, Beta, Noise);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V39", "Fluctuations with noise")
    {
        Statement = "N iid uniform tokens on the circle with noise κ: N·E|c_k(t)|² = e^{2γ̃t} + κk²(e^{2γ̃t}−1)/γ̃ up to O(1/N), γ̃ = γ_k − κk²; where γ̃ < 0 it tends to κ/(κ − I_k(β)/β).",
        Source = "THEORY 6.7, A4 (Dean–Kawasaki noise projected on a mode)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c14",
        Hypotheses = ["tokens iid uniform at the start", "N·e^{−2γ̃t} ≫ 1: the modes stay in their linear phase"],
        Method = "Token solver with noise, β = 1, κ = 0.8, unnormalized, N = 100 (default 400, thorough 1600), t = 0.5, 1, 1.5, k = 1 … 3, steps of 0.1 (weak order 2: (hΛ)²/12 = 0.006 at most), 800 (3500; 20,000) paths.",
        Tolerance = "5 standard errors of each of the nine means (one in 1.7 million falls outside; these draws are exponential, whose standard errors are themselves uncertain), at most 0.25 of its value; theory: 3 of 1500 paths and O(dt).",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 1, noise: 0.8}
            initial: {tokens: {count: 400, seed: 1}}
            method: {scheme: particles, seed: 2}
            time: {until: 1.5, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        for (int k = 1; k <= Degrees; k++)
        {
            double rate = FunkHecke.Rate(Model, 2, k), square = k * k;
            prediction.Curve(Size(k), t => Expected(rate, square, t), double.PositiveInfinity);
            for (int output = 1; output <= Outputs; output++)
            {
                double value = Expected(rate, square, Time * output / Outputs);
                prediction.Within(At(k, output), value, 5, 0.25 * value);
            }
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        int count = trial.At(100, 400, 1600), paths = trial.At(800, 3500, 20_000);
        double[] times = [.. Enumerable.Range(0, Outputs + 1).Select(i => Time * i / Outputs)];
        var draws = new double[Degrees + 1, Outputs + 1][];
        for (int k = 1; k <= Degrees; k++)
            for (int output = 0; output <= Outputs; output++) draws[k, output] = new double[paths];
        for (int path = 0; path < paths; path++)
        {
            TokenSettings settings = new() { OutputTimes = times, Degree = Degrees, RecordedTokens = 1, NoiseStep = 0.1, Seed = trial.Seed(2 * path + 1) };
            TokenRecord run = TokenRecord.Of(trial, new TokenModel(Model, 2), TokenSample.Uniform(2, count, trial.Seed(2 * path)), settings);
            for (int k = 1; k <= Degrees; k++)
            {
                double[] sizes = run.Amplitude(k).Values;
                for (int output = 0; output <= Outputs; output++) draws[k, output][path] = count * sizes[output] * sizes[output];
            }
        }
        var measurement = new Measurement();
        for (int k = 1; k <= Degrees; k++)
        {
            for (int output = 1; output <= Outputs; output++) measurement.Mean(At(k, output), draws[k, output]);
            measurement.Curve(Size(k), "t", times, [.. times.Select((_, output) => draws[k, output].Average())]);
        }
        return measurement;
    }

    private static string Size(int k) => $"N·E|c_{k}|²";

    private static string At(int k, int output) => $"{Size(k)} at t = {Time * output / Outputs}";

    private static double Expected(double rate, double square, double t) => Math.Exp(2 * rate * t) + Noise * square * (Math.Exp(2 * rate * t) - 1) / rate;
}
