using Meanfield.Training;

namespace Meanfield.Validation;

/// <summary>The free energy along a trained and an untrained flow (THEORY 5.3).</summary>
public sealed class V53TrainedEnergy : Law
{
    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V53", "Energy curve of a trained model")
    {
        Statement = "Along the trained flow F_κ rises, stays near a well and falls in the last layers; untrained it never falls. β = 1, A = diag(1.5, 0.75), κ = 0.1, λ = 0.3, ℓ = 1 − cos(θ − 0.8), T = 5: F = 0.9535 at 0, 2.0111 at t = 4, 1.6925 at T (entropy against dθ).",
        Source = "THEORY 5.3; the shape: abstract of arXiv:2605.07772",
        Status = ClaimStatus.Derived,
        Tag = "derived, c12; shape: text",
        Hypotheses = ["unnormalized attention with A symmetric", "a converged control"],
        Method = "320, 400, 800 layers, bandlimit 40, L-BFGS to 1e-6 (quick 1e-4); F at every tenth of the depth.",
        Tolerance = "1 % of F, which an independent program gives to four digits; −1e-10 for the untrained rise.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 1, noise: 0.1}
            initial:
              modes: [{degree: 1, order: 1, amplitude: 0.4242640687119285}]
            time: {until: 5, every: 0.05}
            training:
              regularization: 0.3
              loss: {towards: [0.6967067093471654, 0.7173560908995228]}
              interaction: {diagonal: [1.5, 0.75]}
              features: {harmonics: 2}
              steps: 800
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Relative("F at t = 0", 0.9535, 0.01).Relative("F at t = 4", 2.0111, 0.01).Relative("F at T", 1.6925, 0.01)
        .AtLeast("smallest rise of the untrained F", -1e-10);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        int steps = trial.At(320, 400, 800);
        ControlProblem problem = TrainedWell.Example(new DepthGrid(40, 5, steps));
        TrainedControl control = Trainer.Train(problem, new TrainingSettings { Tolerance = trial.At(1e-4, 1e-6, 1e-6) }, stop: trial.Cancellation);
        IReadOnlyList<DepthRecord> trained = DepthRecorder.Follow(problem, control.Controls, steps / 40), untrained = DepthRecorder.Follow(problem, new double[problem.Size], steps / 40);
        double[] times = [.. trained.Select(r => r.Time)], energies = [.. trained.Select(F)], still = [.. untrained.Select(F)];
        var measurement = new Measurement()
            .Figure("F at t = 0", energies[0]).Figure("F at t = 4", energies[32]).Figure("F at T", energies[^1])
            .Figure("smallest rise of the untrained F", still.Skip(1).Zip(still, (later, earlier) => later - earlier).Min())
            .Curve("F trained", "t", times, energies).Curve("F untrained", "t", times, still);
        return control.Converged ? measurement : measurement.Violates("training did not converge");

        static double F(DepthRecord record) => record.FreeEnergy + 0.1 * Math.Log(2 * Math.PI); // entropy against dθ
    }
}
