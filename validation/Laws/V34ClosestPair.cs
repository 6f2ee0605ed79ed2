using MathNet.Numerics.Integration;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>At large β only the closest pair of clusters moves (THEORY 6.5).</summary>
public sealed class V34ClosestPair : Law
{
    private const double Start = 1, End = 0.5;
    private const string Rate = "d log(β × displacement of the third cluster)/dβ";

    private static readonly double[] Angles = [0, 1, 2.3, 4];
    private static readonly double[] Betas = [10, 16, 22, 28];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V34", "Closest pair first")
    {
        Statement = "Four clusters at 0, 1, 2.3, 4 rad, softmax: while the closest pair shrinks from 1 to 0.5 each of it moves 0.25, the others by an amount exponentially small in β: the third's is sin 1.3/(2 sin 1 (sin 1 + ½ sin 1.3))·e^{−β(cos 1 − cos 1.3)}/β·(1 + O(1/β)).",
        Source = "pairing phase of arXiv:2512.01868 (theorem) and arXiv:2509.25040, Prop. 3.11; the constant derived here by Laplace's method from dθ_3/dθ_1",
        Status = ClaimStatus.AsPrinted,
        Tag = "text and c21; constant derived",
        Hypotheses = ["softmax", "the closest pair is unique", "no noise"],
        Method = "Four tokens of the token solver at tolerance 1e-12 until the gap is 0.5, β = 10 … 28. Prediction: displacements by quadrature of v_i/(v_1 − v_2) over the gap with the others held fixed; rate of their decay in β by a fit over β = 16 … 28.",
        Tolerance = "Relative 5 % of the others' displacement (which moves the pair's partner in turn: 2 % at β = 10, 2e-4 at 30) and as much of them off 0.25; rate 5e-3 (its own O(β^−2) is 2e-3). Theory gives 3e-3 and 1e-4 at β = 10, 20.",
        Case = """
            dimension: 2
            attention: {normalization: softmax, beta: 10}
            initial:
              von_mises_fisher:
                - {mean: [1, 0], concentration: 2000, weight: 0.25}
                - {mean: [0.5403023, 0.8414710], concentration: 2000, weight: 0.25}
                - {mean: [-0.6662760, 0.7457052], concentration: 2000, weight: 0.25}
                - {mean: [-0.6536436, -0.7568025], concentration: 2000, weight: 0.25}
            method: {scheme: particles, tokens: 400, seed: 1}
            time: {until: 40, every: 1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .RelativeCurve(Moved(2), beta => Displacement(beta, 2), 0.05)
        .RelativeCurve(Moved(3), beta => Displacement(beta, 3), 0.05)
        .Absolute(Pair(10), 0.25, 2.5e-3).Absolute(Pair(22), 0.25, 1e-4)
        .Absolute(Rate, Math.Cos(1.3) - Math.Cos(1), 5e-3);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[][] moved = [.. Betas.Select(beta => Displacements(trial, beta))];
        double[] third = [.. moved.Select(each => each[2])];
        return new Measurement()
            .Curve(new Curve(Moved(2), "β", Betas, third) { LogY = true })
            .Curve(new Curve(Moved(3), "β", Betas, [.. moved.Select(each => each[3])]) { LogY = true })
            .Figure(Pair(10), moved[0][0]).Figure(Pair(22), moved[2][0])
            .Figure(Rate, LineFit.Through(Betas.AsSpan(1), [.. Betas.Zip(third, (beta, d) => Math.Log(beta * d)).Skip(1)]));
    }

    private static string Moved(int cluster) => $"displacement of cluster {cluster + 1}";

    private static string Pair(double beta) => $"displacement of cluster 1, β = {beta}";

    private static double[] Displacements(Trial trial, double beta)
    {
        double[] x = TokenEvent.Of(trial, new TokenModel(new Attention(Normalization.Softmax, beta), 2), CirclePoints.At(Angles), Closeness, Math.Cos(End)).Positions;
        return [.. Angles.Select((angle, i) => Math.Abs(Math.IEEERemainder(CirclePoints.Angle(x, i) - angle, 2 * Math.PI)))];
    }

    private static (double Value, double Rate) Closeness(double[] x, double[] v) =>
        (x[0] * x[1] + x[4] * x[5], v[0] * x[1] + x[0] * v[1] + v[4] * x[5] + x[4] * v[5]);

    private static double Displacement(double beta, int cluster) => Math.Abs(GaussLegendreRule.Integrate(
        gap =>
        {
            double[] angles = [0.5 * (Start - gap), 0.5 * (Start + gap), Angles[2], Angles[3]];
            return Speed(beta, angles, cluster) / (Speed(beta, angles, 0) - Speed(beta, angles, 1));
        },
        End, Start, 256));

    private static double Speed(double beta, double[] angles, int i)
    {
        double sum = 0, partition = 0;
        foreach (double angle in angles)
        {
            double weight = Math.Exp(beta * (Math.Cos(angle - angles[i]) - 1));
            sum += weight * Math.Sin(angle - angles[i]);
            partition += weight;
        }
        return sum / partition;
    }
}
