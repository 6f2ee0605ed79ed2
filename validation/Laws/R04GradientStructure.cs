using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Which query, key and value make attention a gradient flow (THEORY 1.3).</summary>
public sealed class R04GradientStructure : Law
{
    private const int Count = 24, Dimension = 3;
    private const double Beta = 1.3, Scale = 0.5, Step = 1e-3;
    private const string Same = "dE/dt over ∫|v|², Q = K = V = ½I", Symmetric = "dE/dt over ∫|v|², QᵀK = V symmetric", Projection = "dE/dt over ∫|v|², Q = K = V a projection";

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("R04", "Gradient structure with matrices")
    {
        Statement = "E = (1/2β)∬e^{β⟨Qx,Ky⟩}dμdμ obeys dE/dt = ∫|v|²dμ (unnormalized) if QᵀK = V is symmetric. Instantiated with Q = K = V it is false unless V² = V: with Q = K = V = aI dE/dt = a∫|v|²dμ.",
        Source = "arXiv:2312.10794v5, `lem: dissipation`, and the note of a formalization (THEORY 1.3)",
        Status = ClaimStatus.RefutedAsPrinted,
        Tag = "text, c10",
        Hypotheses = ["unnormalized", "no noise"],
        Method = "24 iid uniform tokens on S², β = 1.3, direct forces: centred difference of E over steps of ±1e-3 by the stepper of order 8, over ∫|v|². Q = K = V = ½I; Q = I, K = V a random symmetric matrix; Q = K = V a projection on a random axis's plane.",
        Tolerance = "1e-5 (O(h²)); the ratio 1 for ½I is to be missed by more than a quarter.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Printed(Same, 1, 0.25).Relative(Same, Scale, 1e-5).Relative(Symmetric, 1, 1e-5).Relative(Projection, 1, 1e-5);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        RandomNumbers random = trial.Random(1);
        double[] half = Matrix((i, j) => i == j ? Scale : 0), draws = Matrix((_, _) => 0.6 * random.NextNormals().First);
        double[] symmetric = Matrix((i, j) => 0.5 * (draws[i * Dimension + j] + draws[j * Dimension + i])), axis = TokenSample.Uniform(Dimension, 1, trial.Seed(2)).Positions.ToArray();
        double[] plane = Matrix((i, j) => (i == j ? 1 : 0) - axis[i] * axis[j]);
        var model = new TokenModel(new Attention(Normalization.None, Beta), Dimension);
        return new Measurement()
            .Figure(Same, Ratio(trial, model with { Query = half, Key = half, Value = half }))
            .Figure(Symmetric, Ratio(trial, model with { Key = symmetric, Value = symmetric }))
            .Figure(Projection, Ratio(trial, model with { Query = plane, Key = plane, Value = plane }));
    }

    private static double[] Matrix(Func<int, int, double> entry) =>
        [.. from i in Enumerable.Range(0, Dimension) from j in Enumerable.Range(0, Dimension) select entry(i, j)];

    private static double Ratio(Trial trial, TokenModel model)
    {
        var force = new DirectForce(model, Count, threads: 1);
        double[] positions = TokenSample.Uniform(Dimension, Count, trial.Seed()).ByCoordinate(), velocity = new double[positions.Length];
        double rate = (After(Step) - After(-Step)) / (2 * Step);
        force.Velocity(positions, velocity);
        return rate / force.Dissipation(velocity, 0);

        double After(double step)
        {
            var stepper = new TokenStepper(new TokenDynamics(force, new NormSettings()), 0, positions, 1);
            stepper.TryStep(0, step); // the last stage is the new state, so the force's energy is that of it
            return force.Energy(0);
        }
    }
}
