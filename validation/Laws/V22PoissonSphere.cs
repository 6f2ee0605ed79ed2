using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The exact solution at β = 0 in higher dimensions (THEORY 4.3).</summary>
public sealed class V22PoissonSphere : Law
{
    private const double Radius = 0.3, DensityUntil = 1.5, TokenUntil = 3;
    private const int Draws = 30, StepsPerUnit = 400;

    private static readonly int[] Dimensions = [3, 5];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V22", "Exact solution at β = 0, d = 3 and 5")
    {
        Statement = "β = 0: the hyperbolic-Poisson density ((1 − r²)/(1 − 2rt + r²))^(d−1) stays one, ṙ = ½(1 − r²)h_d(r) and |∫x dμ| = h_d(r) = (2(d−1)/d) r ₂F₁(1, 1−d/2; 1+d/2; r²).",
        Source = "THEORY 4.3",
        Status = ClaimStatus.Derived,
        Tag = "derived, c06",
        Hypotheses = ["β = 0", "no noise"],
        Method = "r_0 = 0.3. Tokens of that law by a Möbius map of uniform ones, 30 draws of 2,000 (quick), 20,000, 130,000 to t = 3: mean of |∫x dμ|. Density solver (harmonics of the sphere for d = 3, zonal for d = 5), tolerance 1e-10, t ≤ 1.5. h_d by its series, r by classical Runge–Kutta.",
        Tolerance = "Tokens: 5 standard errors (Sample.Sigmas), at most 0.008 (quick), 0.003, 0.0015; theory: 3/√N = 0.0047 for N = 400,000; the bias O(1/N) of a draw is a tenth of that. Density: 1e-8.",
        Case = """
            dimension: 5
            attention: {normalization: none, beta: 0}
            initial: {poisson: {radius: 0.3, axis: [0, 0, 0, 0, 1]}}
            method: {tolerance: 1.0e-10}
            time: {until: 1.5, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions)
        {
            prediction.Within($"|∫x dμ| at t = {TokenUntil}, tokens, d = {d}", OrderAt(d, TokenUntil), Sample.Sigmas, trial.At(0.008, 0.003, 0.0015))
                .Curve($"|∫x dμ|, density, d = {d}", t => OrderAt(d, t), 1e-8);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var model = new Attention(Normalization.None, 0);
        foreach (int d in Dimensions)
        {
            double[] axis = [.. Enumerable.Range(1, d).Select(k => k == d ? 1.0 : 0)];
            var law = new HyperbolicPoissonTokens(Radius, axis);
            double[] orders = [.. Enumerable.Range(0, Draws).Select(draw =>
                TokenRecord.Of(trial, new TokenModel(model, d), TokenSample.Draw(law, trial.At(2000, 20_000, 130_000), trial.Seed(100 * d + draw)), TokenRecord.Settings(1e-7, 1, 0, TokenUntil))
                    .Snapshots[^1].Observables.OrderParameter)];
            measurement.Mean($"|∫x dμ| at t = {TokenUntil}, tokens, d = {d}", orders);

            var basis = new HarmonicBasis(d, 31);
            var start = new double[basis.Count];
            HyperbolicPoisson.Add(basis, Radius, axis, start);
            DensityRecord run = DensityRecord.Of(trial, model, basis, start, new DensitySettings { Tolerance = 1e-10, OutputTimes = DensitySettings.Schedule(DensityUntil, 0.1) }).MustComplete(measurement);
            measurement.Curve($"|∫x dμ|, density, d = {d}", "t", run.Times, [.. run.Snapshots.Select(snapshot => snapshot.Observables.OrderParameter)]);
        }
        return measurement;
    }

    private static double OrderAt(int d, double time)
    {
        int steps = (int)Math.Round(time * StepsPerUnit);
        double r = Radius, h = steps == 0 ? 0 : time / steps;
        for (int step = 0; step < steps; step++)
        {
            double k1 = Speed(r), k2 = Speed(r + 0.5 * h * k1), k3 = Speed(r + 0.5 * h * k2), k4 = Speed(r + h * k3);
            r += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return Order(d, r);

        double Speed(double at) => 0.5 * (1 - at * at) * Order(d, at);
    }

    private static double Order(int d, double r)
    {
        double term = 1, sum = 1;
        for (int n = 0; Math.Abs(term) > 1e-17; n++)
        {
            term *= (1 - 0.5 * d + n) / (1 + 0.5 * d + n) * r * r; // (1)_n (1−d/2)_n/((1+d/2)_n n!)
            sum += term;
        }
        return 2 * (d - 1.0) / d * r * sum;
    }
}
