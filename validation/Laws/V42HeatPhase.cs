using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>At large β softmax attention is a heat equation: forward with V = −I, backward with V = I (THEORY 6.9).</summary>
public sealed class V42HeatPhase : Law
{
    private const int Nodes = 192, Degrees = 3, Highest = 20;
    private const double Smooth = 0.55, Forward = 0.1, Backward = 0.05;

    private static readonly double[] Betas = [50, 100, 200, 400];
    private static readonly double[] EvenBetas = [200, 400, 800];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V42", "Heat phase")
    {
        Statement = "Softmax with V = ∓I in time s = t/β: ∂_sμ = ±Δμ as β → ∞, c_k(s) = c_k(0)e^{∓k²s} + O(1/β).",
        Source = "arXiv:2509.25040, Prop. 3.9; THEORY 6.9 (the order 1/β derived, c20)",
        Status = ClaimStatus.AsPrinted,
        Tag = "text, c20",
        Hypotheses = ["softmax", "smooth positive density", "V = I: data of Gevrey class, s small"],
        Method = "Circle, three Gaussian bumps of width 0.55. V = −I: 192 equidistant nodes of mass f by the token solver with value matrix −I, s = 0.1, β = 50 … 400. V = I: the density solver, s = 0.05. And V = −I by the density solver at −β, which is the same flow for a π-periodic density, with the same bumps on θ/2 and s/4. |c_1| … |c_3|; order of their deviation from the heat equation.",
        Tolerance = "Order −1 ± 0.15 (theory: −1; terms of β^−2 are a tenth at β = 50).",
        Case = """
            dimension: 2
            attention: {normalization: softmax, beta: 100}
            initial: {von_mises_fisher: [{mean: [1, 0], concentration: 3.3, weight: 0.4}, {mean: [-0.416, 0.909], concentration: 3.3, weight: 0.35}, {mean: [-0.490, -0.872], concentration: 3.3, weight: 0.25}]}
            time: {until: 5, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        for (int k = 1; k <= Degrees; k++)
        {
            int degree = k;
            (double real, double imaginary) = Bumps(k);
            double size = Math.Sqrt(real * real + imaginary * imaginary);
            prediction.Approaches(Spread(k), _ => size * Math.Exp(-degree * degree * Forward), -1, 0.15)
                .Approaches(Gathered(k), _ => size * Math.Exp(degree * degree * Backward), -1, 0.15)
                .Approaches(Even(k), _ => size * Math.Exp(-degree * degree * Forward), -1, 0.15);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[][] spread = [.. Betas.Select(beta => Sizes(Nodal(trial, beta)))];
        double[][] gathered = [.. Betas.Select(beta => Density(trial, measurement, beta, 1, Backward))];
        double[][] even = [.. EvenBetas.Select(beta => Density(trial, measurement, -beta, 2, 0.25 * Forward))];
        for (int k = 1; k <= Degrees; k++)
        {
            int at = k - 1;
            measurement.Curve(new Curve(Spread(k), "β", Betas, [.. spread.Select(sizes => sizes[at])]) { LogX = true })
                .Curve(new Curve(Gathered(k), "β", Betas, [.. gathered.Select(sizes => sizes[at])]) { LogX = true })
                .Curve(new Curve(Even(k), "β", EvenBetas, [.. even.Select(sizes => sizes[at])]) { LogX = true });
        }
        return measurement;
    }

    private static string Spread(int k) => $"|c_{k}| after s = 0.1, V = −I, nodes";

    private static string Gathered(int k) => $"|c_{k}| after s = 0.05, V = I, density";

    private static string Even(int k) => $"|c_{2 * k}| after s = 0.025, V = −I, π-periodic density";

    // c_k of 0.4 N(0) + 0.35 N(2) + 0.25 N(4.2), wrapped Gaussians.
    private static (double Real, double Imaginary) Bumps(int k)
    {
        double decay = Math.Exp(-0.5 * Smooth * Smooth * k * k);
        return (decay * (0.4 + 0.35 * Math.Cos(2 * k) + 0.25 * Math.Cos(4.2 * k)), -decay * (0.35 * Math.Sin(2 * k) + 0.25 * Math.Sin(4.2 * k)));
    }

    private static double[] Sizes((double[] Angles, double[] Weights) cloud) => [.. Enumerable.Range(1, Degrees).Select(k =>
    {
        (double real, double imaginary) = CirclePoints.Moment(cloud.Angles, cloud.Weights, k);
        return Math.Sqrt(real * real + imaginary * imaginary);
    })];

    private static (double[] Angles, double[] Weights) Nodal(Trial trial, double beta)
    {
        double[] angles = [.. Enumerable.Range(0, Nodes).Select(i => 2 * Math.PI * i / Nodes)];
        double[] weights = [.. angles.Select(angle =>
        {
            double sum = 1;
            for (int k = 1; k <= Highest; k++)
            {
                (double real, double imaginary) = Bumps(k);
                sum += 2 * (real * Math.Cos(k * angle) - imaginary * Math.Sin(k * angle));
            }
            return sum / Nodes;
        })];
        var model = new TokenModel(new Attention(Normalization.Softmax, beta), 2) { Value = [-1, 0, 0, -1], Weights = weights };
        double[] positions = TokenRecord.Of(trial, model, CirclePoints.At(angles), TokenRecord.Settings(1e-10, 1, 0, Forward * beta)).Snapshots[^1].Positions!;
        return ([.. Enumerable.Range(0, Nodes).Select(i => Math.Atan2(positions[2 * i + 1], positions[2 * i]))], weights);
    }

    // The bumps on fold·θ; |c_{fold}|, |c_{2 fold}|, … at the end.
    private static double[] Density(Trial trial, Measurement measurement, double beta, int fold, double time)
    {
        var basis = new HarmonicBasis(2, fold * Highest);
        var state = new double[basis.Count];
        state[0] = 1;
        for (int k = 1; k <= Highest; k++)
        {
            (double real, double imaginary) = Bumps(k);
            (state[basis.IndexOf(fold * k, 1)], state[basis.IndexOf(fold * k, -1)]) = (Math.Sqrt(2) * real, -Math.Sqrt(2) * imaginary);
        }
        var settings = new DensitySettings { Tolerance = 1e-9, OutputTimes = [0, time * Math.Abs(beta)] };
        DensityRecord run = DensityRecord.Of(trial, new Attention(Normalization.Softmax, beta), basis, state, settings).MustComplete(measurement);
        return [.. Enumerable.Range(1, Degrees).Select(k => run.Amplitude(fold * k).Values[^1])];
    }
}
