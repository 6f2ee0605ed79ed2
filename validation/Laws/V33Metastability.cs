using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Tokens near several centres stay there for a time exponential in β (THEORY 6.4).</summary>
public sealed class V33Metastability : Law
{
    private const int Count = 6, Caps = 3, Outputs = 240;
    private const double Beta = 12, Width = 0.01, Rate = 0.5;

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V33", "Dynamic metastability")
    {
        Statement = "Tokens that start in caps {⟨x,w_q⟩ ≥ 1−ε} stay in {⟨x,w_q⟩ ≥ 1−2ε} on [0, T_2], and those of one cap are within 2e^{−λβ} (squared) on [T_1, T_2]; T_2 = (ε/n)e^{(1−α)β}, T_1 ≤ 2ne^{8εβ} + enλβ²/(β−1), α the largest cosine between 2ε-caps, if γ = 1−α−8ε−β^{−1}log(2n²/ε) > 0 and 0 < λ < min{e^{(1−α)β}((β−1)ε/(β²n²e))(1−e^{−γβ}), 1−α−8ε−β^{−1}log(2n²/(1−8ε))}.",
        Source = "arXiv:2410.06833v1, `thm: metastability` (the sign in front of β^{−1}log in the bound of λ corrected: R02); THEORY 6.4",
        Status = ClaimStatus.Corrected,
        Tag = "text, c17",
        Hypotheses = ["softmax, or weights e^{β(⟨x,y⟩−1)}/n", "β > 1, ε < 1/16, γ > 0, λ below its bound, e^{−λβ} < 8ε"],
        Method = "n = 6 tokens drawn in 3 caps at 120° on the circle, ε = 0.01, β = 12, λ = 0.5 (T_1 ≤ 138.1, T_2 = 1181.5), token solver at tolerance 1e-10; without softmax the solver's time is e^{−β} times theirs. The smallest cosine to the centre and the largest squared distance at 240 output times, 3 draws (12, 40).",
        Tolerance = "Inequalities, as proved.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .AtLeast(Smallest(Normalization.Softmax), 1 - 2 * Width).AtLeast(Smallest(Normalization.None), 1 - 2 * Width)
        .AtMost(Largest(Normalization.Softmax), 2 * Math.Exp(-Rate * Beta)).AtMost(Largest(Normalization.None), 2 * Math.Exp(-Rate * Beta))
        .Curve(Curve, _ => 2 * Math.Exp(-Rate * Beta), double.PositiveInfinity);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double alpha = Math.Cos(2 * Math.PI / Caps - 2 * Math.Acos(1 - 2 * Width));
        double early = 2 * Count * Math.Exp(8 * Width * Beta) + Math.E * Count * Rate * Beta * Beta / (Beta - 1), late = Width / Count * Math.Exp((1 - alpha) * Beta);
        if (!(Gap(alpha) > 0 && Rate < Bound(alpha) && Math.Exp(-Rate * Beta) < 8 * Width && early < late)) measurement.Violates("γ > 0 and λ below its bound");
        double[] times = [.. Enumerable.Range(0, Outputs + 1).Select(i => late * i / Outputs)];
        foreach (Normalization normalization in (Normalization[])[Normalization.Softmax, Normalization.None])
        {
            double clock = normalization == Normalization.Softmax ? 1 : Math.Exp(-Beta), smallest = 1, largest = 0;
            for (int draw = 0; draw < trial.At(3, 12, 40); draw++)
            {
                TokenRecord run = TokenRecord.Of(
                    trial, new TokenModel(new Attention(normalization, Beta), 2), Draw(trial.Random(draw)), TokenRecord.Settings(1e-10, 1, [.. times.Select(t => clock * t)]));
                double[] distances = [.. times.Select((_, k) => Enumerable.Range(0, Caps).Max(cap => 2 - 2 * run.Cosine(k, 2 * cap, 2 * cap + 1)))];
                for (int k = 0; k < times.Length; k++)
                {
                    smallest = Math.Min(smallest, Enumerable.Range(0, Count).Min(i => Cosine(run.Snapshots[k].Positions!, i)));
                    if (times[k] >= early) largest = Math.Max(largest, distances[k]);
                }
                if (normalization == Normalization.Softmax && draw == 0) measurement.Curve(new Curve(Curve, "t", times[1..], [.. distances.Skip(1).Select(d => Math.Max(d, 1e-16))]) { LogY = true });
            }
            measurement.Figure(Smallest(normalization), smallest).Figure(Largest(normalization), largest);
        }
        return measurement;
    }

    private const string Curve = "largest squared distance within a cap, softmax, first draw";

    private static string Smallest(Normalization normalization) => $"smallest cosine to the centre on [0, T_2], {Name(normalization)}";

    private static string Largest(Normalization normalization) => $"largest squared distance within a cap on [T_1, T_2], {Name(normalization)}";

    private static string Name(Normalization normalization) => normalization == Normalization.Softmax ? "softmax" : "unnormalized";

    private static double Gap(double alpha) => 1 - alpha - 8 * Width - Math.Log(2 * Count * Count / Width) / Beta;

    private static double Bound(double alpha) => Math.Min(
        Math.Exp((1 - alpha) * Beta) * (Beta - 1) * Width / (Beta * Beta * Count * Count * Math.E) * (1 - Math.Exp(-Gap(alpha) * Beta)),
        1 - alpha - 8 * Width - Math.Log(2 * Count * Count / (1 - 8 * Width)) / Beta);

    private static TokenSample Draw(RandomNumbers random)
    {
        double reach = Math.Acos(1 - Width);
        return CirclePoints.At(Enumerable.Range(0, Count).Select(i => Centre(i) + reach * (2 * random.NextUniform() - 1)).ToArray());
    }

    private static double Centre(int token) => 2 * Math.PI * (token / (Count / Caps)) / Caps;

    private static double Cosine(double[] positions, int i) => positions[2 * i] * Math.Cos(Centre(i)) + positions[2 * i + 1] * Math.Sin(Centre(i));
}
