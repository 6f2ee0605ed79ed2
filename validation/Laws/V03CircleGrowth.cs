using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Growth rates about the uniform state on the circle without normalization (THEORY 2.2, 2.4).</summary>
public sealed class V03CircleGrowth : Law
{
    private const double Beta = 5, Time = 0.02;

    private static readonly Attention Model = new(Normalization.None, Beta);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V03", "Growth rates, circle, unnormalized")
    {
        Statement = "A small mode k of the uniform state on the circle grows at the rate γ_k = k² I_k(β)/β; at amplitude ε the rate differs by O(ε²).",
        Source = "THEORY 2.2, 2.4 (linearization of arXiv:2410.23228's model; its code plots k² I_k/(πβ), see V05)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c03",
        Hypotheses = ["no noise", "the mode is small and alone"],
        Method = "Density solver, β = 5, tolerance 1e-10, modes k = 1 … 6 of |c_k| = 1e-6 alone: log of the growth over t = 0.02; then k = 3 of amplitudes 0.01 … 0.08: how the mean rate falls short of that of the smallest.",
        Tolerance = "1e-6 relative, as theory asks; exponent of ε: 2 ± 0.02.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 1.0e-6}]}
            method: {tolerance: 1.0e-10}
            time: {until: 0.02, every: 0.01}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => CircleGrowth.Predict(Model, 1e-6, 0.02);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial) => CircleGrowth.Measure(trial, Model, Time);
}
