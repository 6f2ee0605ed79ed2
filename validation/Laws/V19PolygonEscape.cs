using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The polygon of clusters is a saddle: how fast it is left (THEORY 3.6).</summary>
public sealed class V19PolygonEscape : Law
{
    private const double Exit = 0.1;
    private const int PerCluster = 4, Outputs = 120;

    private static readonly (string Name, Normalization Normalization, double Beta, int Clusters, double Until)[] Settings =
    [
        ("unnormalized, β = 5, q = 3", Normalization.None, 5, 3, 60),
        ("softmax, β = 5, q = 3", Normalization.Softmax, 5, 3, 3000),
    ];

    private static readonly double[] Asymmetries = [1e-3, 1e-4, 1e-5, 1e-6];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V19", "Escape from the polygon of clusters")
    {
        Statement = "For β > 0 the regular q-gon is a saddle: an asymmetry η of its clusters grows at Λ_max = max_p Λ_p, 0.348861 (unnormalized) and 0.00704403 (softmax) for β = 5, q = 3, so that it lasts (1/Λ_max) log(1/η) + O(1).",
        Source = "THEORY 3.6; c08, c21",
        Status = ClaimStatus.Derived,
        Tag = "derived, c08, c21",
        Hypotheses = ["d = 2, no noise", "equal clusters, contracted: within them nothing is left to grow"],
        Method = "Token solver, 12 tokens in 3 clusters displaced at random by η, tolerance 1e-10, for η = 1e-6 … 1e-3: log-slope of the order parameter |∫x dμ|, which the asymmetry makes, from 3e-6 to 1e-4 at η = 1e-6, and the time at which it reaches 0.1 against log(1/η) for one and the same direction of displacement.",
        Tolerance = "Slope 1e-3 (theory: 1 %). Lifetime against log(1/η): slope 1/Λ_max within 1 %: the O(1) depends on η like η².",
        Case = null,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((string name, Normalization normalization, double beta, int q, _) in Settings)
        {
            double rate = Enumerable.Range(1, q - 1).Max(p => Enumerable.Range(0, q).Sum(n => -Slope(2 * Math.PI * n / q) * (1 - Math.Cos(2 * Math.PI * p * n / q)))) / Partition();
            prediction.Relative($"Λ, {name}", rate, 1e-3).Relative($"slope of the lifetime, {name}", 1 / rate, 0.01);

            double Slope(double angle) => Math.Exp(beta * Math.Cos(angle)) * (Math.Cos(angle) - beta * Math.Sin(angle) * Math.Sin(angle));

            double Partition() => normalization == Normalization.Softmax ? Enumerable.Range(0, q).Sum(n => Math.Exp(beta * Math.Cos(2 * Math.PI * n / q))) : q;
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach ((string name, Normalization normalization, double beta, int q, double until) in Settings)
        {
            RandomNumbers random = trial.Random();
            double[] shifts = [.. Enumerable.Range(0, q).Select(_ => random.NextNormals().First)];
            double mean = shifts.Average(), size = Math.Sqrt(shifts.Sum(shift => (shift - mean) * (shift - mean)));
            double[] times = [.. DensitySettings.Schedule(until, until / Outputs)];
            double[] lifetimes = [.. Asymmetries.Select(asymmetry =>
            {
                double[] angles = [.. Enumerable.Range(0, q * PerCluster).Select(i => 2 * Math.PI * (i % q) / q + asymmetry * (shifts[i % q] - mean) / size)];
                TokenRecord run = TokenRecord.Of(trial, new TokenModel(new Attention(normalization, beta), 2), CircleTokens.At(angles), TokenRecord.Settings(1e-10, 1, times));
                var order = new TimeSeries(run.Times, [.. run.Snapshots.Select(snapshot => snapshot.Observables.OrderParameter)]);
                if (asymmetry == Asymmetries[^1])
                {
                    measurement.Figure($"Λ, {name}", order.GrowthRate(3e-6, 1e-4)?.Rate ?? double.NaN);
                    measurement.Curve(new Curve($"asymmetry, {name}", "t", order.Times, order.Values) { LogY = true });
                }
                return order.FirstRise(Exit)?.Time ?? double.NaN;
            })];
            double[] logarithms = [.. Asymmetries.Select(asymmetry => -Math.Log(asymmetry))];
            measurement.Curve($"lifetime, {name}", "log(1/η)", logarithms, lifetimes).Figure($"slope of the lifetime, {name}", LineFit.Through(logarithms, lifetimes)?.Slope ?? double.NaN);
        }
        return measurement;
    }
}
