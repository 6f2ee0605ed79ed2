using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Funk–Hecke: the kernel's eigenvalue on harmonics of degree k (THEORY 2.1).</summary>
public sealed class V01FunkHecke : Law
{
    private const int Highest = 12;

    private static readonly (int Dimension, double Beta)[] Settings = [(2, 0.5), (2, 5), (3, 1), (3, 7), (4, 5), (8, 10), (16, 3), (3, -2)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V01", "Funk–Hecke eigenvalues")
    {
        Statement = "∫ e^{β x·y} Y_k(y) dσ(y) = λ_k Y_k(x) with λ_k = Γ(d/2) (2/β)^{d/2−1} I_{k+d/2−1}(β); on the circle λ_k = I_k(β).",
        Source = "Funk–Hecke formula; THEORY 2.1",
        Status = ClaimStatus.Derived,
        Tag = "derived, c01",
        Hypotheses = ["d ≥ 2", "β ≠ 0"],
        Method = "λ_k as the integral ∫ P_k(t) e^{βt} dσ by Gauss–Gegenbauer quadrature of 128 nodes, and as the multipliers βŵ_k that the solvers use; k = 0 … 12; prediction by the power series of I.",
        Tolerance = "Integrals: 1e-13 of e^|β|, their largest integrand (theory asks for 1e-10). Multipliers: 1e-12 relative at every degree.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((int d, double beta) in Settings)
        {
            prediction.Curve(Integral(d, beta), k => FunkHecke.Lambda(d, (int)k, beta) * Math.Exp(-Math.Abs(beta)), 1e-13);
            prediction.RelativeCurve(Multiplier(d, beta), k => FunkHecke.Lambda(d, (int)k, beta), 1e-12);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] degrees = [.. Enumerable.Range(0, Highest + 1).Select(k => (double)k)];
        foreach ((int d, double beta) in Settings)
        {
            var kernel = new AttentionKernel(d, beta, Highest);
            measurement.Curve(new Curve(Integral(d, beta), "k", degrees, KernelIntegrals.UpTo(Highest, d, beta)) { LogY = beta > 0 });
            measurement.Curve(new Curve(Multiplier(d, beta), "k", degrees, [.. degrees.Select(k => beta * kernel.Multiplier((int)k))]) { LogY = beta > 0 });
        }
        return measurement;
    }

    private static string Integral(int d, double beta) => $"e^-|β| ∫ P_k e^(βt) dσ, d = {d}, β = {beta}";

    private static string Multiplier(int d, double beta) => $"βŵ_k, d = {d}, β = {beta}";
}
