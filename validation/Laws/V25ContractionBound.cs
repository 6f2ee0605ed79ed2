using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The theorem on contraction for small β (THEORY 4.1).</summary>
public sealed class V25ContractionBound : Law
{
    private const double Until = 14;

    private static readonly double[] Betas = [-0.1, 0.1];
    private static readonly int[] Dimensions = [2, 4];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V25", "Contraction for small β")
    {
        Statement = "For μ_0 with a density in L² and ∫x dμ_0 ≠ 0 there are β_0, C_0, T_0 such that for |β| < β_0 and some x_∞: W_2(μ_t, δ_{x_∞}) ≤ C_0 e^{−t/100}, t ≥ T_0 (unnormalized).",
        Source = "arXiv:2504.14697, main theorem, as quoted by arXiv:2512.01868; THEORY 4.1",
        Status = ClaimStatus.AsPrinted,
        Tag = "text (survey)",
        Hypotheses = ["∫x dμ_0 ≠ 0", "β small: β_0 is not explicit, ±0.1 is tried", "no noise"],
        Method = "Characteristics from random densities of degree ≤ 3, d = 2 and zonal d = 4, 1 (quick), 3, 10 draws each, β = ±0.1, t ≤ 14, tolerance 1e-6: the smallest −d log W_2/dt between outputs from W_2 < 0.3 on, W_2 the chordal distance to the Dirac at the mean, √(2(1 − |∫x dμ|)). (The arc is at most π/2 times the chord, which is a matter of C_0; x_∞ differs from the mean by less than W_2 decays.)",
        Tolerance = "Inequality. The rate itself is that of V24, fifty times the bound.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 0.1}
            initial: {modes: [{degree: 1, order: 1, amplitude: 0.1}, {degree: 2, order: -1, amplitude: 0.1}]}
            method: {scheme: characteristics}
            time: {until: 14, every: 0.25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions)
            foreach (double beta in Betas) prediction.AtLeast(Name(d, beta), 0.01);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (int d in Dimensions)
        {
            foreach (double beta in Betas)
            {
                TimeSeries[] runs = [.. Enumerable.Range(0, trial.At(1, 3, 10)).Select(draw => Distance(trial, measurement, d, beta, draw))];
                measurement.Figure(Name(d, beta), runs.Min(Slowest)).Curve(new Curve($"W_2, d = {d}, β = {beta}", "t", runs[0].Times, runs[0].Values) { LogY = true });
            }
        }
        return measurement;
    }

    private static TimeSeries Distance(Trial trial, Measurement measurement, int dimension, double beta, int draw)
    {
        RandomNumbers random = trial.Random(10 * draw + dimension);
        var basis = new HarmonicBasis(dimension, 3);
        var start = new double[basis.Count];
        start[0] = 1;
        for (int i = 1; i < start.Length; i++) start[i] = 0.1 * (2 * random.NextUniform() - 1);
        start[1] = 0.05 + 0.5 * Math.Abs(start[1]);
        CharacteristicRecord run = CharacteristicRecord.Of(trial, new Attention(Normalization.None, beta), basis, start, 1e-6, [.. DensitySettings.Schedule(Until, 0.25)]).MustComplete(measurement);
        TimeSeries gap = Contraction.Gap(run.Snapshots);
        return gap with { Values = Array.ConvertAll(gap.Values, value => Math.Sqrt(2 * value)) };
    }

    private static double Slowest(TimeSeries distance)
    {
        int from = Array.FindIndex(distance.Values, value => value < 0.3);
        if (from < 0) return double.NaN;
        return Enumerable.Range(from, distance.Values.Length - 1 - from).Min(k => Math.Log(distance.Values[k] / distance.Values[k + 1]) / (distance.Times[k + 1] - distance.Times[k]));
    }

    private static string Name(int dimension, double beta) => $"slowest rate of W_2, d = {dimension}, β = {beta}";
}
