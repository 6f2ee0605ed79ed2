using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Zonal modes of even degree on the sphere grow faster with one sign than with the other.</summary>
public sealed class W02QuadraticSelection : Law
{
    private const double Factor = 4; // e^{γt}

    private static readonly double[] Sizes = [0.0025, 0.005, 0.01, 0.02];
    private static readonly (Normalization Normalization, int Degree, double Beta)[] Settings = [(Normalization.None, 2, 3), (Normalization.Softmax, 2, 3), (Normalization.None, 4, 10)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W02", "Poles before belts")
    {
        Statement = "On S² the zonal amplitude of even degree k grows by ȧ = γa + ½γ(1−r)G_kkk a² + O(a³), r = λ_k/λ_0 with softmax and 0 without, G_222 = 2√5/7, G_444 = 486/1001: from ±ε, ½(a_+ + a_−) = ½(1−r)G_kkk ε²(e^{2γt} − e^{γt}) + O(ε⁴). Both are positive: two caps about the poles (prolate) form before a belt about the equator (oblate).",
        Source = "THEORY 1.6, 3.4 (coefficient); the signed asymmetry in finite time derived here",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3, no noise", "k even; where k is the fastest degree (β = 3 for k = 2, β = 10 for k = 4)"],
        Method = "Density solver, tolerance 1e-11, from 1 ± ε π_k, ε = 0.0025 … 0.02, up to e^{γt} = 4 with γ by a run from 1e-6: half the sum of the two amplitudes.",
        Tolerance = "What ½(a_+ + a_−) differs by from the formula falls as ε⁴: order 4 ± 0.1; its share at ε = 0.0025 below 1e-3.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 3}
            initial: {modes: [{degree: 2, order: 0, amplitude: -0.02}]}
            time: {until: 4, every: 0.1, unit: growth}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
        {
            double gaunt = setting.Degree == 2 ? 2 * Math.Sqrt(5) / 7 : 486.0 / 1001;
            double relative = setting.Normalization == Normalization.Softmax ? FunkHecke.Lambda(3, setting.Degree, setting.Beta) / FunkHecke.Lambda(3, 0, setting.Beta) : 0;
            double slope = 0.5 * (1 - relative) * gaunt * (Factor * Factor - Factor);
            prediction.Approaches(Name(setting), size => slope * size * size, 4, 0.1).Relative(Share(setting), slope, 1e-3);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (var setting in Settings)
        {
            var attention = new Attention(setting.Normalization, setting.Beta);
            double moment = setting.Normalization == Normalization.None ? 10 * Math.Exp(-setting.Beta) : 0.1; // rates are of order e^β
            double rate = Math.Log(Run(1e-6, moment) / 1e-6) / moment, time = Math.Log(Factor) / rate;
            double[] sums = [.. Sizes.Select(size => 0.5 * (Run(size, time) + Run(-size, time)))];
            measurement.Curve(new Curve(Name(setting), "ε", Sizes, sums) { LogX = true, LogY = true }).Figure(Share(setting), sums[0] / (Sizes[0] * Sizes[0]));

            double Run(double size, double until) =>
                DensityRecord.Of(trial, attention, 3, [(setting.Degree, 0, size)], 1e-11, 0, until).MustComplete(measurement).Coefficient(1, setting.Degree, 0);
        }
        return measurement;
    }

    private static string Name((Normalization Normalization, int Degree, double Beta) setting) =>
        $"½(a_+ + a_−), {(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, k = {setting.Degree}, β = {setting.Beta}";

    private static string Share((Normalization Normalization, int Degree, double Beta) setting) => $"{Name(setting)}, over ε² at the smallest ε";
}
