using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The universal amplitude equation of the circle (THEORY 3.4).</summary>
public sealed class V13LandauCoefficient : Law
{
    private const double Noise = 0.5;

    // Run times that take |c_q| from 1e-7 beyond 0.12.
    private static readonly (double Beta, int Degree, double Noise, double Until)[] Settings =
        [(0.5, 1, 0, 27.6), (2, 2, 0, 10.4), (5, 3, 0, 0.77), (7, 4, 0, 0.1225), (10, 4, 0, 0.00728), (5, 3, Noise, 1.02)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V13", "Universal Landau coefficient")
    {
        Statement = "Without normalization ċ_q = γ_q c_q(1 − |c_q|²) + O(|c_q|⁵) on the circle, whatever β and q. With noise the coefficient is (γ_2q/2 − γ_q)h/γ̃_q, h = 2γ_q/(2γ̃_q − γ̃_2q).",
        Source = "THEORY 3.4",
        Status = ClaimStatus.Derived,
        Tag = "derived, c03",
        Hypotheses = ["unnormalized", "the state lies on the unstable manifold of mode q: mode q alone, grown from 1e-7"],
        Method = "Density solver, tolerance 1e-12, β = 0.5 … 10 and q = 1 … 4: ċ_q/c_q from its right-hand side, γ_q from the same at |c_q| = 1e-7, limit by Richardson's rule at |c_q| = 0.02, 0.04; order of what is left for 0.02 ≤ |c_3| ≤ 0.12 at β = 5.",
        Tolerance = "1e-4, as theory asks; order 2 ± 0.05.",
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
        foreach (var setting in Settings)
        {
            double expected = setting.Noise == 0 ? -1 : CircleRates.Cubic(Model(setting), setting.Degree);
            prediction.Absolute(Name(setting), expected, 1e-4).Curve(Name(setting), _ => expected, double.PositiveInfinity);
            if (setting is { Beta: 5, Noise: 0 }) prediction.Approaches(Name(setting), _ => expected, 2, 0.05);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (var setting in Settings) UnstableManifold.MeasureCubic(trial, measurement, Name(setting), Model(setting), setting.Degree, setting.Until);
        return measurement;
    }

    private static Attention Model((double Beta, int Degree, double Noise, double Until) setting) => new(Normalization.None, setting.Beta, setting.Noise);

    private static string Name((double Beta, int Degree, double Noise, double Until) setting) =>
        $"(ċ_q/(γc_q) − 1)/|c_q|², β = {setting.Beta}, q = {setting.Degree}{(setting.Noise == 0 ? "" : $", κ = {setting.Noise}")}";
}
