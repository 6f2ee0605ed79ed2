using Meanfield.Training;

namespace Meanfield.Validation;

/// <summary>What a trained network obeys (THEORY 5.2).</summary>
public sealed class V50Optimality : Law
{
    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V50", "Optimality and Hamiltonian")
    {
        Statement = "At an optimum W_t = −(1/λ)∫∇φ_t σᵀ dμ_t, H = ∫[∇φ·(∇Φ + PWσ) + κΔφ]dμ + (λ/2)‖W‖² is constant in t, and ‖W‖²_{L²} ≤ 2(J(0) − inf ℓ)/λ.",
        Source = "THEORY 5.2, 5.3, A6 (after arXiv:2605.07772)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c12",
        Hypotheses = ["unnormalized attention with A symmetric", "a converged control"],
        Method = "Example of THEORY 5.3 with T = 2 and 320, 640, 1280 layers, trained by L-BFGS; H at every layer from the discrete adjoint state.",
        Tolerance = "1e-6 for the residual; 1e-5 for the spread of H, which is O(h²) for controls constant over a layer.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .AtMost("‖W + G/λ‖/‖W‖", 1e-6).AtMost("largest less smallest H", 1e-5).AtMost("λ‖W‖² over 2(J(0) − inf ℓ)", 1);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        ControlProblem problem = TrainedWell.Example(new DepthGrid(40, 2, trial.At(320, 640, 1280)));
        TrainedControl control = Trainer.Train(problem, new TrainingSettings(), stop: trial.Cancellation);
        IReadOnlyList<DepthRecord> records = DepthRecorder.Follow(problem, control.Controls, 1);
        var measurement = new Measurement()
            .Figure("‖W + G/λ‖/‖W‖", control.Last.Residual)
            .Figure("largest less smallest H", records.Max(r => r.Hamiltonian) - records.Min(r => r.Hamiltonian))
            .Figure("λ‖W‖² over 2(J(0) − inf ℓ)", 2 * control.Last.Objective.Penalty / (2 * control.History[0].Objective.Total))
            .Curve("H", "t", [.. records.Select(r => r.Time)], [.. records.Select(r => r.Hamiltonian)]);
        return control.Converged ? measurement : measurement.Violates("training did not converge");
    }
}
