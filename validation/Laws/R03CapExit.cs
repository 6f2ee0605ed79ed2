using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Two auxiliary claims of mean-field metastability that a stationary Dirac refutes (THEORY 6.4).</summary>
public sealed class R03CapExit : Law
{
    private const double Beta = 100, Width = 0.01, Exponent = 8 * Width + 1 / Beta;
    private const double SharpBeta = 1000, SharpWidth = 1e-4, SharpBound = 1.0 / 15_000; // e^{−λβ}
    private const string Exit = "T_*", Variance = "V at T_*, β = 1000, ε = 1e-4";

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("R03", "Claim “de sortie de cap” and bound `v.small`")
    {
        Statement = "η(t): the smallest ⟨x,w⟩ over the transported cap {⟨x,w⟩ ≥ 1−ε}, attained at x(t); V(t) = ½∫|Φ^t x′ − x(t)|²dμ_0; T_* the first time with ηVe^{−(1−η)β} ≤ 2e^{−cβ}. Printed: T_* < (4ε/k)e^{(c−8ε)β}, and V(T_*) ≤ e^{−λβ} with c = λ. False for μ = δ_w (k = 1): there V = 1−η and η̇ = 1−η², so T_* = artanh η_* − artanh(1−ε), η_* the root of η(1−η)e^{−(1−η)β} = 2e^{−cβ}; and what T_* gives is V ≤ (2/η)e^{(1−η)β}e^{−λβ}.",
        Source = "arXiv:2410.06833v1, section 5, `claim: de sortie de cap` and `eq: v.small`; counterexamples of a formalization (THEORY 6.4), the first here with β = 100, ε = 0.01, c = 8ε + 1/β instead of β = 1e6",
        Status = ClaimStatus.RefutedAsPrinted,
        Tag = "text",
        Hypotheses = ["softmax", "β > 1, ε < 1/16, 8ε < c < γ = 1−α−8ε−β^{−1}log(2k²/ε), α = 0 for a single cap"],
        Method = "Token solver on the circle: one token of mass 1 at w and the two ends of the cap without mass, which bound the transported cap; output times 0.01 apart up to t = 4. The bound `v.small` with β = 1000, ε = 1e-4, e^{−λβ} = 1/15000, where T_* = 0.",
        Tolerance = "T_* 1e-6 of itself (cubic interpolation between output times); the printed bounds are inequalities.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double low = 1 - Width, high = 1;
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = 0.5 * (low + high), excess = middle * (1 - middle) * Math.Exp(-(1 - middle) * Beta) - 2 * Math.Exp(-Exponent * Beta);
            (low, high) = excess > 0 ? (middle, high) : (low, middle);
        }
        return new Prediction()
            .PrintedAtMost(Exit, 4 * Width * Math.Exp((Exponent - 8 * Width) * Beta)).PrintedAtMost(Variance, SharpBound)
            .Relative(Exit, Math.Atanh(low) - Math.Atanh(1 - Width), 1e-6)
            .AtMost(Variance, 2 / (1 - SharpWidth) * Math.Exp(SharpWidth * SharpBeta) * SharpBound);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        if (!(8 * Width < Exponent && Exponent < 1 - 8 * Width - Math.Log(2 / Width) / Beta)) measurement.Violates("8ε < c < γ");
        (TimeSeries eta, TimeSeries variance) = Follow(trial, Beta, Width);
        var stop = new TimeSeries(eta.Times, [.. eta.Values.Zip(variance.Values, (height, spread) => 2 * Math.Exp(-Exponent * Beta + (1 - height) * Beta) / (height * spread))]);
        (TimeSeries sharpEta, TimeSeries sharpVariance) = Follow(trial, SharpBeta, SharpWidth);
        int first = Enumerable.Range(0, sharpEta.Times.Length)
            .First(k => sharpEta.Values[k] * sharpVariance.Values[k] * Math.Exp(-(1 - sharpEta.Values[k]) * SharpBeta) <= 2 * SharpBound);
        return measurement.Figure(Exit, stop.FirstRise(1)?.Time ?? double.NaN).Figure(Variance, sharpVariance.Values[first])
            .Curve(new Curve("V(t), β = 100, ε = 0.01", "t", variance.Times, variance.Values) { LogY = true });
    }

    private static (TimeSeries Eta, TimeSeries Variance) Follow(Trial trial, double beta, double width)
    {
        double[] times = [.. Enumerable.Range(0, 401).Select(i => 0.01 * i)];
        double reach = Math.Acos(1 - width);
        var model = new TokenModel(new Attention(Normalization.Softmax, beta), 2) { Weights = [1, 0, 0] };
        TokenRecord run = TokenRecord.Of(trial, model, CirclePoints.At([0, reach, -reach]), TokenRecord.Settings(1e-10, 1, times));
        return (new TimeSeries(times, [.. times.Select((_, k) => Math.Min(run.Cosine(k, 0, 1), run.Cosine(k, 0, 2)))]),
            new TimeSeries(times, [.. run.Snapshots.Select(snapshot => Math.Max(Half(snapshot.Positions!, 1), Half(snapshot.Positions!, 2)))]));
    }

    // ½|w − x_i|²
    private static double Half(double[] x, int i) => 0.5 * ((x[0] - x[2 * i]) * (x[0] - x[2 * i]) + (x[1] - x[2 * i + 1]) * (x[1] - x[2 * i + 1]));
}
