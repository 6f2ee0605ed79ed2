using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The heat phase of repulsive softmax attention on the sphere.</summary>
public sealed class W07SphereHeat : Law
{
    private const double Time = 0.05; // s = t/β

    private static readonly (int Degree, int Order, double Amplitude)[] Modes = [(2, 0, 0.3), (2, 2, 0.2), (4, -3, 0.1)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W07", "Heat phase on the sphere")
    {
        Statement = "Softmax with V = −I on S² is the heat equation for β → ∞: with s = t/β, a_ℓm(s) = a_ℓm(0)e^{−ℓ(ℓ+1)s} + O(1/β), although the data are not small. For even densities V = −I is the same as β → −β, so the limit is that of attention at −β as well.",
        Source = "arXiv:2509.25040, Proposition 3.9 (limit; on the circle THEORY V42); the order 1/β on S² is expected from the expansion of THEORY 2.2, not proven; the parity argument is derived here: ∫e^{−β x·y}y dμ(y) = −∫e^{β x·y}y dμ(y) for even μ",
        Status = ClaimStatus.AsPrinted,
        Tag = "text (limit), derived (order, parity)",
        Hypotheses = ["d = 3, softmax, V = −I", "even data: degrees 2 and 4"],
        Method = "Density solver at −β, β = 25, 50, 100 (quick), 50 … 400, 100 … 800, tolerance 1e-9, from 1 + 0.3 Y_20 + 0.2 Y_22 + 0.1 Y_4,−3, s = 0.05: the three amplitudes.",
        Tolerance = "Order of the deviation in β: −1 ± 0.1; deviation at the largest β below 0.01.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: -100}
            initial: {modes: [{degree: 2, order: 0, amplitude: 0.3}, {degree: 2, order: 2, amplitude: 0.2}, {degree: 4, order: -3, amplitude: 0.1}]}
            time: {until: 5, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((int degree, int order, double amplitude) in Modes)
        {
            double limit = amplitude * Math.Exp(-degree * (degree + 1) * Time);
            prediction.Approaches(Name(degree, order), _ => limit, -1, 0.1).Absolute($"{Name(degree, order)}, largest β", limit, 0.01);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] betas = trial.At<double[]>([25, 50, 100], [50, 100, 200, 400], [100, 200, 400, 800]);
        DensityRecord[] runs = [.. betas.Select(beta => DensityRecord.Of(trial, new Attention(Normalization.Softmax, -beta), 3, Modes, 1e-9, 0, Time * beta).MustComplete(measurement))];
        foreach ((int degree, int order, _) in Modes)
        {
            double[] ends = [.. runs.Select(run => run.Coefficient(1, degree, order))];
            measurement.Curve(new Curve(Name(degree, order), "β", betas, ends) { LogX = true }).Figure($"{Name(degree, order)}, largest β", ends[^1]);
        }
        return measurement;
    }

    private static string Name(int degree, int order) => $"a({degree}, {order}) at s = {Time}";
}
