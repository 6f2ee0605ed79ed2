using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>q equal clusters at the corners of a regular q-gon of the circle: a stationary state of the flow, with its exact spectrum (THEORY 3.6, A3).</summary>
/// <remarks>
/// With h'(θ) = e^{β cos θ}(cos θ − β sin²θ):
/// <code>
///   within a cluster, differences contract at s_q = (1/q) Σ_n h'(2πn/q)
///   means of clusters, Fourier index p:      Λ_p = −(1/q) Σ_n h'(2πn/q)(1 − cos(2πpn/q)),   Λ_0 = 0 (rotation)
///   softmax: both divided by Z_q = (1/q) Σ_n e^{β cos(2πn/q)}
/// </code>
/// No term cancels the large one of n = 0 in Λ_p, so small Λ_p keep their digits.
/// </remarks>
public sealed class RegularPolygon
{
    private readonly double[] _rates;

    /// <summary>Computes the spectrum.</summary>
    /// <param name="attention">The model; its noise must be 0.</param>
    /// <param name="clusters">q ≥ 1.</param>
    /// <exception cref="ArgumentException">Noise, under which clusters are not points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">clusters &lt; 1.</exception>
    public RegularPolygon(Attention attention, int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        if (attention.Noise != 0) throw new ArgumentException("with noise the clusters are not points", nameof(attention));
        Clusters = clusters;
        double beta = attention.Beta, shift = Math.Abs(beta), partition = 0;
        var slopes = new double[clusters]; // e^{−|β|} h'(2πn/q)/q
        for (int n = 0; n < clusters; n++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * n / clusters);
            double weight = Math.Exp(beta * cosine - shift) / clusters;
            slopes[n] = weight * (cosine - beta * sine * sine);
            partition += weight;
        }
        double scale = attention.Normalization == Normalization.Softmax ? 1 / partition : Math.Exp(shift);
        _rates = new double[clusters];
        for (int n = 0; n < clusters; n++)
        {
            Contraction += scale * slopes[n];
            for (int p = 1; p < clusters; p++)
            {
                double half = Math.Sin(Math.PI * ((long)p * n % clusters) / clusters);
                _rates[p] -= scale * slopes[n] * 2 * half * half;
            }
        }
    }

    /// <summary>q.</summary>
    public int Clusters { get; }

    /// <summary>s_q, the rate at which the tokens of one cluster approach each other.</summary>
    public double Contraction { get; }

    /// <summary>Λ_0 … Λ_(q−1), growth rates of displacements of the clusters as wholes.</summary>
    public ReadOnlySpan<double> Rates => _rates;

    /// <summary>max Λ_p over p ≥ 1; −∞ for a single cluster.</summary>
    public double FastestRate => Clusters == 1 ? double.NegativeInfinity : _rates.Skip(1).Max();

    /// <summary>log(1/η)/Λ_max: how long the polygon lasts when its displacements start at η; infinite if it is stable.</summary>
    /// <param name="asymmetry">η, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">η outside (0, 1).</exception>
    public double Lifetime(double asymmetry)
    {
        if (!(asymmetry > 0 && asymmetry < 1)) throw new ArgumentOutOfRangeException(nameof(asymmetry), asymmetry, "the asymmetry lies between 0 and 1");
        return FastestRate > 0 ? -Math.Log(asymmetry) / FastestRate : double.PositiveInfinity;
    }
}
