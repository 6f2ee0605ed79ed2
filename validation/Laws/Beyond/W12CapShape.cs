using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A small cap of tokens on the sphere shrinks without changing its shape.</summary>
public sealed class W12CapShape : Law
{
    private const int Tokens = 30;

    private static readonly double[] Sizes = [0.02, 0.04, 0.08, 0.16];
    private static readonly (Normalization Normalization, double Beta)[] Settings = [(Normalization.None, 0.5), (Normalization.Softmax, 3)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W12", "A cap keeps its shape")
    {
        Statement = "Tokens in a cap of size ε on S² contract to a point at e^β (softmax: 1) in every direction: both variances in the tangent plane decay at 2e^β (2), and their ratio is kept for ever up to a change O(ε²). A point cluster remembers the shape it had when it formed.",
        Source = "rate: THEORY 4.2; the memory of the shape derived here: u̇_i = −e^β(u_i − ū) + O(|u|³) is a multiple of the identity",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3, no noise", "all tokens in a small cap"],
        Method = "Token solver, tolerance 1e-11, 30 tokens of a Gaussian cloud with axes ε and 0.4 ε, ε = 0.02 … 0.16, rotated at random: eigenvalues of their covariance at the start and when the size has fallen by e^−5 (rate at ε = 0.02 from the second half).",
        Tolerance = "Rates 1e-3; change of the logarithm of the ratio of order 2 ± 0.1 in ε.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
        {
            double rate = -2 * (setting.Normalization == Normalization.None ? Math.Exp(setting.Beta) : 1);
            prediction.Approaches(Change(setting), _ => 0, 2, 0.1).Relative(Rate("larger", setting), rate, 1e-3).Relative(Rate("smaller", setting), rate, 1e-3);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (var setting in Settings)
        {
            double unit = setting.Normalization == Normalization.None ? Math.Exp(-setting.Beta) : 1; // only how long to watch
            (double Large, double Small)[][] runs = [.. Sizes.Select(size => Run(trial, setting, size, [0, 2.5 * unit, 5 * unit]))];
            measurement.Curve(new Curve(Change(setting), "ε", Sizes, [.. runs.Select(run => Math.Log(run[2].Large / run[2].Small * run[0].Small / run[0].Large))]) { LogX = true })
                .Figure(Rate("larger", setting), Math.Log(runs[0][2].Large / runs[0][1].Large) / (2.5 * unit))
                .Figure(Rate("smaller", setting), Math.Log(runs[0][2].Small / runs[0][1].Small) / (2.5 * unit));
        }
        return measurement;
    }

    private static (double Large, double Small)[] Run(Trial trial, (Normalization Normalization, double Beta) setting, double size, double[] times)
    {
        RandomNumbers random = trial.Random();
        double[][] frame = Frame(trial);
        var positions = new double[3 * Tokens];
        for (int i = 0; i < Tokens; i++)
        {
            (double first, double second) = random.NextNormals();
            for (int k = 0; k < 3; k++) positions[3 * i + k] = frame[0][k] + size * (first * frame[1][k] + 0.4 * second * frame[2][k]);
        }
        var model = new TokenModel(new Attention(setting.Normalization, setting.Beta), 3);
        TokenRecord run = TokenRecord.Of(trial, model, new TokenSample(3, positions), TokenRecord.Settings(1e-11, 1, times));
        return [.. run.Snapshots.Select(snapshot => Variances(snapshot.Positions!))];
    }

    private static double[][] Frame(Trial trial)
    {
        double[] draw = TokenSample.Uniform(3, 2, trial.Seed(1)).Positions.ToArray(), axis = draw[..3], first = draw[3..];
        double along = axis[0] * first[0] + axis[1] * first[1] + axis[2] * first[2];
        for (int k = 0; k < 3; k++) first[k] -= along * axis[k];
        double norm = Math.Sqrt(first.Sum(x => x * x));
        first = Array.ConvertAll(first, x => x / norm);
        return [axis, first, [axis[1] * first[2] - axis[2] * first[1], axis[2] * first[0] - axis[0] * first[2], axis[0] * first[1] - axis[1] * first[0]]];
    }

    // The two large eigenvalues of the covariance; the third, along the radius, is of fourth order.
    private static (double Large, double Small) Variances(double[] positions)
    {
        var covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(3, 3);
        double[] mean = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, Tokens).Average(i => positions[3 * i + k] - positions[k]))];
        for (int i = 0; i < Tokens; i++)
        {
            for (int a = 0; a < 3; a++)
                for (int b = 0; b < 3; b++)
                    covariance[a, b] += (positions[3 * i + a] - positions[a] - mean[a]) * (positions[3 * i + b] - positions[b] - mean[b]) / Tokens;
        }
        double[] values = [.. covariance.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
        return (values[2], values[1]);
    }

    private static string Change((Normalization Normalization, double Beta) setting) => $"change of the log of the ratio of variances, {Name(setting)}";

    private static string Rate(string which, (Normalization Normalization, double Beta) setting) => $"rate of the {which} variance, {Name(setting)}";

    private static string Name((Normalization Normalization, double Beta) setting) => $"{(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, β = {setting.Beta}";
}
