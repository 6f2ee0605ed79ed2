using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>How many harmonics of the sphere grow against noise: a law of Weyl's kind.</summary>
public sealed class W04UnstableCount : Law
{
    private const double Level = 1 / Math.E; // βκ
    private const string Count = "harmonics that grow at κ = 1/(eβ)", Threshold = "(2β/ℓ) log(1/βκ_k), ℓ = 2β";

    private static readonly double[] Degrees = [6, 9, 13, 20]; // ℓ = k(k+1) = 2β

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W04", "Count of unstable modes")
    {
        Statement = "Softmax with noise κ on S²: a harmonic of degree k grows exactly when λ_k/λ_0 > βκ. As β → ∞ at fixed βκ = η < 1 that is k(k+1) < 2β log(1/η)·(1 + O(1/β)), so N ~ 2β log(1/η) harmonics grow, as many as a Laplacian of spectral bound 2β log(1/η) has (Weyl), with a remainder O(√β) from the last degree. The degree neutral at κ_k obeys log(1/βκ_k) = (ℓ/2β)(1 + 1/2β − ℓ/12β² + O(β^−2)), ℓ = k(k+1).",
        Source = "derived here from THEORY 2.5 and the large-argument expansion of I_ν; Weyl's law for the sphere",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3, softmax", "small deviations"],
        Method = "Galerkin flow of the density solver, bandlimit 32, from random coefficients of size 1e-9, one exponential Runge–Kutta step of 0.1: coefficients that have grown at κ = 1/(eβ), and κ_k = (growth rate of degree k at κ = 0)/ℓ; β = 21, 45, 91, 210.",
        Tolerance = "The count exactly; its distance from 2β of order 0.5 ± 0.1 in β; the remainder of the threshold of order −2 ± 0.15.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: 21, noise: 0.0175}
            initial: {modes: [{degree: 5, order: 2, amplitude: 1.0e-6}]}
            time: {until: 20, every: 1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Curve(Count, Expected, 0)
        .Approaches(Count, beta => 2 * beta, 0.5, 0.1)
        .Approaches(Threshold, beta => 1 + 1 / (3 * beta), -2, 0.15);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] betas = Array.ConvertAll(Degrees, k => 0.5 * k * (k + 1));
        double[] counts = [.. betas.Select(beta => (double)Growth(trial, beta, Level / beta).Skip(1).Count(rate => rate > 0))];
        double[] thresholds = [.. betas.Zip(Degrees, (beta, k) => -Math.Log(beta / (k * (k + 1)) * Growth(trial, beta, 0)[(int)(k * k)]))];
        return new Measurement().Curve(new Curve(Count, "β", betas, counts) { LogX = true, LogY = true })
            .Curve(new Curve(Threshold, "β", betas, thresholds) { LogX = true });
    }

    private static double Expected(double beta)
    {
        int degree = 0;
        while (FunkHecke.Lambda(3, degree + 1, beta) / FunkHecke.Lambda(3, 0, beta) > Level) degree++;
        return (degree + 1.0) * (degree + 1) - 1;
    }

    // Growth rate of each coefficient over one step.
    private static double[] Growth(Trial trial, double beta, double noise)
    {
        const double Step = 0.1;
        var flow = new DensityFlow(new Attention(Normalization.Softmax, beta, noise), 3, 32);
        RandomNumbers random = trial.Random((int)beta);
        double[] start = [1, .. Enumerable.Range(1, flow.Basis.Count - 1).Select(_ => 1e-9 * (0.5 + random.NextUniform()))];
        var stepper = new ExponentialRungeKutta(flow, start, DensitySimulation.Tableau(flow.Attention));
        stepper.TryStep(Step);
        double[] end = stepper.Candidate.ToArray();
        return [.. end.Zip(start, (to, from) => Math.Log(to / from) / Step)];
    }
}
