using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Grenier's expansion of the unstable manifold (THEORY 3.3).</summary>
public sealed class V15GrenierSeries : Law
{
    private const double Start = 0.01;
    private const int Degree = 3, Highest = 15;
    private const string First = "C_q^(n)", SecondHarmonic = "C_2q^(n)", Free = "C_1^(n), β = 0";

    private static readonly Attention Model = new(Normalization.None, 5);

    private static readonly (int Order, double[] Z, double Tolerance)[] Truncations =
    [
        (1, [0.02, 0.04, 0.06, 0.08], 0.05),
        (3, [0.05, 0.1, 0.15, 0.2], 0.1),
        (7, [0.15, 0.2, 0.25, 0.3], 0.2),
        (15, [0.35, 0.4, 0.45, 0.5], 0.6),
    ];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V15", "Grenier's series")
    {
        Statement = "On the unstable manifold c_k = Σ_n C_k^(n) z^n, z = z_0 e^{γ_q t}, (nγ_q − γ_k) C_k^(n) = k Σ_{j≠0,k} j w_j Σ_m C_j^(m) C_{k−j}^(n−m): β = 5, q = 3 gives C_q^(3) = −1/2, C_q^(5) = 0.335984, C_2q^(2) = 1.181165, C_2q^(4) = −1.279271, and β = 0 the coefficients of z/√(1 + z²). The series of order n errs by O(z^(n+2)).",
        Source = "THEORY 3.3 (Grenier's iterative scheme of arXiv:2410.23228)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c16",
        Hypotheses = ["unnormalized, no noise", "no resonance nγ_q = γ_k", "z below the radius of convergence"],
        Method = "Perturbation solver (harmonics on a grid, order 15) against the recursion in Fourier coefficients; density solver of tolerance 1e-13 from that series at z = 0.01, c_3 compared with the series cut at n = 1, 3, 7, 15 for z = 0.02 … 0.5.",
        Tolerance = "Coefficients 1e-9 relative (recursion: rounding). Errors of the cut series 1e-4 of the rest of the series (theory asks for the exponent only), their exponents n + 2 within 0.05, 0.1, 0.2, 0.6: the next terms turn them, the more the larger z has to be for the error to stand out from that of the density solver.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 0.01414}]}
            method: {scheme: perturbation, order: 15}
            time: {until: 0.2, every: 0.01}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var series = new CircleManifold(Model.Beta, Degree, 61);
        var prediction = new Prediction()
            .RelativeCurve(First, n => series[(int)n, 1], 1e-9)
            .RelativeCurve(SecondHarmonic, n => series[(int)n, 2], 1e-9)
            .RelativeCurve(Free, n => Binomial(((int)n - 1) / 2), 1e-9);
        foreach ((int order, _, double tolerance) in Truncations)
            prediction.RelativeCurve(Error(order), z => Math.Abs(series.Beyond(order, z)), 1e-4).Approaches(Error(order), _ => 0, order + 2, tolerance);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        ManifoldSeries series = Series(Model, Degree);
        Terms(measurement, First, series, 1, Degree);
        Terms(measurement, SecondHarmonic, series, 2, 2 * Degree);
        Terms(measurement, Free, Series(new Attention(Normalization.None, 0), 1), 1, 1);

        double[] all = [Start, .. Truncations.SelectMany(truncation => truncation.Z).Distinct().Order()];
        double[] times = [.. all.Select(z => Math.Log(z / Start) / series.Rate)];
        var start = new double[series.Basis.Count];
        series.Evaluate(0, start);
        DensityRecord run = DensityRecord.Of(trial, Model, series.Basis, start, new DensitySettings { Tolerance = 1e-13, OutputTimes = times }).MustComplete(measurement);
        foreach ((int order, double[] z, _) in Truncations)
        {
            double[] errors = [.. z.Select(size => Math.Abs(Truncated(series, order, times[Array.IndexOf(all, size)]) - run.Coefficient(Array.IndexOf(all, size), Degree, 1)) / Math.Sqrt(2))];
            measurement.Curve(new Curve(Error(order), "z", z, errors) { LogX = true, LogY = true });
        }
        return measurement;
    }

    private static string Error(int order) => $"error in c_3 of the series of order {order}";

    /// <summary>Coefficient of z^(2k+1) in z/√(1 + z²): binomial of −½ over k.</summary>
    private static double Binomial(int k) => Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (-0.5 - i) / (i + 1));

    private static ManifoldSeries Series(Attention attention, int degree)
    {
        var basis = new HarmonicBasis(2, degree * (Highest + 4));
        var element = new double[basis.Count];
        element[basis.IndexOf(degree, 1)] = Math.Sqrt(2);
        return ManifoldSeries.Of(attention, basis, element, Highest, Start);
    }

    private static void Terms(Measurement measurement, string name, ManifoldSeries series, int first, int degree)
    {
        int[] orders = [.. Enumerable.Range(0, (Highest - first) / 2 + 1).Select(i => first + 2 * i)];
        measurement.Curve(name, "n", [.. orders.Select(n => (double)n)],
            [.. orders.Select(n => series.Coefficients(n)[series.Basis.IndexOf(degree, 1)] / Math.Sqrt(2))]);
    }

    private static double Truncated(ManifoldSeries series, int order, double time)
    {
        var term = new double[series.Basis.Count];
        double sum = 0;
        for (int n = 1; n <= order; n++)
        {
            series.EvaluateOrder(n, time, term);
            sum += term[series.Basis.IndexOf(Degree, 1)];
        }
        return sum;
    }
}
