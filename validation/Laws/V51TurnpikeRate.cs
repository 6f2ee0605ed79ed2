using Meanfield.Solver;
using Meanfield.Training;

namespace Meanfield.Validation;

/// <summary>How fast the first gradient grows towards the last layer (THEORY 5.3).</summary>
public sealed class V51TurnpikeRate : Law
{
    private static readonly (double Noise, double Rate, int Bandlimit)[] Rates = [(0.05, 7.2879, 100), (0.1, 7.1844, 72), (0.2, 6.9693, 56)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V51", "Turnpike rate")
    {
        Statement = "From W = 0 at the well about e₁ the gradient grows like e^{−ω(T−t)}, ω → (a₁−a₂)e^{βa₁} as κ → 0; β = 1, A = diag(2, 1): ω = 7.2879, 7.1844, 6.9693 at κ = 0.05, 0.1, 0.2.",
        Source = "THEORY 5.3 (after arXiv:2605.07772)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c13: values by matrix exponentials of the adjoint operator at 192 points",
        Hypotheses = ["A has a simple largest eigenvalue", "W = 0 and μ_0 stationary"],
        Method = "Discrete adjoint along 800 steps to T = 2 from the stationary density; slope of log‖G‖ for 0.3 < T − t < 0.7; κ → 0 by the line through κ = 0.05 and 0.1.",
        Tolerance = "0.2 %; the same for the limit, where the curvature of ω(κ) is left.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction().Relative("ω at κ → 0", (2 - 1) * Math.Exp(2), 0.002);
        foreach ((double noise, double rate, _) in Rates) prediction.Relative(Name(noise), rate, 0.002);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var slopes = new List<double>();
        foreach ((double noise, _, int bandlimit) in Rates)
        {
            LineFit fit = Slope(noise, bandlimit);
            measurement.Figure(Name(noise), -fit.Slope, fit.SlopeError);
            slopes.Add(-fit.Slope);
            trial.Cancellation.ThrowIfCancellationRequested();
        }
        return measurement.Figure("ω at κ → 0", 2 * slopes[0] - slopes[1]);
    }

    private static LineFit Slope(double noise, int bandlimit)
    {
        const int Steps = 800;
        const double Horizon = 2;
        ControlProblem problem = TrainedWell.Problem(2, 1, noise, new FeatureMap(new HarmonicFeatures(2, 0, 2)), new DepthGrid(bandlimit, Horizon, Steps),
            TrainedWell.Stationary(2, 1, noise, bandlimit), LinearLoss.Towards(2, Math.Cos(2), Math.Sin(2)), 0.3);
        double[] controls = new double[problem.Size], gradient = new double[problem.Size];
        problem.Evaluate(controls);
        problem.Sensitivity(controls, gradient);
        double[] remaining = [.. Enumerable.Range(0, Steps).Select(k => Horizon * (1 - (k + 0.5) / Steps))];
        double[] logarithms = [.. gradient.Chunk(problem.Flow.Model.ControlSize).Select(layer => 0.5 * Math.Log(layer.Sum(g => g * g)))];
        return LineFit.Through(remaining, logarithms, [.. remaining.Select(s => s is > 0.3 and < 0.7 ? 1.0 : 0)])!.Value;
    }

    private static string Name(double noise) => $"ω at κ = {noise:G}";
}
