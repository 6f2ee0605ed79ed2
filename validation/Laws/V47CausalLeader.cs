using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>With the causal mask every token goes to the first one (THEORY 6.12).</summary>
public sealed class V47CausalLeader : Law
{
    private const int Count = 6, Dimension = 3;
    private const double Until = 60;
    private const string Rate = "d log(1 − ⟨x_2,x_1⟩)/dt", Third = "|x_3 − x_1|/|x_2 − x_1| at t = 50", Leader = "largest move of the leader";

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V47", "Causal leader")
    {
        Statement = "Causal softmax attention with V = I and any Q, K: x_k(t) → x_1(0) for almost every start. With Q = K = I the linear rates about the leader are (k−1)/k, so 1 − ⟨x_2,x_1⟩ ~ e^{−t}, and |x_3 − x_1| → 2|x_2 − x_1|, up to e^{−t/6}.",
        Source = "arXiv:2411.04990v2, theorem 1; rates THEORY 6.12, c15",
        Status = ClaimStatus.AsPrinted,
        Tag = "text; rates derived, c15",
        Hypotheses = ["V = I", "softmax", "start not in a set of measure 0: here in the open hemisphere about the leader"],
        Method = "n = 6 tokens on S², normalized Gaussian vectors shifted by 2 along an axis, β = 1, token solver, tolerance 1e-12, t ≤ 60; slope of log(½|x_2 − x_1|²) over t = 12 … 18; largest ½|x_k − x_1(0)|² at t = 60, also with random Q and K (entries of deviation 0.6), 2 draws (8, 20).",
        Tolerance = "Rate 1 % (theory; the draws meet 1e-4). Distances: below 1e-12, which e^{−60}·25 is by far. Ratio 2 within 2 %: e^{−50/6} times a factor of order one, and rounding of the positions.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: 1, mask: causal}
            initial: {von_mises_fisher: [{mean: [1, 0, 0], concentration: 4}]}
            method: {scheme: particles, tokens: 6, seed: 1}
            time: {until: 18, every: 1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Absolute(Rate, -1, 1e-2).Absolute(Third, 2, 0.04).AtMost(Leader, 1e-14)
        .AtMost(Distance(false), 1e-12).AtMost(Distance(true), 1e-12)
        .Curve(Pair, t => Math.Exp(-t), double.PositiveInfinity);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] times = [0, .. Enumerable.Range(0, 13).Select(i => 12 + 0.5 * i), 50, Until];
        var measurement = new Measurement();
        double rate = 0, ratio = 0, leader = 0;
        foreach (bool matrices in (bool[])[false, true])
        {
            double farthest = 0;
            for (int draw = 0; draw < trial.At(2, 8, 20); draw++)
            {
                RandomNumbers random = trial.Random(2 * draw + (matrices ? 1 : 0));
                TokenSample tokens = Draw(random);
                var model = new TokenModel(new Attention(Normalization.Softmax, 1), Dimension) { Causal = true };
                if (matrices) model = model with { Query = Matrix(random), Key = Matrix(random) };
                TokenRecord run = TokenRecord.Of(trial, model, tokens, TokenRecord.Settings(1e-12, 1, times));
                double[] last = run.Snapshots[^1].Positions!, start = run.Snapshots[0].Positions!;
                farthest = Math.Max(farthest, Enumerable.Range(0, Count).Max(k => Half(last, k, start, 0)));
                leader = Math.Max(leader, Half(last, 0, start, 0));
                if (matrices) continue;
                double[] pair = [.. run.Snapshots.Skip(1).Take(13).Select(snapshot => Half(snapshot.Positions!, 1, snapshot.Positions!, 0))];
                double slope = LineFit.Through(times.AsSpan(1, 13), [.. pair.Select(half => Math.Log(half))])!.Value.Slope;
                if (draw == 0) measurement.Curve(new Curve(Pair, "t", times[1..14], pair) { LogY = true });
                if (Math.Abs(slope + 1) >= Math.Abs(rate + 1) || draw == 0) rate = slope;
                double[] late = run.Snapshots[^2].Positions!;
                double share = Math.Sqrt(Half(late, 2, late, 0) / Half(late, 1, late, 0));
                if (Math.Abs(share - 2) >= Math.Abs(ratio - 2) || draw == 0) ratio = share;
            }
            measurement.Figure(Distance(matrices), farthest);
        }
        return measurement.Figure(Rate, rate).Figure(Third, ratio).Figure(Leader, leader);
    }

    private const string Pair = "1 − ⟨x_2,x_1⟩, first draw";

    private static string Distance(bool matrices) => $"largest ½|x_k − x_1(0)|² at t = 60, {(matrices ? "random Q, K" : "Q = K = I")}";

    private static TokenSample Draw(RandomNumbers random)
    {
        var positions = new double[Count * Dimension];
        do
        {
            for (int i = 0; i < positions.Length; i++) positions[i] = random.NextNormals().First + (i % Dimension == 0 ? 2 : 0);
        }
        while (Enumerable.Range(1, Count - 1).Any(k => Enumerable.Range(0, Dimension).Sum(i => positions[i] * positions[k * Dimension + i]) <= 0));
        return new TokenSample(Dimension, positions);
    }

    private static double[] Matrix(RandomNumbers random) => [.. Enumerable.Range(0, Dimension * Dimension).Select(_ => 0.6 * random.NextNormals().First)];

    private static double Half(double[] first, int i, double[] second, int j)
    {
        double sum = 0;
        for (int k = 0; k < Dimension; k++) sum += 0.5 * Math.Pow(first[i * Dimension + k] - second[j * Dimension + k], 2);
        return sum;
    }
}
