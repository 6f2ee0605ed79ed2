using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>Wasserstein distance of iid tokens of the circle from their law (THEORY 6.8).</summary>
public sealed class V41SampleDistance : Law
{
    private static readonly int[] Counts = [2, 10, 100, 1000];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V41", "W₂ of an iid sample")
    {
        Statement = "For N iid uniform tokens on the circle N·E W₂²(μ_N, σ) = π²/3, exactly for every N; N·W₂² tends to (2π)² times Watson's statistic, of variance (4π²)²/360.",
        Source = "THEORY 6.8, A5 (N → ∞); exact here: W₂² = Var(θ_(i) − 2π(i−½)/N) + (2π/N)²/12, and the moments of uniform order statistics add up to 4π²/(12N); variance: G. S. Watson, Biometrika 48 (1961)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c15",
        Hypotheses = ["tokens iid uniform on the circle"],
        Method = "CircleDistance.SecondToUniform of seeded samples of N = 2, 10, 100, 1000 tokens, 8,000 draws each (default 60,000; thorough 600,000), the same distance by the general algorithm against 20,000 equidistant points for a few of them.",
        Tolerance = "Sample.Sigmas standard errors, at most 0.15 of the mean and 0.5 of the variance (theory: 3); N → ∞ in the variance is taken at N = 1000. The two algorithms: 1e-6 of W₂².",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int count in Counts) prediction.Within(Mean(count), Math.PI * Math.PI / 3, Sample.Sigmas, 0.5);
        double variance = Math.Pow(2 * Math.PI, 4) / 360;
        return prediction.Within(Spread, variance, Sample.Sigmas, 0.5 * variance).Absolute(General, 0, 1e-6);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        int stream = 0;
        foreach (int count in Counts)
        {
            var draws = new double[trial.At(8000, 60_000, 600_000)];
            for (int i = 0; i < draws.Length; i++)
            {
                trial.Cancellation.ThrowIfCancellationRequested();
                double distance = CircleDistance.SecondToUniform(new Cloud(2, TokenSample.Uniform(2, count, trial.Seed(stream++)).ByCoordinate()));
                draws[i] = count * distance * distance;
            }
            var sample = Sample.Of(draws);
            measurement.Figure(Mean(count), sample.Mean, sample.MeanError);
            if (count == Counts[^1]) measurement.Figure(Spread, sample.Deviation * sample.Deviation, 2 * sample.Deviation * sample.DeviationError);
        }
        return measurement.Figure(General, Difference(trial.Seed(stream)));
    }

    private const string Spread = "variance of N·W₂², N = 1000", General = "relative difference of the general algorithm, W₂²";

    private static string Mean(int count) => $"N·E W₂², N = {count}";

    private static double Difference(ulong seed)
    {
        const int Points = 20_000;
        double[] grid = CirclePoints.At(Enumerable.Range(0, Points).Select(i => 2 * Math.PI * (i + 0.5) / Points)).ByCoordinate();
        double[] tokens = TokenSample.Uniform(2, 10, seed).ByCoordinate();
        double general = CircleDistance.Second(new Cloud(2, tokens), new Cloud(2, grid)), closed = CircleDistance.SecondToUniform(new Cloud(2, tokens));
        return general * general / (closed * closed) - 1;
    }
}
