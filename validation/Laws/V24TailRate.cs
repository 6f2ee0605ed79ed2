using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Mass near the antipode holds the contraction up (THEORY 4.2).</summary>
public sealed class V24TailRate : Law
{
    // Density 1 + amplitude·t; at amplitude 1 it vanishes at the antipode like the square of the distance.
    private static readonly (Normalization Normalization, int Dimension, double Beta, double Amplitude, double Until)[] Settings =
    [
        (Normalization.None, 2, 0, 0.8, 15.5), (Normalization.None, 2, 0.3, 0.8, 19.5), (Normalization.None, 2, 0.6, 0.8, 26),
        (Normalization.Softmax, 2, 0.6, 0.8, 15.5), (Normalization.None, 4, 0.6, 0.8, 9.5), (Normalization.None, 2, 0.6, 1, 10),
    ];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V24", "Contraction held up by the tail")
    {
        Statement = "A density that is positive at the antipode of its limit leaves it at e^−β (softmax: 1) per direction: 1 − |∫x dμ| decays at min(2e^β, (d−1)e^−β), softmax min(2, d−1), and the W₂ distance to the Dirac at half of it. A density that vanishes there like dist^p: d − 1 + p for d − 1.",
        Source = "THEORY 4.2, A10",
        Status = ClaimStatus.Derived,
        Tag = "derived, c07",
        Hypotheses = ["no noise", "the density is a continuum: N tokens have an empty antipode and end with 2e^β (trap 8)"],
        Method = "Characteristics with refined panels from the density 1 + 0.8 t and, for p = 2, 1 + t, t = x·e; d = 2 and zonal d = 4; tolerance 1e-6 (quick), 1e-8: log-slope of 1 − |∫x dμ| from 3e-5 to 3e-7 (from 1e-2, as theory has it, the contraction of the bulk still shows where both rates are near each other: 14 % for d = 4). The chordal distance to the Dirac is √(2(1 − |∫x dμ|)), so its rate is half of that by definition.",
        Tolerance = "2 % (theory: 3 %): the window is where the tail is small, not infinitely small.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 0.6}
            initial: {modes: [{degree: 1, order: 1, amplitude: 0.5656854}]}
            method: {scheme: characteristics}
            time: {until: 26, every: 0.25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
        {
            int power = setting.Amplitude == 1 ? 2 : 0;
            bool softmax = setting.Normalization == Normalization.Softmax;
            double repulsion = softmax ? 1 : Math.Exp(-setting.Beta), local = softmax ? 2 : 2 * Math.Exp(setting.Beta);
            prediction.Relative(Name(setting), Math.Min(local, (setting.Dimension - 1 + power) * repulsion), 0.02);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (var setting in Settings)
        {
            var basis = new HarmonicBasis(setting.Dimension, 1);
            var start = new double[basis.Count];
            start[0] = 1;
            start[1] = setting.Amplitude / Math.Sqrt(setting.Dimension); // order +1 on the circle, zonal beyond
            CharacteristicRecord run = CharacteristicRecord.Of(
                trial, new Attention(setting.Normalization, setting.Beta), basis, start, trial.At(1e-6, 1e-8, 1e-8), [.. DensitySettings.Schedule(setting.Until, setting.Until / 80)]).MustComplete(measurement);
            TimeSeries gap = Contraction.Gap(run.Snapshots);
            measurement.Figure(Name(setting), Contraction.Rate(gap, 3e-7, 3e-5)).Curve(new Curve($"1 − |∫x dμ|, {Name(setting)}", "t", gap.Times, gap.Values) { LogY = true });
        }
        return measurement;
    }

    private static string Name((Normalization Normalization, int Dimension, double Beta, double Amplitude, double Until) setting) =>
        $"rate, {(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, d = {setting.Dimension}, β = {setting.Beta}{(setting.Amplitude == 1 ? ", p = 2" : "")}";
}
