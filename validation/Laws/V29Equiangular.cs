using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Tokens with equal inner products keep them equal, and these obey an equation of their own (THEORY 6.1).</summary>
public sealed class V29Equiangular : Law
{
    private const double Time = 1.2;
    private const int Intervals = 12, StepsPerInterval = 400;

    private static readonly (Normalization Normalization, int Count, double Beta)[] Settings =
        [(Normalization.Softmax, 4, 1), (Normalization.Softmax, 6, 3), (Normalization.None, 4, 1), (Normalization.None, 6, -1.5)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V29", "Equiangular tokens")
    {
        Statement = "n orthonormal tokens stay equiangular and their cosine obeys ρ̇ = 2e^{βρ}(1−ρ)((n−1)ρ+1)/(e^β+(n−1)e^{βρ}) with softmax, (2/n)e^{βρ}(1−ρ)((n−1)ρ+1) without.",
        Source = "arXiv:2312.10794v5, section 6.2; arXiv:2512.01868; THEORY 6.1",
        Status = ClaimStatus.AsPrinted,
        Tag = "text, c10",
        Hypotheses = ["Q = K = V = I", "no noise", "d ≥ n, tokens orthonormal at the start"],
        Method = "Token solver, d = n = 4 and 6, direct forces, tolerance 1e-12, t ≤ 1.2: mean and spread of all cosines; the equation by classical Runge–Kutta with 4,800 steps.",
        Tolerance = "Cosine 1e-10 and spread 1e-14, as theory asks.",
        Case = """
            dimension: 4
            attention: {normalization: softmax, beta: 1}
            initial: {tokens: {count: 4, law: equiangular}}
            method: {scheme: particles, tolerance: 1.0e-12}
            time: {until: 1.2, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
        {
            double[] cosines = Integrate(setting.Normalization, setting.Count, setting.Beta);
            prediction.Curve(Cosine(setting), t => cosines[(int)Math.Round(t / Time * Intervals)], 1e-10).AtMost(Spread(setting), 1e-14);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] times = [.. Enumerable.Range(0, Intervals + 1).Select(i => Time * i / Intervals)];
        foreach (var setting in Settings)
        {
            int n = setting.Count;
            var record = TokenRecord.Of(
                trial, new TokenModel(new Attention(setting.Normalization, setting.Beta), n), EquiangularTokens.Create(n, n, 0), TokenRecord.Settings(1e-12, 1, times));
            double spread = 0;
            var means = new double[times.Length];
            for (int k = 0; k < times.Length; k++)
            {
                double[] cosines = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, i) select record.Cosine(k, i, j)];
                means[k] = cosines.Average();
                spread = Math.Max(spread, cosines.Max() - cosines.Min());
            }
            measurement.Curve(Cosine(setting), "t", times, means).Figure(Spread(setting), spread);
        }
        return measurement;
    }

    private static string Cosine((Normalization Normalization, int Count, double Beta) setting) => $"cosine, {Name(setting)}";

    private static string Spread((Normalization Normalization, int Count, double Beta) setting) => $"spread of cosines, {Name(setting)}";

    private static string Name((Normalization Normalization, int Count, double Beta) setting) =>
        $"{(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, n = {setting.Count}, β = {setting.Beta}";

    private static double[] Integrate(Normalization normalization, int n, double beta)
    {
        var cosines = new double[Intervals + 1];
        double h = Time / (Intervals * StepsPerInterval), cosine = 0;
        for (int step = 1; step <= Intervals * StepsPerInterval; step++)
        {
            double k1 = Rate(cosine), k2 = Rate(cosine + 0.5 * h * k1), k3 = Rate(cosine + 0.5 * h * k2), k4 = Rate(cosine + h * k3);
            cosine += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            if (step % StepsPerInterval == 0) cosines[step / StepsPerInterval] = cosine;
        }
        return cosines;

        double Rate(double r) => normalization == Normalization.Softmax
            ? 2 * Math.Exp(beta * r) * (1 - r) * ((n - 1) * r + 1) / (Math.Exp(beta) + (n - 1) * Math.Exp(beta * r))
            : 2.0 / n * Math.Exp(beta * r) * (1 - r) * ((n - 1) * r + 1);
    }
}
