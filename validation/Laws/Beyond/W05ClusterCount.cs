using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>How many clusters form on the sphere, against β.</summary>
public sealed class W05ClusterCount : Law
{
    private const int Tokens = 600;
    private const double Gathered = 0.9, Until = 20, Every = 0.25;
    private const string Count = "clusters", Exponent = "exponent of β in the number of clusters";

    private static readonly double[] Betas = [8, 16, 32];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W05", "Number of clusters on the sphere")
    {
        Statement = "Softmax on S² from iid uniform tokens: the number of clusters present when nine tokens in ten have first gathered in clusters grows as β, like k_max² = 2β (on the circle as √β). Shown beside it: β/√3, the mean number of maxima, ℓ²/(2√3), of a random harmonic of degree ℓ² = 2β, a rough guide only, since neighbouring degrees mix and maxima merge while others still form.",
        Source = "Θ(√β) clusters on the circle: arXiv:2512.01868; the exponent d − 1 = 2 of √β on S² is expected, not proven; critical points of random harmonics: Cammarota, Marinucci, Wigman (recalled)",
        Status = ClaimStatus.Conjectural,
        Tag = "conjectural",
        Hypotheses = ["d = 3, softmax, no noise", "many more tokens than clusters"],
        Method = "Token solver, 600 tokens, tolerance 1e-3, β = 8, 16, 32, t ≤ 20, every 0.25: number of clusters of the census (mass at least 0.5 %, docs/clouds.md) at the first output with 90 % of the tokens in clusters, mean over 2 (quick), 10, 60 draws; exponent by least squares.",
        Tolerance = "Exponent 1 ± 0.25: counts are near 4, 9, 18, so that one cluster more or less in a draw moves it by 0.1.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: 16}
            initial: {tokens: {count: 600}}
            method: {scheme: particles}
            time: {until: 20, every: 0.25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction().Curve(Count, beta => beta / Math.Sqrt(3), double.PositiveInfinity).Absolute(Exponent, 1, 0.25);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        int draws = trial.At(2, 10, 60);
        double[] means = [.. Betas.Select((beta, i) => Enumerable.Range(0, draws).Average(draw => Formed(trial, measurement, beta, trial.Seed(i * draws + draw))))];
        return measurement.Curve(new Curve(Count, "β", Betas, means) { LogX = true, LogY = true }).Figure(Exponent, LineFit.Power(Betas, means));
    }

    private static double Formed(Trial trial, Measurement measurement, double beta, ulong seed)
    {
        var model = new TokenModel(new Attention(Normalization.Softmax, beta), 3);
        TokenRecord run = TokenRecord.Of(trial, model, TokenSample.Uniform(3, Tokens, seed), TokenRecord.Settings(1e-3, 1, DensitySettings.Schedule(Until, Every)));
        Snapshot? formed = run.Snapshots.FirstOrDefault(snapshot => snapshot.ClusterIds!.Count(id => id >= 0) >= Gathered * Tokens);
        if (formed is null) measurement.Violates($"nine tokens in ten gather by t = {Until} at β = {beta}");
        return formed?.Observables.Clusters ?? double.NaN;
    }
}
