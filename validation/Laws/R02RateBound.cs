namespace Meanfield.Validation;

/// <summary>The sign in the bound of the contraction rate λ of dynamic metastability (THEORY 6.4).</summary>
public sealed class R02RateBound : Law
{
    private const int Count = 6, Caps = 3;
    private const double Width = 0.01;
    private const string Corrected = "log of leak over pull, λ at the corrected bound, largest", Printed = "log of leak over pull, λ at the printed bound, smallest";

    private static readonly double[] Betas = [8, 12, 16, 24, 48];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("R02", "Bound of λ in dynamic metastability")
    {
        Statement = "The proof propagates that tokens of a cap stay within δ = e^{−λβ} if their pull exceeds what leaks in from other caps, (1/n)δ(1−δ)e^{−δβ} > n e^{−(1−α)β}. That follows from λ ≤ 1−α−8ε−β^{−1}log(2n²/(1−8ε)), e^{−λβ} < 8ε; with + in front of β^{−1}log, as printed, it does not.",
        Source = "arXiv:2410.06833v1, bounds of λ and `lem:collapsetime`; the wrong sign was flagged by a formalization (THEORY 6.4). The dynamics themselves satisfy the conclusion beyond the bound: it is sufficient, not necessary, so V33 cannot refute the print",
        Status = ClaimStatus.RefutedAsPrinted,
        Tag = "text (statement of the error), inequality derived",
        Hypotheses = ["n = 6, three caps at 120°, ε = 0.01", "both bounds positive and e^{−λβ} < 8ε"],
        Method = "A law about formulas: log of n e^{−(1−α)β} over (1/n)δ(1−δ)e^{−δβ} at both bounds, β = 8 … 48.",
        Tolerance = "Sign only.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction().PrintedAtMost(Printed, 0).AtMost(Corrected, 0);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] corrected = [.. Betas.Select(beta => Leak(beta, -1))], printed = [.. Betas.Select(beta => Leak(beta, 1))];
        var measurement = new Measurement();
        if (Betas.Any(beta => !(Math.Exp(-Bound(beta, -1) * beta) < 8 * Width))) measurement.Violates("e^{−λβ} < 8ε");
        return measurement.Figure(Corrected, corrected.Max()).Figure(Printed, printed.Min())
            .Curve("log of leak over pull, corrected bound", "β", Betas, corrected).Curve("log of leak over pull, printed bound", "β", Betas, printed);
    }

    private static double Alpha => Math.Cos(2 * Math.PI / Caps - 2 * Math.Acos(1 - 2 * Width));

    private static double Bound(double beta, int sign) => 1 - Alpha - 8 * Width + sign * Math.Log(2 * Count * Count / (1 - 8 * Width)) / beta;

    private static double Leak(double beta, int sign)
    {
        double apart = Math.Exp(-Bound(beta, sign) * beta);
        return 2 * Math.Log(Count) - (1 - Alpha) * beta - Math.Log(apart * (1 - apart)) + apart * beta;
    }
}
