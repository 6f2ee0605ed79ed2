using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The noise above which the uniform state is stable (THEORY 2.5).</summary>
public sealed class V35NoiseThreshold : Law
{
    private static readonly (int Dimension, double Beta)[] Settings = [(2, 1), (3, 1), (5, 2)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V35", "Linear noise threshold")
    {
        Statement = "The uniform state is linearly stable exactly for κ > κ_c, κ_c = λ_1/β (unnormalized), λ_1/(βλ_0) (softmax): 0.565159 and 0.446390 for d = 2, β = 1. In terms of K = 1/(2κ) this is K_# = β^{d/2}/(2^{d/2} Γ(d/2) I_{d/2}(β)).",
        Source = "abstract of arXiv:2606.05140 (K_#); THEORY 2.5",
        Status = ClaimStatus.AsPrinted,
        Tag = "text and derived, c01",
        Hypotheses = ["β > 0"],
        Method = "Density solver from a deviation of degree 1 and size 1e-6 over t = 2; the κ at which it keeps its size by the secant rule; and that degree 2 decays there.",
        Tolerance = "1e-8 of κ_c (theory: 1e-5).",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 1, noise: 0.56}
            initial: {modes: [{degree: 1, order: 1, amplitude: 1.0e-6}]}
            method: {tolerance: 1.0e-10}
            time: {until: 2, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((int d, double beta) in Settings)
        {
            double first = FunkHecke.Lambda(d, 1, beta) / beta;
            prediction.Relative(Name(Normalization.None, d, beta), first, 1e-8).Relative(Name(Normalization.Softmax, d, beta), first / FunkHecke.Lambda(d, 0, beta), 1e-8);
            double half = 0.5 * d, inverse = Math.Pow(beta, half) / (Math.Pow(2, half) * MathNet.Numerics.SpecialFunctions.Gamma(half) * MathNet.Numerics.SpecialFunctions.BesselI(half, beta));
            prediction.Relative(Coupling(d, beta), inverse, 1e-8);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach ((int d, double beta) in Settings)
        {
            double threshold = NoiseThreshold.Find(trial, measurement, Normalization.None, d, beta);
            measurement.Figure(Name(Normalization.None, d, beta), threshold).Figure(Coupling(d, beta), 0.5 / threshold);
            measurement.Figure(Name(Normalization.Softmax, d, beta), NoiseThreshold.Find(trial, measurement, Normalization.Softmax, d, beta));
        }
        return measurement;
    }

    private static string Name(Normalization normalization, int d, double beta) =>
        $"κ_c, {(normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, d = {d}, β = {beta}";

    private static string Coupling(int d, double beta) => $"K_# = 1/(2κ_c), d = {d}, β = {beta}";
}
