using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The second harmonic follows the first (THEORY 3.4).</summary>
public sealed class V12SlavedHarmonic : Law
{
    private static readonly (string Name, Attention Model, double Until)[] Settings =
    [
        ("unnormalized", new(Normalization.None, 5), 0.78),
        ("softmax", new(Normalization.Softmax, 5), 21),
        ("unnormalized, κ = 0.5", new(Normalization.None, 5, 0.5), 1.02),
    ];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V12", "Slaved second harmonic")
    {
        Statement = "On the unstable manifold of mode q of the circle c_2q = h c_q² + O(c_q⁴) with h = 2γ_q(1 − r)/(2γ̃_q − γ̃_2q), r = I_q/I_0 with softmax and 0 without, γ̃ with noise: h = 1.181165 for β = 5, q = 3 without normalization.",
        Source = "THEORY 3.4 (first step of the expansion of arXiv:2410.23228)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c03",
        Hypotheses = ["mode q alone at the start, so that c_2q forgets its start like (|c_q(0)|/|c_q|)^1.7", "2γ̃_q ≠ γ̃_2q"],
        Method = "Density solver, β = 5, tolerance 1e-12, mode 3 of |c_3| = 1e-7 alone, followed to |c_3| > 0.1: c_6/c_3² at the last output with |c_3| ≤ 0.005, and how it leaves its limit for 0.01 ≤ |c_3| ≤ 0.08.",
        Tolerance = "1e-4 relative, as theory asks; order of the deviation 2 ± 0.05.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 1.414e-7}]}
            method: {tolerance: 1.0e-12}
            time: {until: 0.75, every: 0.005}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((string name, Attention model, _) in Settings)
        {
            double slaved = CircleRates.Slaved(model, 3);
            prediction.Relative(Ratio(name), slaved, 1e-4).Approaches(Ratio(name), _ => slaved, 2, 0.05);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach ((string name, Attention model, double until) in Settings)
        {
            UnstableManifold.State[] states = UnstableManifold.Follow(trial, measurement, model, 3, until);
            measurement.Figure(Ratio(name), Of(states.Last(state => state.Amplitude <= 0.005)));
            UnstableManifold.State[] shown = [.. states.Where(state => state.Amplitude is >= 0.01 and <= 0.08)];
            measurement.Curve(Ratio(name), "|c_3|", [.. shown.Select(state => state.Amplitude)], [.. shown.Select(Of)]);
        }
        return measurement;
    }

    private static double Of(UnstableManifold.State state) => state.Harmonic / (state.Amplitude * state.Amplitude);

    private static string Ratio(string name) => $"c_6/c_3², {name}";
}
