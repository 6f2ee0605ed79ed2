using MathNet.Numerics.RootFinding;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The β at which the transition turns from continuous to discontinuous (THEORY 6.6).</summary>
public sealed class V37Tricritical : Law
{
    private static readonly double[] Sizes = [0.04, 0.02];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V37", "Tricritical β")
    {
        Statement = "The bifurcation at κ_c is supercritical for β < β_* and subcritical for β > β_*, I_{d/2+1}(β_*)/I_{d/2}(β_*) = 1/d: β_* = 2.446918 (d = 2), 1.816155 (d = 3), 1.575257 (d = 4). At κ slightly above κ_c a state with m > 0 exists only beyond β_*.",
        Source = "arXiv:2606.05140 (β_*); THEORY 6.6, A2",
        Status = ClaimStatus.AsPrinted,
        Tag = "text and derived, c09",
        Hypotheses = ["unnormalized", "κ at κ_c, or 0.1 % above"],
        Method = "At κ_c measured as in V35, d(m⁻²)/dt of a run from m = 0.04 and 0.02 once degree 2 is slaved, extrapolated to m = 0; its zero in β by the secant rule. Existence: a run from m = 0.9/d at 1.001 κ_c, β_* ± 0.35 as measured.",
        Tolerance = "1e-3, as theory asks. m beyond β_*: at least 0.3; below: m has fallen below 0.1 and still falls.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 2.8, noise: 1.194}
            initial: {modes: [{degree: 1, order: 1, amplitude: 0.8}]}
            time: {until: 200, every: 10}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions(trial))
        {
            prediction.Absolute(Point(d), Brent.FindRoot(beta => d * FunkHecke.Lambda(d, 2, beta) / FunkHecke.Lambda(d, 1, beta) - 1, 0.1, 10, 1e-12, 100), 1e-3);
            prediction.AtLeast(Beyond(d), 0.3).AtMost(Below(d), 0.1).AtMost(Falling(d), 0);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (int d in Dimensions(trial))
        {
            double point = Secant(beta => Cubic(trial, measurement, d, beta), 1.2, 2);
            measurement.Figure(Point(d), point).Figure(Beyond(d), Rest(trial, measurement, d, point + 0.35).Order);
            StationaryState below = Rest(trial, measurement, d, point - 0.35);
            measurement.Figure(Below(d), below.Order).Figure(Falling(d), below.Order - below.OrderParameter.Values[0]);
        }
        return measurement;
    }

    private static int[] Dimensions(Trial trial) => trial.At<int[]>([2, 3], [2, 3, 4], [2, 3, 4, 5]);

    private static string Point(int d) => $"β_*, d = {d}";

    private static string Beyond(int d) => $"m at 1.001 κ_c, β_* + 0.35, d = {d}";

    private static string Below(int d) => $"m at 1.001 κ_c, β_* − 0.35, d = {d}";

    private static string Falling(int d) => $"its change over the last piece, d = {d}";

    // d(m^−2)/dt at κ_c, which is a positive multiple of B: ṁ = −C m³ + O(m⁵).
    private static double Cubic(Trial trial, Measurement measurement, int d, double beta)
    {
        double threshold = NoiseThreshold.Find(trial, measurement, Normalization.None, d, beta);
        double[] slopes = [.. Sizes.Select(size =>
        {
            double[] m = new StationaryState(trial, measurement, d, beta, size).Run(threshold, 0, 12, 24).OrderParameter.Values;
            return (1 / (m[2] * m[2]) - 1 / (m[1] * m[1])) / 12;
        })];
        return (4 * slopes[1] - slopes[0]) / 3;
    }

    private static StationaryState Rest(Trial trial, Measurement measurement, int d, double beta)
    {
        double threshold = NoiseThreshold.Find(trial, measurement, Normalization.None, d, beta);
        var state = new StationaryState(trial, measurement, d, beta, 0.9 / d);
        state.Run(0.8 * threshold, 0, 20); // into the well, if there is one
        state.Settle(1.001 * threshold, 100, 1e-6, trial.At(8, 20, 40));
        return state;
    }

    private static double Secant(Func<double, double> value, double left, double right)
    {
        (double atLeft, double atRight) = (value(left), value(right));
        for (int step = 0; step < 8 && Math.Abs(right - left) > 1e-5; step++)
        {
            double next = right - atRight * (right - left) / (atRight - atLeft);
            (left, atLeft, right, atRight) = (right, atRight, next, value(next));
        }
        return right;
    }
}
