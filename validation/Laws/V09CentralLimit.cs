using MathNet.Numerics;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Sizes of the harmonics of iid uniform tokens (THEORY 3.1).</summary>
public sealed class V09CentralLimit : Law
{
    private const int Many = 200;

    private static readonly (int Dimension, int Degree)[] Harmonics = [(2, 3), (3, 2), (3, 5)];
    private static readonly int[] Counts = [2, 10, 50];
    private static readonly double[] Levels = [0.3, 1, 2]; // in units of D

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V09", "Noise of iid uniform tokens")
    {
        Statement = "For N iid uniform tokens and S = Σ_m a_km² over the D harmonics of a degree: E NS = D and Var NS = 2D(1 − 1/N) exactly for every N (on the circle NS = 2N|c_k|²: E N|c_k|² = 1, Var N|c_k|² = 1 − 1/N), and NS → χ²_D as N → ∞.",
        Source = "THEORY 3.1; the variance for d ≥ 3 from NS = (1/N) Σ_ij D P_k(x_i·x_j), whose pairs i ≠ j are uncorrelated with E P_k² = 1/D",
        Status = ClaimStatus.Derived,
        Tag = "derived, c21",
        Hypotheses = ["tokens iid uniform on S^(d−1)"],
        Method = "Moments of seeded samples of N = 2, 10, 50 tokens, 56,000 draws each (quick: 8,000), and the law of NS for N = 200 (4,000 and 20,000 draws) at three levels; k = 3 on the circle, k = 2 and 5 on the sphere.",
        Tolerance = "5 standard errors (Sample.Sigmas) of 56,000 draws, which are theory's 3 of 20,000; of mean and variance at most 0.1 and 0.25 of their size, of shares at most 0.05; their law is that of N → ∞ up to O(1/N).",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((int d, int k) in Harmonics)
        {
            double freedom = Multiplicity.Of(d, k);
            foreach (int n in Counts)
            {
                prediction.Within(Name("mean of NS", d, k, n), freedom, Sample.Sigmas, 0.1 * freedom);
                prediction.Within(Name("variance of NS", d, k, n), 2 * freedom * (1 - 1.0 / n), Sample.Sigmas, 0.25 * 2 * freedom);
            }
            foreach (double level in Levels)
                prediction.Within(Share(level, d, k), SpecialFunctions.GammaLowerRegularized(0.5 * freedom, 0.5 * level * freedom), Sample.Sigmas, 0.05);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        int stream = 0;
        foreach ((int d, int k) in Harmonics)
        {
            foreach (int n in Counts)
            {
                Sample sizes = Draw(trial, d, k, n, trial.At(8000, 56_000, 400_000), ref stream);
                measurement.Figure(Name("mean of NS", d, k, n), sizes.Mean, sizes.MeanError);
                measurement.Figure(Name("variance of NS", d, k, n), sizes.Deviation * sizes.Deviation, 2 * sizes.Deviation * sizes.DeviationError);
            }
            Sample many = Draw(trial, d, k, Many, trial.At(4000, 20_000, 100_000), ref stream);
            foreach (double level in Levels)
            {
                double share = many.Draws.Count(size => size <= level * Multiplicity.Of(d, k)) / (double)many.Draws.Count;
                measurement.Figure(Share(level, d, k), share, Math.Sqrt(share * (1 - share) / many.Draws.Count));
            }
        }
        return measurement;
    }

    private static string Name(string figure, int d, int k, int n) => $"{figure}, d = {d}, k = {k}, N = {n}";

    private static string Share(double level, int d, int k) => Name($"share of NS ≤ {level}·D", d, k, Many);

    private static Sample Draw(Trial trial, int d, int k, int n, int draws, ref int stream)
    {
        var basis = new HarmonicBasis(d, k);
        var sizes = new double[draws];
        for (int i = 0; i < draws; i++)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            double sum = 0;
            foreach (double a in TokenSample.Uniform(d, n, trial.Seed(stream++)).Moments(k).AsSpan(basis.Start(k), basis.Start(k + 1) - basis.Start(k))) sum += a * a;
            sizes[i] = n * sum;
        }
        return Sample.Of(sizes);
    }
}
