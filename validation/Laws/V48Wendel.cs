using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>How often iid uniform tokens lie in an open hemisphere, where clustering is certain (THEORY 6.3).</summary>
public sealed class V48Wendel : Law
{
    private static readonly (int Dimension, int Count)[] Settings = [(2, 4), (3, 6), (3, 10), (4, 8)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V48", "Wendel's theorem")
    {
        Statement = "n iid uniform points of S^(d−1) lie in an open hemisphere with probability 2^{−(n−1)} Σ_{k<d} C(n−1,k): ½ for (d, n) = (3, 6) and (4, 8).",
        Source = "J. G. Wendel, Math. Scand. 11 (1962); cited in arXiv:2312.10794; THEORY 6.3",
        Status = ClaimStatus.Recalled,
        Tag = "memory, c10",
        Hypotheses = ["tokens iid uniform"],
        Method = "Seeded samples of the token solver: 5,000 (default 50,000; thorough 500,000) draws for each of (d, n) = (2, 4), (3, 6), (3, 10), (4, 8). n points in general position have an open hemisphere exactly if some d − 1 of them span a hyperplane that has all others strictly on one side.",
        Tolerance = "Sample.Sigmas standard errors, at most 0.05 (theory: 3).",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((int d, int n) in Settings)
            prediction.Within(Name(d, n), Enumerable.Range(0, d).Sum(k => SpecialFunctions.Binomial(n - 1, k)) / Math.Pow(2, n - 1), Sample.Sigmas, 0.05);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        int draws = trial.At(5000, 50_000, 500_000), stream = 0;
        foreach ((int d, int n) in Settings)
        {
            int found = 0;
            for (int draw = 0; draw < draws; draw++)
            {
                trial.Cancellation.ThrowIfCancellationRequested();
                if (InHemisphere(d, TokenSample.Uniform(d, n, trial.Seed(stream++)).Positions)) found++;
            }
            double share = found / (double)draws;
            measurement.Figure(Name(d, n), share, Math.Sqrt(share * (1 - share) / draws));
        }
        return measurement;
    }

    private static string Name(int d, int n) => $"share in a hemisphere, d = {d}, n = {n}";

    private static bool InHemisphere(int d, ReadOnlySpan<double> positions)
    {
        int n = positions.Length / d;
        Span<double> normal = stackalloc double[d];
        for (int subset = 0; subset < 1 << n; subset++)
        {
            if (int.PopCount(subset) != d - 1) continue;
            Normal(d, subset, positions, normal);
            int ahead = 0, behind = 0;
            for (int i = 0; i < n; i++)
            {
                if ((subset >> i & 1) != 0) continue;
                double height = 0;
                for (int k = 0; k < d; k++) height += normal[k] * positions[i * d + k];
                if (height > 0) ahead++; else behind++;
            }
            if (ahead == 0 || behind == 0) return true;
        }
        return false;
    }

    // The vector orthogonal to d − 1 points: minors along the missing row (Cramer).
    private static void Normal(int d, int subset, ReadOnlySpan<double> positions, Span<double> normal)
    {
        var rows = Matrix<double>.Build.Dense(d - 1, d);
        for (int i = 0, row = 0; row < d - 1; i++)
        {
            if ((subset >> i & 1) == 0) continue;
            for (int k = 0; k < d; k++) rows[row, k] = positions[i * d + k];
            row++;
        }
        for (int k = 0; k < d; k++) normal[k] = (k % 2 == 0 ? 1 : -1) * rows.RemoveColumn(k).Determinant();
    }
}
