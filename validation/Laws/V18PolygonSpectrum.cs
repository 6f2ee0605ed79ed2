using MathNet.Numerics.LinearAlgebra;
using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Spectrum of the regular polygon of clusters (THEORY 3.6).</summary>
public sealed class V18PolygonSpectrum : Law
{
    private const int Tokens = 12;

    private static readonly (double Beta, int Clusters)[] Polygons = [(2, 2), (5, 3), (7, 4), (10, 4)];
    private static readonly Normalization[] Both = [Normalization.None, Normalization.Softmax];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V18", "Spectrum of the polygon of clusters")
    {
        Statement = "q equal clusters at the corners of a regular q-gon are stationary. Within a cluster differences contract at s_q = Σ_m γ_mq; displacements of the clusters of Fourier index p grow at Λ_p = Σ_m γ_{mq−p} − s_q; with softmax both are divided by Z_q = Σ_m I_mq(β).",
        Source = "THEORY 3.6, A3",
        Status = ClaimStatus.Derived,
        Tag = "derived, c08",
        Hypotheses = ["d = 2, no noise", "equal clusters"],
        Method = "Direct forces between 12 tokens in q = 2, 3, 4 clusters: Jacobian by central differences of order 4 and step 1e-3, its eigenvalues in order of size, index 1 the smallest; s_q and Λ_p of the perturbation library, which sums over the corners.",
        Tolerance = "1e-6 of the smallest nonzero eigenvalue (theory: 1e-6 relative); the library 1e-10 of s_q.",
        Case = null,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (Normalization normalization in Both)
        {
            foreach ((double beta, int q) in Polygons)
            {
                (double contraction, double[] rates) = Spectrum(normalization, beta, q);
                double[] all = [.. Enumerable.Repeat(-contraction, Tokens - q).Concat(rates).Order()];
                prediction.Curve(Jacobian(normalization, beta, q), index => all[(int)index - 1], 1e-6 * rates.Skip(1).Min(Math.Abs))
                    .Relative($"s_q, {Name(normalization, beta, q)}", contraction, 1e-10)
                    .Curve($"Λ_p, {Name(normalization, beta, q)}", p => rates[(int)p], 1e-10 * contraction);
            }
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (Normalization normalization in Both)
        {
            foreach ((double beta, int q) in Polygons)
            {
                var attention = new Attention(normalization, beta);
                double[] eigenvalues = [.. TokenJacobian.Of(attention, Corners(q)).Evd(Symmetricity.Unknown).EigenValues.Select(value => value.Real).Order()];
                measurement.Curve(Jacobian(normalization, beta, q), "index", [.. Enumerable.Range(1, Tokens).Select(i => (double)i)], eigenvalues);
                var polygon = new RegularPolygon(attention, q);
                measurement.Figure($"s_q, {Name(normalization, beta, q)}", polygon.Contraction)
                    .Curve($"Λ_p, {Name(normalization, beta, q)}", "p", [.. Enumerable.Range(1, q - 1).Select(p => (double)p)], polygon.Rates[1..].ToArray());
            }
        }
        return measurement;
    }

    private static (double Contraction, double[] Rates) Spectrum(Normalization normalization, double beta, int q)
    {
        const int Turns = 40;
        var model = new Attention(Normalization.None, beta);
        double[] rates = [.. Enumerable.Range(0, q).Select(p => Enumerable.Range(-Turns, 2 * Turns + 1).Sum(m => FunkHecke.Rate(model, 2, Math.Abs(m * q - p))))];
        double partition = normalization == Normalization.Softmax ? Enumerable.Range(-Turns, 2 * Turns + 1).Sum(m => FunkHecke.Lambda(2, Math.Abs(m * q), beta)) : 1;
        return (rates[0] / partition, [.. rates.Select(rate => (rate - rates[0]) / partition)]);
    }

    private static double[] Corners(int q) => [.. Enumerable.Range(0, Tokens).Select(i => 2 * Math.PI * (i % q) / q)];

    private static string Jacobian(Normalization normalization, double beta, int q) => $"eigenvalues, {Name(normalization, beta, q)}";

    private static string Name(Normalization normalization, double beta, int q) => $"{(normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, β = {beta}, q = {q}";
}
