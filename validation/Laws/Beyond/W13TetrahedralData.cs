using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Data with the symmetry of a tetrahedron keep it, and its sign decides which of two tetrahedra gathers the mass.</summary>
public sealed class W13TetrahedralData : Law
{
    private const double Beta = 6, Amplitude = 0.1, Time = 3;

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W13", "Tetrahedral data stay tetrahedral")
    {
        Statement = "A density invariant under a group of rotations and reflections stays so. From f = 1 + a·√105·xyz (degree 3, the fastest at β = 6) every degree without a tetrahedral invariant (1, 2, 5) stays empty, and each of degrees 3, 4, 6, 7, 8 keeps to a single harmonic, that of degree 4 being √(7/12) Y_40 + √(5/12) Y_44. The density gathers at the corners (1,1,1), (1,−1,−1), … for a > 0 and at their antipodes for a < 0, and a → −a gives the mirror image.",
        Source = "invariance: abstract of arXiv:2410.23228 (subspaces of harmonics in higher dimension); invariants of T_d: Molien's series",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3", "exact arithmetic; rounding grows at most as e^{γ_max t}"],
        Method = "Density solver, softmax, β = 6, tolerance 1e-7, a = ±0.1, t = 3: largest amplitude outside the invariants and at odd degree of a_+ + a_−, even of a_+ − a_−; density at the corners over that at their antipodes.",
        Tolerance = "1e-13 · e^{γ_3 t}, the rounding of the start grown by the fastest rate; corners at least ten times as dense.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: 6}
            initial: {modes: [{degree: 3, order: -2, amplitude: 0.1}]}
            method: {tolerance: 1.0e-7}
            time: {until: 3, every: 0.25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double bound = 1e-13 * Math.Exp(FunkHecke.Rate(new Attention(Normalization.Softmax, Beta), 3, 3) * Time);
        return new Prediction().AtMost("degrees 1, 2, 5", bound).AtMost("degree 3 off xyz", bound).AtMost("degree 4 off its invariant", bound).AtMost("mirror image", bound)
            .AtLeast("f at the corners over f at their antipodes", 10).AtLeast("degree 4 along its invariant", 0.1);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        DensityRecord plus = Run(trial, measurement, Amplitude), minus = Run(trial, measurement, -Amplitude);
        double[] a = plus.Snapshots[1].Coefficients, b = minus.Snapshots[1].Coefficients;
        var basis = new HarmonicBasis(3, plus.Snapshots[1].Bandlimit);
        double mirror = 0;
        for (int at = 0; at < Math.Min(a.Length, b.Length); at++) mirror = Math.Max(mirror, Math.Abs(a[at] - (basis.DegreeOf(at) % 2 == 0 ? b[at] : -b[at])));
        double empty = new[] { 1, 2, 5 }.Max(degree => Largest(a, basis, degree, _ => true)), off = Largest(a, basis, 3, order => order != -2);
        double axial = plus.Coefficient(1, 4, 0), fourfold = plus.Coefficient(1, 4, 4);
        double across = Math.Max(Math.Abs(Math.Sqrt(5.0 / 12) * axial - Math.Sqrt(7.0 / 12) * fourfold), Largest(a, basis, 4, order => order is not (0 or 4)));
        double corners = SolidCorners.Of("tetrahedron").Min(corner => At(a, basis, corner) / Math.Abs(At(a, basis, [-corner[0], -corner[1], -corner[2]])));
        return measurement.Figure("degrees 1, 2, 5", empty).Figure("degree 3 off xyz", off).Figure("degree 4 off its invariant", across).Figure("mirror image", mirror)
            .Figure("f at the corners over f at their antipodes", corners).Figure("degree 4 along its invariant", Math.Abs(Math.Sqrt(7.0 / 12) * axial + Math.Sqrt(5.0 / 12) * fourfold));
    }

    private static DensityRecord Run(Trial trial, Measurement measurement, double amplitude) =>
        DensityRecord.Of(trial, new Attention(Normalization.Softmax, Beta), 3, [(3, -2, amplitude)], 1e-7, 0, Time).MustComplete(measurement);

    private static double Largest(double[] coefficients, HarmonicBasis basis, int degree, Func<int, bool> counts) =>
        Enumerable.Range(-degree, 2 * degree + 1).Where(counts).Max(order => Math.Abs(coefficients[basis.IndexOf(degree, order)]));

    private static double At(double[] coefficients, HarmonicBasis basis, double[] point)
    {
        var values = new double[basis.Count];
        new SphericalHarmonics(basis.Bandlimit).Evaluate(point[0], point[1], point[2], values);
        return values.Zip(coefficients, (y, c) => y * c).Sum();
    }
}
