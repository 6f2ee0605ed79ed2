using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Densities of period 2π/q stay so (THEORY 3.5).</summary>
public sealed class V17Periodicity : Law
{
    private const int Period = 3, Intervals = 20;
    private const double Size = 0.01, Planted = 1e-10, Beta = 5;

    private static readonly (string Name, Normalization Normalization, int Dimension, double Until)[] Settings =
    [
        ("circle, unnormalized", Normalization.None, 2, 0.2), ("circle, softmax", Normalization.Softmax, 2, 5),
        ("sphere, unnormalized", Normalization.None, 3, 0.35), ("sphere, softmax", Normalization.Softmax, 3, 5),
    ];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V17", "Periodic densities stay periodic")
    {
        Statement = "If c_k(0) = 0 for all k that q does not divide, c_k(t) = 0 for them at all times; on the sphere the same for orders m, the density turned by 2π/q about the axis.",
        Source = "THEORY 3.5 (invariance under subspaces of harmonics, abstract of arXiv:2410.23228)",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["exact arithmetic: rounding, which has no period, grows like any other small deviation, at most at the rate γ_max"],
        Method = "Density solver, β = 5, random data of size 0.005 to 0.015 in degrees 3, 6, 9 of the circle, in orders −3, 0, 3 of degrees ≤ 4 of the sphere, to where they are large: largest coefficient off the lattice. As a control the same with one such coefficient of 1e-10 at the start.",
        Tolerance = "1e-14 e^{γ_max t}: 45 units of rounding at the start. On the lattice something is to reach 0.1, so that the nonlinear couplings are at work.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 0.01}, {degree: 6, order: -1, amplitude: 0.005}]}
            time: {until: 0.2, every: 0.01}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
        {
            var model = new Attention(setting.Normalization, Beta);
            double fastest = Enumerable.Range(1, 12).Max(degree => FunkHecke.Rate(model, setting.Dimension, degree));
            prediction.AtMost($"off the lattice, {setting.Name}", 1e-14 * Math.Exp(fastest * setting.Until)).AtLeast($"control, {setting.Name}", Planted)
                .AtLeast($"largest on the lattice, {setting.Name}", 0.1)
                .Curve($"off the lattice, {setting.Name}", t => 1e-14 * Math.Exp(fastest * t), double.PositiveInfinity);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        for (int i = 0; i < Settings.Length; i++)
        {
            (string name, Normalization normalization, int dimension, double until) = Settings[i];
            var data = Data(trial.Random(i), dimension);
            DensityRecord run = Run([.. data]), planted = Run([.. data, (4, 1, Planted)]);
            double[] off = [.. run.Snapshots.Select(snapshot => Largest(dimension, snapshot, false))];
            measurement.Figure($"off the lattice, {name}", off[^1]).Figure($"control, {name}", Largest(dimension, planted.Snapshots[^1], false))
                .Figure($"largest on the lattice, {name}", Largest(dimension, run.Snapshots[^1], true))
                .Curve(new Curve($"off the lattice, {name}", "t", run.Times, off) { LogY = true });

            DensityRecord Run((int, int, double)[] modes) =>
                DensityRecord.Of(trial, new Attention(normalization, Beta), dimension, modes, 1e-8, [.. DensitySettings.Schedule(until, until / Intervals)]).MustComplete(measurement);
        }
        return measurement;
    }

    private static IEnumerable<(int, int, double)> Data(RandomNumbers random, int dimension)
    {
        (int, int)[] modes = dimension == 2
            ? [(3, 1), (3, -1), (6, 1), (6, -1), (9, 1), (9, -1)]
            : [(1, 0), (2, 0), (3, -3), (3, 0), (3, 3), (4, -3), (4, 0), (4, 3)];
        foreach ((int degree, int order) in modes) yield return (degree, order, Size * (0.5 + random.NextUniform()) * (random.NextUniform() < 0.5 ? -1 : 1));
    }

    private static double Largest(int dimension, Snapshot snapshot, bool onLattice)
    {
        var basis = new HarmonicBasis(dimension, snapshot.Bandlimit);
        return Enumerable.Range(1, basis.Count - 1)
            .Where(index => (dimension == 2 ? basis.DegreeOf(index) : basis.OrderOf(index)) % Period == 0 == onLattice)
            .Max(index => Math.Abs(snapshot.Coefficients[index]));
    }
}
