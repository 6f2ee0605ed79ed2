using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The exact solution of the circle at β = 0 (THEORY 4.3).</summary>
public sealed class V21PoissonCircle : Law
{
    private const double Radius = 0.3, FixedTime = 2;
    private const int Bandlimit = 63;
    private const string Order = "c_5 at t = 2 with fixed steps";

    private static readonly int[] Degrees = [1, 2, 5];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V21", "Exact solution at β = 0, circle")
    {
        Statement = "β = 0 on the circle: the Poisson density c_k = r^k stays one, r(t) = [1 + (r_0^−2 − 1)e^−t]^−½, and tends to a Dirac.",
        Source = "THEORY 4.3 (Ott and Antonsen's solution of Kuramoto's model)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c06",
        Hypotheses = ["β = 0, so that both normalizations agree", "no noise"],
        Method = "Poisson density of r_0 = 0.3. Density solver, tolerance 1e-12, t ≤ 3 (r = 0.82, 255 degrees): c_1, c_2, c_5. Characteristics, tolerance 1e-9, t ≤ 8 (1 − r = 1.7e-3). The exponential Runge–Kutta method of the density solver with steps 1/8 … 1/64, 63 degrees: its order.",
        Tolerance = "Density 1e-9, as theory asks; characteristics 1e-7; order 5 ± 0.3, which is approached from above.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 0}
            initial: {poisson: {radius: 0.3, axis: [1, 0]}}
            method: {tolerance: 1.0e-12}
            time: {until: 3, every: 0.25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction().Approaches(Order, _ => Math.Pow(RadiusAt(FixedTime), 5), 5, 0.3);
        foreach (int degree in Degrees)
        {
            prediction.Curve(Density(degree), t => Math.Pow(RadiusAt(t), degree), 1e-9)
                .Curve(Carried(degree), t => Math.Pow(RadiusAt(t), degree), 1e-7);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var basis = new HarmonicBasis(2, Bandlimit);
        var start = new double[basis.Count];
        HyperbolicPoisson.Add(basis, Radius, [1, 0], start);
        var model = new Attention(Normalization.None, 0);
        DensityRecord density = DensityRecord.Of(trial, model, basis, start, new DensitySettings { Tolerance = 1e-12, OutputTimes = DensitySettings.Schedule(3, 0.25) }).MustComplete(measurement);
        CharacteristicRecord carried = CharacteristicRecord.Of(trial, model, basis, start, 1e-9, [.. DensitySettings.Schedule(8, 0.5)]).MustComplete(measurement);
        foreach (int degree in Degrees)
        {
            measurement.Curve(Density(degree), "t", density.Times, [.. Enumerable.Range(0, density.Times.Length).Select(at => density.Coefficient(at, degree, 1) / Math.Sqrt(2))])
                .Curve(Carried(degree), "t", carried.Times, [.. carried.Snapshots.Select(snapshot => snapshot.Coefficients[2 * degree - 1] / Math.Sqrt(2))]);
        }
        double[] steps = [1.0 / 8, 1.0 / 16, 1.0 / 32, 1.0 / 64];
        return measurement.Curve(new Curve(Order, "step", steps, [.. steps.Select(step => Fixed(model, start, step))]) { LogX = true });
    }

    private static double Fixed(Attention model, double[] start, double step)
    {
        var stepper = new ExponentialRungeKutta(new DensityFlow(model, 2, Bandlimit), start, ExponentialTableau.DormandPrince);
        for (double time = 0; time < FixedTime; time += step)
        {
            stepper.TryStep(step);
            stepper.Accept();
        }
        return stepper.State[9] / Math.Sqrt(2);
    }

    private static double RadiusAt(double time) => 1 / Math.Sqrt(1 + (1 / (Radius * Radius) - 1) * Math.Exp(-time));

    private static string Density(int degree) => $"c_{degree}, density";

    private static string Carried(int degree) => $"c_{degree}, characteristics";
}
