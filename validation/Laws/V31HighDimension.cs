using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>In high dimension iid tokens move like orthonormal ones (THEORY 6.1).</summary>
public sealed class V31HighDimension : Law
{
    private const int Count = 8;
    private const double Beta = 2, Time = 4;
    private const int Intervals = 8;
    private const string Slope = "exponent of d in the deviation", Orthonormal = "cosine of orthonormal tokens", Deviation = "sup_t max |⟨x_i,x_j⟩ − γ_β(t)|, mean over draws";

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V31", "Concentration in high dimension")
    {
        Statement = "For n iid uniform tokens and γ_β(t) the cosine of orthonormal ones (V29), sup_t max_{i≠j} |⟨x_i,x_j⟩ − γ_β(t)| is of order d^{−1/2}; the theorem: with probability ≥ 1 − 2n²d^{−1/64} it is at most 2c(β)^{nt}√(log d/d), c(β) = e^{10 max(1,β)}.",
        Source = "arXiv:2312.10794v5, `thm: phase.transition.curve` (bound); THEORY 6.1, c21 (order)",
        Status = ClaimStatus.AsPrinted,
        Tag = "text and c21",
        Hypotheses = ["softmax", "tokens iid uniform", "d ≥ d*(n, β)"],
        Method = "Tokens of n = 8, β = 2 in d = 128, 256 … 8192 by the token solver in their span (Cholesky factor of the Gram matrix: an isometry that the flow keeps), t ≤ 4 in 8 intervals, 24 draws each (230; 1700); γ_β from a run of 8 orthonormal tokens. Slope of log mean deviation in log d.",
        Tolerance = "Exponent −0.5 ± 0.05 (theory). The theorem's own bound, with c(β)^{nt} ≥ e^{20·8·t}, exceeds the largest possible deviation 2 beyond t = 0.01 and tests nothing; the curve drawn beside the measured one is 2.83/√d, of THEORY.",
        Case = """
            dimension: 128
            attention: {normalization: softmax, beta: 2}
            initial: {tokens: {count: 8, seed: 1}}
            method: {scheme: particles}
            time: {until: 4, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double[] cosines = Integrate();
        return new Prediction()
            .Exponent(Slope, -0.5, 0.05)
            .Curve(Orthonormal, t => cosines[(int)Math.Round(t / Time * Intervals)], 1e-8)
            .Curve(Deviation, d => 2.83 / Math.Sqrt(d), double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] times = [.. Enumerable.Range(0, Intervals + 1).Select(i => Time * i / Intervals)];
        double[] dimensions = [128, 256, 512, 1024, 2048, 4096, 8192];
        int draws = trial.At(24, 230, 1700);
        double[] orthonormal = Cosines(Run(trial, EquiangularTokens.Create(Count, Count, 0), times), 0, 1);
        var means = new double[dimensions.Length];
        int stream = 0;
        for (int place = 0; place < dimensions.Length; place++)
        {
            for (int draw = 0; draw < draws; draw++)
            {
                TokenRecord run = Run(trial, Span(TokenSample.Uniform((int)dimensions[place], Count, trial.Seed(stream++))), times);
                double worst = 0;
                for (int i = 0; i < Count; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        double[] cosines = Cosines(run, i, j);
                        for (int k = 0; k < times.Length; k++) worst = Math.Max(worst, Math.Abs(cosines[k] - orthonormal[k]));
                    }
                }
                means[place] += worst / draws;
            }
        }
        return new Measurement()
            .Figure(Slope, LineFit.Power(dimensions, means))
            .Curve(Orthonormal, "t", times, orthonormal)
            .Curve(new Curve(Deviation, "d", dimensions, means) { LogX = true, LogY = true });
    }

    private static TokenRecord Run(Trial trial, TokenSample tokens, double[] times) =>
        TokenRecord.Of(trial, new TokenModel(new Attention(Normalization.Softmax, Beta), tokens.Dimension), tokens, TokenRecord.Settings(1e-6, 1, times));

    // The same tokens in coordinates of the space they span.
    private static TokenSample Span(TokenSample tokens)
    {
        var gram = Matrix<double>.Build.Dense(Count, Count, (i, j) => TensorPrimitives.Dot(Token(i), Token(j)));
        return new TokenSample(Count, gram.Cholesky().Factor.ToRowMajorArray());

        ReadOnlySpan<double> Token(int i) => tokens.Positions.Slice(i * tokens.Dimension, tokens.Dimension);
    }

    private static double[] Cosines(TokenRecord run, int i, int j) => [.. run.Snapshots.Select((_, k) => run.Cosine(k, i, j))];

    private static double[] Integrate()
    {
        const int Steps = 200;
        var cosines = new double[Intervals + 1];
        double h = Time / (Intervals * Steps), cosine = 0;
        for (int step = 1; step <= Intervals * Steps; step++)
        {
            double k1 = Rate(cosine), k2 = Rate(cosine + 0.5 * h * k1), k3 = Rate(cosine + 0.5 * h * k2), k4 = Rate(cosine + h * k3);
            cosine += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            if (step % Steps == 0) cosines[step / Steps] = cosine;
        }
        return cosines;
    }

    private static double Rate(double r) => 2 * Math.Exp(Beta * r) * (1 - r) * ((Count - 1) * r + 1) / (Math.Exp(Beta) + (Count - 1) * Math.Exp(Beta * r));
}
