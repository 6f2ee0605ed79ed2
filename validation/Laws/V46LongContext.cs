using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>One layer of attention over a long context has a phase transition in β (THEORY 6.11).</summary>
public sealed class V46LongContext : Law
{
    private static readonly double[] Cosines = [0.3, 0.6];
    private static readonly double[] Powers = [0.3, 1, 1.7]; // of γ(1−ρ)

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V46", "Long-context transition")
    {
        Statement = "n equiangular tokens of cosine ρ, one layer of softmax attention with β_n = γ log n: as n → ∞ the cosine of two outputs tends to 1 for γ < 1/(1−ρ), to 4ρ/(1+3ρ) at equality, to ρ beyond.",
        Source = "arXiv:2512.01868 (long-context attention); THEORY 6.11, c10",
        Status = ClaimStatus.AsPrinted,
        Tag = "text, c10",
        Hypotheses = ["tokens equiangular, hence d ≥ n", "Q = K = V = I"],
        Method = "Attention outputs of the token solver (direct sums), d = n = 64 … 256 (512, 1024), ρ = 0.3, 0.6, γ(1−ρ) = 0.3, 1, 1.7. Prediction for finite n from the weights a = 1/(1 + (n−1)n^{−γ(1−ρ)}) and (1−a)/(n−1) and the Gram matrix; order in n of the distance from the limits.",
        Tolerance = "Finite n: 1e-11. Limits: order −1 ± 0.05 at the transition (so 1e-3 from n = 700 on, theory's tolerance), −0.7 ± 0.05 beyond it; below it the distance must fall at least like n^{−1}.",
        Case = """
            dimension: 64
            attention: {normalization: softmax, beta: 5.941}
            initial: {tokens: {count: 64, law: equiangular, cosine: 0.3}}
            method: {scheme: particles}
            time: {until: 0.1, every: 0.05}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (double cosine in Cosines)
        {
            foreach (double power in Powers)
            {
                prediction.RelativeCurve(Name(cosine, power), n => Finite(n, cosine, power), 1e-11);
                if (power < 1) prediction.AtMost(Below(cosine), 0);
                else prediction.Approaches(Name(cosine, power), _ => power == 1 ? 4 * cosine / (1 + 3 * cosine) : cosine, power == 1 ? -1 : 1 - power, 0.05);
            }
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] counts = trial.At<double[]>([64, 128, 256], [64, 128, 256, 512], [64, 128, 256, 512, 1024]);
        foreach (double cosine in Cosines)
        {
            foreach (double power in Powers)
            {
                double[] outputs = [.. counts.Select(n => Output(trial, (int)n, cosine, power))];
                measurement.Curve(new Curve(Name(cosine, power), "n", counts, outputs) { LogX = true });
                if (power < 1) measurement.Figure(Below(cosine), (1 - outputs[^1]) / (1 - outputs[0]) / (counts[0] / counts[^1]) - 1);
            }
        }
        return measurement;
    }

    private static string Name(double cosine, double power) => $"cosine of two outputs, ρ = {cosine}, γ(1−ρ) = {power}";

    private static string Below(double cosine) => $"n(1 − cosine), last over first, less 1, ρ = {cosine}, γ(1−ρ) = 0.3";

    private static double Output(Trial trial, int n, double cosine, double power)
    {
        trial.Cancellation.ThrowIfCancellationRequested();
        double beta = power / (1 - cosine) * Math.Log(n);
        var output = new double[n * n];
        new DirectForce(new TokenModel(new Attention(Normalization.Softmax, beta), n), n, threads: 1).Attend(EquiangularTokens.Create(n, n, cosine).ByCoordinate(), output);
        double first = 0, second = 0, product = 0;
        for (int at = 0; at < output.Length; at += n)
        {
            first += output[at] * output[at];
            second += output[at + 1] * output[at + 1];
            product += output[at] * output[at + 1];
        }
        return product / Math.Sqrt(first * second);
    }

    private static double Finite(double n, double cosine, double power)
    {
        double own = 1 / (1 + (n - 1) * Math.Pow(n, -power)), other = (1 - own) / (n - 1);
        double norm = own * own + 2 * own * (1 - own) * cosine + other * other * (n - 1) * (1 + (n - 2) * cosine);
        double product = own * own * cosine + 2 * own * other * (1 + (n - 2) * cosine) + other * other * (n - 2 + ((n - 1) * (n - 1) - (n - 2)) * cosine);
        return product / norm;
    }
}
