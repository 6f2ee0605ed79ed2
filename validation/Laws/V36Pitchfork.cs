using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The amplitude of the state that branches off the uniform one as noise falls (THEORY 6.6).</summary>
public sealed class V36Pitchfork : Law
{
    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V36", "Pitchfork amplitude")
    {
        Statement = "Where λ_2/λ_1 < 1/d, a stationary state of order parameter m² = (κ_c−κ)(d+2)/(d²κ_c B) + O((κ_c−κ)²), B = 1 − (d−1)/(d(1−λ_2/λ_1)), branches off the uniform state below κ_c.",
        Source = "THEORY 6.6, A2; the transition is that of arXiv:2606.05140",
        Status = ClaimStatus.Derived,
        Tag = "derived, c09",
        Hypotheses = ["unnormalized", "β < β_* (V37)"],
        Method = "Density solver from m = 0.18 at κ = κ_c(1−ε) until m rests to 1e-8, ε = 0.016, 0.008, 0.004, 0.002, κ_c measured as in V35; d = 2, 3, 5, β = 0.5, 1 (quick: β = 1).",
        Tolerance = "m²/ε extrapolated linearly from the two smallest ε: 1e-3, as theory asks; order of what m² differs by: 2 ± 0.1.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 1, noise: 0.5629}
            initial: {modes: [{degree: 1, order: 1, amplitude: 0.3}]}
            time: {until: 4000, every: 200}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((int d, double beta) in Settings(trial))
        {
            double b = 1 - (d - 1) / (d * (1 - FunkHecke.Lambda(d, 2, beta) / FunkHecke.Lambda(d, 1, beta))), slope = (d + 2) / (d * d * b);
            prediction.Relative(Slope(d, beta), slope, 1e-3).Approaches(Square(d, beta), epsilon => slope * epsilon, 2, 0.1);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] distances = [0.016, 0.008, 0.004, 0.002];
        foreach ((int d, double beta) in Settings(trial))
        {
            double threshold = NoiseThreshold.Find(trial, measurement, Normalization.None, d, beta);
            var state = new StationaryState(trial, measurement, d, beta, 0.18);
            double[] squares = [.. distances.Select(epsilon =>
            {
                if (!state.Settle(threshold * (1 - epsilon), 1 / (epsilon * threshold), 1e-8, 60)) measurement.Violates($"the state at ε = {epsilon} is stationary");
                return state.Order * state.Order;
            })];
            measurement.Curve(new Curve(Square(d, beta), "ε", distances, squares) { LogX = true, LogY = true })
                .Figure(Slope(d, beta), 2 * squares[3] / distances[3] - squares[2] / distances[2]);
        }
        return measurement;
    }

    private static IEnumerable<(int Dimension, double Beta)> Settings(Trial trial) =>
        from d in (int[])[2, 3, 5] from beta in trial.At<double[]>([1], [0.5, 1], [0.25, 0.5, 1]) select (d, beta);

    private static string Slope(int d, double beta) => $"m²/ε as ε → 0, d = {d}, β = {beta}";

    private static string Square(int d, double beta) => $"m², d = {d}, β = {beta}";
}
