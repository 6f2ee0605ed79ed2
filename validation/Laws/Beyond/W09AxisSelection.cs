using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>With noise below the threshold the sphere's density settles about one axis, whatever it starts from.</summary>
public sealed class W09AxisSelection : Law
{
    private const double Beta = 1, Size = 0.04;
    private const int Degree = 3;
    private const string Monotone = "smallest gain of F between outputs", Crooked = "largest share of a degree that is not zonal", Order = "m at the end";

    private static readonly double[] Noises = [0.2, 0.28];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W09", "Noise selects one axis")
    {
        Statement = "Unnormalized attention on S², β = 1 < β_* = 1.816, κ < κ_c = 0.3679: from random non-zonal data F_κ = E − κ∫f log f never decreases, and f tends to a density that is symmetric about the axis of its mean, f = e^{Φ[f]/κ}/norm, with the m that this fixed point has; the full branch, not only its pitchfork.",
        Source = "monotone F: THEORY 1.4; transition: abstract of arXiv:2606.05140; that every generic start reaches the axisymmetric state on S² is expected, not proven",
        Status = ClaimStatus.Conjectural,
        Tag = "derived (monotone), conjectural (limit)",
        Hypotheses = ["d = 3, unnormalized, κ_2 < κ < κ_c: only degree 1 is unstable", "data with m ≠ 0"],
        Method = "Density solver, tolerance 1e-9, from random coefficients of degrees 1 … 3 and size 0.04, κ = 0.2 and 0.28, t = 200; share of degree ℓ that is not zonal about the mean: 1 − (Σ_m a_ℓm Y_ℓm(e))²/((2ℓ+1)Σ_m a_ℓm²), ℓ = 2, 3. Prediction of m by fixed points in one variable.",
        Tolerance = "F: −1e-11 (rounding); share not zonal: 1e-10; m: 1e-7.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 1, noise: 0.2}
            initial: {modes: [{degree: 1, order: 1, amplitude: 0.04}, {degree: 2, order: -2, amplitude: 0.05}, {degree: 3, order: 3, amplitude: 0.05}]}
            time: {until: 200, every: 5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction().AtLeast(Monotone, -1e-11).AtMost(Crooked, 1e-10);
        foreach (double noise in Noises) prediction.Relative(Name(noise), AxialGibbs.OrderParameter(Beta, noise), 1e-7);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double gain = double.PositiveInfinity, crooked = 0;
        for (int i = 0; i < Noises.Length; i++)
        {
            RandomNumbers random = trial.Random(i);
            var basis = new HarmonicBasis(3, Degree);
            double[] start = [1, .. Enumerable.Range(1, basis.Count - 1).Select(_ => Size * random.NextNormals().First)];
            var settings = new DensitySettings { Tolerance = 1e-9, OutputTimes = DensitySettings.Schedule(200, 5) };
            DensityRecord run = DensityRecord.Of(trial, new Attention(Normalization.None, Beta, Noises[i]), basis, start, settings).MustComplete(measurement);
            double[] energies = [.. run.Snapshots.Select(snapshot => snapshot.Observables.FreeEnergy)];
            gain = Math.Min(gain, energies.Zip(energies.Skip(1), (before, after) => after - before).Min());
            crooked = Math.Max(crooked, NotZonal(run.Snapshots[^1].Coefficients));
            measurement.Curve($"F, κ = {Noises[i]}", "t", run.Times, energies).Figure(Name(Noises[i]), run.Snapshots[^1].Observables.OrderParameter);
        }
        return measurement.Figure(Monotone, gain).Figure(Crooked, crooked);
    }

    private static double NotZonal(double[] coefficients)
    {
        var basis = new HarmonicBasis(3, Degree);
        double x = coefficients[basis.IndexOf(1, 1)], y = coefficients[basis.IndexOf(1, -1)], z = coefficients[basis.IndexOf(1, 0)], norm = Math.Sqrt(x * x + y * y + z * z), worst = 0;
        var values = new double[basis.Count];
        new SphericalHarmonics(Degree).Evaluate(x / norm, y / norm, z / norm, values);
        for (int degree = 2; degree <= Degree; degree++)
        {
            double along = 0, square = 0;
            for (int at = basis.Start(degree); at < basis.Start(degree + 1); at++)
            {
                along += coefficients[at] * values[at];
                square += coefficients[at] * coefficients[at];
            }
            worst = Math.Max(worst, 1 - along * along / ((2 * degree + 1) * square));
        }
        return worst;
    }

    private static string Name(double noise) => $"{Order}, κ = {noise}";
}
