using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>How fast tokens of a cap meet (THEORY 4.2).</summary>
public sealed class V23DiracRate : Law
{
    private const int Tokens = 40, Outputs = 80;
    private const double Width = 0.4;

    private static readonly (Normalization Normalization, int Dimension, double Beta, double Until)[] Settings =
    [
        (Normalization.None, 2, 0, 11.5), (Normalization.None, 2, 1, 4.3), (Normalization.None, 3, 0.5, 7), (Normalization.None, 5, 1, 4.3),
        (Normalization.Softmax, 2, 1, 11.5), (Normalization.Softmax, 3, 0.5, 11.5), (Normalization.Softmax, 5, 3, 11.5),
    ];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V23", "Contraction to a Dirac")
    {
        Statement = "Data in a cap contract to a point: 1 − |∫x dμ| decays at 2e^β without normalization and at 2 with softmax, in every dimension; and dE/dt = 2e^β(E_max − E), 2(E_max − E) near it.",
        Source = "THEORY 4.2",
        Status = ClaimStatus.Derived,
        Tag = "derived, c07",
        Hypotheses = ["all tokens in an open hemisphere", "no noise"],
        Method = "Token solver, 40 tokens drawn at random in a cap about one point, d = 2, 3, 5, tolerance 1e-10: log-slope of 1 − |∫x dμ| from 1e-4 to 1e-9; dE/dt over the missing energy at the last output with 1 − |∫x dμ| ≥ 1e-6, E_max = e^β/2β the energy of a point.",
        Tolerance = "1e-3 relative, as theory asks. Energy 1e-4: at that distance both sides deviate by 1e-6, and the difference of energies has 10 digits.",
        Case = null,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
        {
            double rate = setting.Normalization == Normalization.Softmax ? 2 : 2 * Math.Exp(setting.Beta);
            prediction.Relative($"rate of 1 − |∫x dμ|, {Name(setting)}", rate, 1e-3);
            if (setting.Beta != 0) prediction.Relative($"dE/dt over the missing energy, {Name(setting)}", rate, 1e-4);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        for (int i = 0; i < Settings.Length; i++)
        {
            var setting = Settings[i];
            var model = new TokenModel(new Attention(setting.Normalization, setting.Beta), setting.Dimension);
            TokenRecord run = TokenRecord.Of(trial, model, Cap(trial.Random(i), setting.Dimension), TokenRecord.Settings(1e-10, 1, DensitySettings.Schedule(setting.Until, setting.Until / Outputs)));
            TimeSeries gap = Contraction.Gap(run.Snapshots);
            measurement.Figure($"rate of 1 − |∫x dμ|, {Name(setting)}", Contraction.Rate(gap, 1e-9, 1e-4))
                .Curve(new Curve($"1 − |∫x dμ|, {Name(setting)}", "t", gap.Times, gap.Values) { LogY = true });
            if (setting.Beta == 0) continue;
            Observables at = run.Snapshots[Array.FindLastIndex(gap.Values, value => value >= 1e-6)].Observables;
            measurement.Figure($"dE/dt over the missing energy, {Name(setting)}", at.Dissipation / (Math.Exp(setting.Beta) / (2 * setting.Beta) - at.Energy));
        }
        return measurement;
    }

    private static TokenSample Cap(RandomNumbers random, int dimension)
    {
        var positions = new double[Tokens * dimension];
        for (int i = 0; i < positions.Length; i++) positions[i] = (i % dimension == 0 ? 1 : 0) + Width * (2 * random.NextUniform() - 1);
        return new TokenSample(dimension, positions);
    }

    private static string Name((Normalization Normalization, int Dimension, double Beta, double Until) setting) =>
        $"{(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, d = {setting.Dimension}, β = {setting.Beta}";
}
