using MathNet.Numerics.Integration;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>n tokens with the same inner product ρ between any two, which the flow keeps equal (THEORY 6.1): orthogonal tokens are ρ = 0.</summary>
/// <remarks>
/// <code>
///   SA: ρ̇ = 2(1−ρ)((n−1)ρ+1)/(e^{β(1−ρ)} + n − 1)        USA: ρ̇ = (2/n)e^{βρ}(1−ρ)((n−1)ρ+1)
/// </code>
/// </remarks>
public sealed class EquiangularTokens
{
    private readonly Attention _attention;
    private readonly int _count;

    /// <summary>Fixes the model and the number of tokens.</summary>
    /// <param name="attention">The model; its noise must be 0.</param>
    /// <param name="count">n ≥ 2.</param>
    /// <exception cref="ArgumentException">Noise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">count &lt; 2.</exception>
    public EquiangularTokens(Attention attention, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (attention.Noise != 0) throw new ArgumentException("with noise the tokens do not stay equiangular", nameof(attention));
        (_attention, _count) = (attention, count);
    }

    /// <summary>ρ̇.</summary>
    /// <param name="cosine">ρ in [−1/(n−1), 1].</param>
    public double Rate(double cosine) => (1 - cosine) * ((_count - 1) * cosine + 1) / Slowness(cosine);

    /// <summary>Time from ρ_0 to ρ_1, by adaptive Gauss–Kronrod quadrature in u = (1/n) log((1+(n−1)ρ)/(1−ρ)).</summary>
    /// <param name="from">ρ_0.</param>
    /// <param name="to">ρ_1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not −1/(n−1) &lt; ρ_0 &lt; ρ_1 &lt; 1.</exception>
    public double Duration(double from, double to)
    {
        if (!((_count - 1) * from > -1 && from < to && to < 1))
            throw new ArgumentOutOfRangeException(nameof(from), from, "times are finite for −1/(n−1) < ρ_0 < ρ_1 < 1");
        return GaussKronrodRule.Integrate(u => Slowness(Cosine(u)), Coordinate(from), Coordinate(to), out _, out _, 1e-11, 15, 31);
    }

    private double Coordinate(double cosine) => Math.Log((1 + (_count - 1) * cosine) / (1 - cosine)) / _count;

    private double Cosine(double u)
    {
        double e = Math.Exp(-_count * u);
        return (1 - e) / (1 + (_count - 1) * e);
    }

    private double Slowness(double cosine) => _attention.Normalization == Normalization.Softmax
        ? 0.5 * (Math.Exp(_attention.Beta * (1 - cosine)) + _count - 1)
        : 0.5 * _count * Math.Exp(-_attention.Beta * cosine);
}
