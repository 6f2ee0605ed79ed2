using MathNet.Numerics.Integration;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>Two clusters of masses a_1 + a_2 = 1 that approach each other along their geodesic, ρ = ⟨x_1, x_2⟩, on any sphere (THEORY 6.5, A8).</summary>
/// <remarks>
/// <code>
///   SA:  ρ̇ = (1−ρ²)[a_2/(a_1 E + a_2) + a_1/(a_2 E + a_1)],  E = e^{β(1−ρ)}        USA: ρ̇ = (1−ρ²)e^{βρ} for any masses
///   t(ρ_0 → ρ_1) = ∫ dρ/ρ̇ = ∫ e^{β(1−ρ)} g(ρ)/(1−ρ²) dρ
/// </code>
/// </remarks>
public sealed class PairMerging
{
    private readonly Attention _attention;
    private readonly double _first;
    private readonly double _second;

    /// <summary>Fixes the model and the masses.</summary>
    /// <param name="attention">The model; its noise must be 0.</param>
    /// <param name="mass">a_1, strictly between 0 and 1; a_2 = 1 − a_1.</param>
    /// <exception cref="ArgumentException">Noise, or a mass outside (0, 1).</exception>
    public PairMerging(Attention attention, double mass = 0.5)
    {
        if (attention.Noise != 0) throw new ArgumentException("with noise the clusters are not points", nameof(attention));
        if (!(mass > 0 && mass < 1)) throw new ArgumentOutOfRangeException(nameof(mass), mass, "the mass of a cluster lies between 0 and 1");
        _attention = attention;
        (_first, _second) = (mass, 1 - mass);
    }

    /// <summary>ρ̇.</summary>
    /// <param name="cosine">ρ in [−1, 1].</param>
    public double Rate(double cosine) => (1 - cosine * cosine) * Math.Exp(-_attention.Beta * (1 - cosine)) / Weight(cosine);

    /// <summary>log of the time from ρ_0 to ρ_1, by adaptive Gauss–Kronrod quadrature in u = artanh ρ; the time itself may exceed the range of double.</summary>
    /// <param name="from">ρ_0, −1 &lt; ρ_0 &lt; ρ_1.</param>
    /// <param name="to">ρ_1 &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not −1 &lt; ρ_0 &lt; ρ_1 &lt; 1.</exception>
    public double LogDuration(double from, double to)
    {
        if (!(from > -1 && from < to && to < 1)) throw new ArgumentOutOfRangeException(nameof(from), from, "times are finite for −1 < ρ_0 < ρ_1 < 1");
        double beta = _attention.Beta, reference = beta >= 0 ? from : to;
        double integral = GaussKronrodRule.Integrate(Integrand, Math.Atanh(from), Math.Atanh(to), out _, out _, 1e-11, 15, 31);
        return Math.Log(integral) + beta * (1 - reference);

        double Integrand(double u)
        {
            double cosine = Math.Tanh(u);
            return Math.Exp(-beta * (cosine - reference)) * Weight(cosine);
        }
    }

    /// <summary>Time from ρ_0 to ρ_1; infinite beyond the range of double.</summary>
    /// <param name="from">ρ_0.</param>
    /// <param name="to">ρ_1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not −1 &lt; ρ_0 &lt; ρ_1 &lt; 1.</exception>
    public double Duration(double from, double to) => Math.Exp(LogDuration(from, to));

    /// <summary>Leading time to merge for large β: g e^{β(1−ρ_0)}/(β(1−ρ_0²))·(1 + 2ρ_0/(β(1−ρ_0²))), g = a_1a_2/(a_1²+a_2²) (SA) or e^{−β} (USA); relative error O(β^−2).</summary>
    /// <param name="from">ρ_0 in (−1, 1).</param>
    public double Asymptotic(double from)
    {
        double beta = _attention.Beta, width = beta * (1 - from * from);
        double weight = _attention.Normalization == Normalization.None ? Math.Exp(-beta) : _first * _second / (_first * _first + _second * _second);
        return weight * Math.Exp(beta * (1 - from)) / width * (1 + 2 * from / width);
    }

    /// <summary>g(ρ) = e^{−β(1−ρ)}(1−ρ²)/ρ̇: 1/[a_2/(a_1 + a_2/E) + a_1/(a_2 + a_1/E)], or e^{−β}.</summary>
    private double Weight(double cosine)
    {
        if (_attention.Normalization == Normalization.None) return Math.Exp(-_attention.Beta);
        double inverse = Math.Exp(-_attention.Beta * (1 - cosine));
        return 1 / (_second / (_first + _second * inverse) + _first / (_second + _first * inverse));
    }
}
