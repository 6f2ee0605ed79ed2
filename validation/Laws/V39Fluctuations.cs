using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Fluctuations of tokens with noise about the uniform state (THEORY 6.7).</summary>
public sealed class V39Fluctuations : Law
{
    private const double Beta = 1, Noise = 0.8, Time = 1.5;
    private const int Degrees = 3, Outputs = 3, Steps = 5;

    private static readonly Attention Model = new(Normalization.None, Beta, Noise);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V39", "Fluctuations with noise")
    {
        Statement = "N iid uniform tokens on the circle with noise κ: N·E|c_k(t)|² = e^{2γ̃t} + κk²(e^{2γ̃t}−1)/γ̃ up to O(1/N), γ̃ = γ_k − κk²; where γ̃ < 0 it tends to κ/(κ − I_k(β)/β).",
        Source = "THEORY 6.7, A4 (Dean–Kawasaki noise projected on a mode)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c14",
        Hypotheses = ["tokens iid uniform at the start", "N·e^{−2γ̃t} ≫ 1: the modes stay in their linear phase"],
        Method = "Stepper of the token solver with noise, β = 1, κ = 0.8, unnormalized, N = 100 (default 400, thorough 1600), t = 0.5, 1, 1.5, k = 1 … 3, steps of 0.1 (weak order 2: (hΛ)²/12 = 0.006 at most), 1500 (6000; 20,000) paths.",
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
        int count = trial.At(100, 400, 1600), paths = trial.At(1500, 6000, 20_000);
        double[] times = [.. Enumerable.Range(0, Outputs + 1).Select(i => Time * i / Outputs)];
        var draws = new double[Degrees + 1, Outputs + 1][];
        for (int k = 1; k <= Degrees; k++)
            for (int output = 0; output <= Outputs; output++) draws[k, output] = new double[paths];
        TokenForce force = ForceSelection.Create(new TokenModel(Model, 2), count, ForceChoice.Auto, new NormSettings(), 1e-8).Force;
        var observer = new TokenObserver(force, Degrees);
        var basis = new HarmonicBasis(2, Degrees);
        for (int path = 0; path < paths; path++)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            var stepper = new NoisyStepper(force, TokenSample.Uniform(2, count, trial.Seed(2 * path)).ByCoordinate(), trial.Seed(2 * path + 1), threads: 1);
            for (int step = 0; step <= Outputs * Steps; step++)
            {
                if (step > 0) stepper.Step(Time / (Outputs * Steps), step - 1);
                if (step % Steps != 0) continue;
                double[] moments = observer.Moments(stepper.State);
                for (int k = 1; k <= Degrees; k++) draws[k, step / Steps][path] = count * Math.Pow(DegreeAmplitudes.Of(basis, moments, k), 2);
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
