using Meanfield.Training;

namespace Meanfield.Validation;

/// <summary>How far a cluster is pulled off its well by an optimal control (THEORY 5.3).</summary>
public sealed class V52EscapeLaw : Law
{
    private const double First = 1.5, Second = 0.75, Strength = 2, Regularization = 0.3, Goal = 1e-3;

    private static readonly double[] Horizons = [0.3, 0.6, 1.2];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V52", "Linear-quadratic escape law")
    {
        Statement = "For small displacements of a Dirac, ẋ = −ωx + u, cost (q/2)(x_T − x*)² + (λ/2)∫u²: x_T = (G_T q x*/λ)/(1 + q G_T/λ), G_T = (1 − e^{−2ωT})/2ω, ω = (a₁−a₂)e^{βa₁}; independent of T once ωT is large.",
        Source = "THEORY 5.3 (after arXiv:2605.07772)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c13",
        Hypotheses = ["small displacement (x* = 0.001)", "κ → 0"],
        Method = "Network with a bias only, squared error of the mean, β = 1, A = diag(1.5, 0.75), from the stationary density; κ = 0.02 and 0.01, extrapolated linearly to 0.",
        Tolerance = "1e-4 relative, as theory asks: what is left is of order κ² and h².",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double rate = (First - Second) * Math.Exp(First);
        return new Prediction().RelativeCurve("x_T", horizon =>
        {
            double reach = (1 - Math.Exp(-2 * rate * horizon)) / (2 * rate) * Strength / Regularization;
            return reach * Goal / (1 + reach);
        }, 1e-4);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] horizons = trial.At(Horizons[..2], Horizons, Horizons);
        double[] broad = Displacements(0.02, 96, horizons, trial), narrow = Displacements(0.01, 128, horizons, trial);
        return new Measurement().Curve("x_T", "T", horizons, [.. narrow.Zip(broad, (n, b) => 2 * n - b)]);
    }

    private static double[] Displacements(double noise, int bandlimit, double[] horizons, Trial trial)
    {
        double[] well = TrainedWell.Stationary(First, Second, noise, bandlimit);
        var mean = new MeanVector(2);
        double[] target = new double[3], weights = [0, 0, Strength / 2]; // (q/2)(m_y − x*)²
        mean.Add(1, 2 * Goal, target);
        return [.. horizons.Select(horizon =>
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            ControlProblem problem = TrainedWell.Problem(First, Second, noise, new FeatureMap(new ConstantFeature(2)),
                new DepthGrid(bandlimit, horizon, (int)(400 * horizon)), well, new MomentLoss(target, weights), Regularization);
            problem.Evaluate(Trainer.Train(problem, new TrainingSettings()).Controls);
            return mean.Read(problem.Map.Final, 1);
        })];
    }
}
