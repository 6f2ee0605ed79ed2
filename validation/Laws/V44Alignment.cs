using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The velocity that the uniform law gives a token under any query, key and value (THEORY 6.9).</summary>
public sealed class V44Alignment : Law
{
    private const double Beta = 1.7;
    private const int Probes = 8;

    private static readonly int[] Dimensions = [2, 3, 4];
    private static readonly double[] Betas = [10, 20, 40, 80];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V44", "Alignment velocity")
    {
        Statement = "Under the uniform law a token x moves with P_x V x′·λ_1(βr) (unnormalized), P_x V x′·I_{d/2}(βr)/I_{d/2−1}(βr) (softmax), x′ = KᵀQx/r, r = |KᵀQx|; softmax with β → ∞: P_x V x′ (1 + O(1/β)), the alignment phase. (Uniform is stationary only if P_x V KᵀQ x = 0 for all x.)",
        Source = "arXiv:2509.25040 (alignment phase: β → ∞); THEORY 6.9 (finite β), trap 10",
        Status = ClaimStatus.Derived,
        Tag = "derived, c15; limit text",
        Hypotheses = ["Q, K, V any d × d matrices", "uniform law"],
        Method = "Direct forces of the token solver with random Q, K, V (entries of deviation 0.6) on 8 probes of no mass among the nodes of a product rule on S^(d−1), d = 2, 3, 4, β = 1.7; for the limit d = 2, Q and K within 0.1 of I (so that βr is large for every probe), β = 10 … 80 and 1024 nodes.",
        Tolerance = "1e-10 (theory: three standard errors of a Monte Carlo sum; the rule is exact to degree 31, where e^{βr t} is at rounding). Order −1 ± 0.1.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions)
        {
            foreach (Normalization normalization in (Normalization[])[Normalization.Softmax, Normalization.None])
            {
                double[] expected = [.. Setting.Draw(trial, d).Expected(r => Factor(normalization, d, Beta * r))];
                prediction.Curve(Name(normalization, d), index => expected[(int)index], 1e-10);
            }
        }
        double limit = Speed(Setting.Draw(trial, 2, near: true).Expected(_ => 1));
        return prediction.Approaches(Limit, _ => limit, -1, 0.1);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (int d in Dimensions)
        {
            foreach (Normalization normalization in (Normalization[])[Normalization.Softmax, Normalization.None])
            {
                double[] velocity = Setting.Draw(trial, d).Velocity(new Attention(normalization, Beta), 16);
                measurement.Curve(Name(normalization, d), "component", [.. velocity.Select((_, i) => (double)i)], velocity);
            }
        }
        Setting aligned = Setting.Draw(trial, 2, near: true);
        double[] limits = [.. Betas.Select(beta => Speed(aligned.Velocity(new Attention(Normalization.Softmax, beta), 512)))];
        return measurement.Curve(new Curve(Limit, "β", Betas, limits) { LogX = true });
    }

    private const string Limit = "sum of the probes' speeds, softmax, d = 2, Q and K near I";

    private static string Name(Normalization normalization, int d) => $"velocity, {(normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, d = {d}";

    private static double Speed(IEnumerable<double> velocity) => velocity.Chunk(2).Sum(v => double.Hypot(v[0], v[1]));

    private static double Factor(Normalization normalization, int d, double beta)
    {
        double first = FunkHecke.Lambda(d, 1, beta);
        return normalization == Normalization.Softmax ? first / FunkHecke.Lambda(d, 0, beta) : first;
    }

    // Random matrices and probes.
    private sealed record Setting(int Dimension, double[] Query, double[] Key, double[] Value, double[] Probe)
    {
        public static Setting Draw(Trial trial, int d, bool near = false)
        {
            RandomNumbers random = trial.Random(near ? d + 10 : d);
            return new Setting(d, Matrix(near), Matrix(near), Matrix(false), TokenSample.Uniform(d, Probes, trial.Seed(near ? d + 30 : d + 20)).Positions.ToArray());

            double[] Matrix(bool identity) =>
                [.. Enumerable.Range(0, d * d).Select(at => (identity ? 0.1 : 0.6) * random.NextNormals().First + (identity && at % (d + 1) == 0 ? 1 : 0))];
        }

        // P_x V x′ times a factor of r, probe after probe.
        public IEnumerable<double> Expected(Func<double, double> factor)
        {
            for (int probe = 0; probe < Probes; probe++)
            {
                double[] x = Probe[(probe * Dimension)..((probe + 1) * Dimension)], query = Times(Query, x), goal = new double[Dimension];
                for (int i = 0; i < Dimension; i++)
                    for (int k = 0; k < Dimension; k++) goal[k] += Key[i * Dimension + k] * query[i];
                double size = Math.Sqrt(goal.Sum(g => g * g));
                double[] unit = [.. goal.Select(g => g / size)], pull = Times(Value, unit);
                double along = x.Zip(pull, (a, b) => a * b).Sum(), scale = factor(size);
                for (int k = 0; k < Dimension; k++) yield return scale * (pull[k] - along * x[k]);
            }
        }

        public double[] Velocity(Attention attention, int nodes)
        {
            SphereNodes rule = SphereNodes.Create(Dimension, nodes);
            double[] tokens = [.. Probe, .. rule.Positions];
            int count = tokens.Length / Dimension;
            var model = new TokenModel(attention, Dimension) { Query = Query, Key = Key, Value = Value, Weights = [.. new double[Probes], .. rule.Weights] };
            var velocity = new double[tokens.Length];
            new DirectForce(model, count, threads: 1).Velocity(new TokenSample(Dimension, tokens).ByCoordinate(), velocity);
            return [.. Enumerable.Range(0, Probes * Dimension).Select(i => velocity[i % Dimension * count + i / Dimension])];
        }

        private static double[] Times(double[] matrix, double[] x) =>
            [.. Enumerable.Range(0, x.Length).Select(row => Enumerable.Range(0, x.Length).Sum(k => matrix[row * x.Length + k] * x[k]))];
    }
}
