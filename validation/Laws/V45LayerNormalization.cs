using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>How layer normalization sets the speed of contraction (THEORY 6.10).</summary>
public sealed class V45LayerNormalization : Law
{
    private const int Count = 8;
    private const double Cosine = 0.1;

    private static readonly (NormPlacement Placement, double Slope, Func<double, double> Clock, double From, double Until)[] Schemes =
    [
        (NormPlacement.Post, -2, t => t, 6, 12), (NormPlacement.Ngpt, -2, t => t, 6, 12), (NormPlacement.Cod, -4, t => Math.Sqrt(t + 1), 14, 40),
        (NormPlacement.Pre, -2, Math.Log, 1e3, 1e5), (NormPlacement.Peri, -2, Math.Log, 1e3, 1e5), (NormPlacement.Mix, -2, Math.Log, 1e3, 1e5),
    ];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V45", "Placement of layer normalization")
    {
        Statement = "Softmax, tokens gathering: d/dt log Var → −2/s, s the speed regulator: Var ~ e^{−2t} with Post-LN (s = 1), t^{−2} with Pre-, Mix- and Peri-LN (s = r, r‖A‖, r growing like t), e^{−2αt} with nGPT (s = ‖A‖/α), e^{−4√t} with CoD (s = √(t+1)).",
        Source = "arXiv:2510.22026v2, Table 2 (the row of nGPT corrected to α·Var); arXiv:2512.01868; THEORY 6.10, c15",
        Status = ClaimStatus.Corrected,
        Tag = "text, c15",
        Hypotheses = ["softmax", "Q = K = V = I", "tokens in an open hemisphere"],
        Method = "n = d = 8 equiangular tokens (ρ_0 = 0.1), β = 1, token solver at tolerance 1e-10, nGPT with α = 1; slope of log Var in t (Post, nGPT; t = 6 … 12), in √(t+1) (CoD; t = 14 … 40), in log t (Pre, Mix, Peri; t = 1e3 … 1e5), 13 output times.",
        Tolerance = "1e-2, as theory asks.",
        Case = """
            dimension: 8
            attention: {normalization: softmax, beta: 1, layer_norm: pre}
            initial: {tokens: {count: 8, law: equiangular, cosine: 0.1}}
            method: {scheme: particles, tolerance: 1.0e-10}
            time: {until: 1000, every: 25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var scheme in Schemes) prediction.Exponent(Name(scheme.Placement), scheme.Slope, 1e-2);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (var scheme in Schemes)
        {
            double[] times = [0, .. Enumerable.Range(0, 13).Select(i => scheme.From * Math.Pow(scheme.Until / scheme.From, i / 12.0))];
            TokenSettings settings = TokenRecord.Settings(1e-10, 1, times) with { Norm = new NormSettings(scheme.Placement) };
            TokenRecord run = TokenRecord.Of(trial, new TokenModel(new Attention(Normalization.Softmax, 1), Count), EquiangularTokens.Create(Count, Count, Cosine), settings);
            double[] variances = [.. run.Snapshots.Skip(1).Select(snapshot => snapshot.Observables.Variance)];
            measurement.Figure(Name(scheme.Placement), LineFit.Through([.. times.Skip(1).Select(scheme.Clock)], [.. variances.Select(variance => Math.Log(variance))]))
                .Curve(new Curve($"variance, {scheme.Placement}", "t", times[1..], variances) { LogX = scheme.From > 100, LogY = true });
        }
        return measurement;
    }

    private static string Name(NormPlacement placement) => placement switch
    {
        NormPlacement.Post or NormPlacement.Ngpt => $"d log Var/dt, {placement}",
        NormPlacement.Cod => $"d log Var/d√(t+1), {placement}",
        _ => $"d log Var/d log t, {placement}",
    };
}
