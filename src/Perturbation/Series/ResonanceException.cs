namespace Meanfield.Perturbation;

/// <summary>An order of the unstable manifold has no pure exponential: nγ_q equals the growth rate of a degree that it forces.</summary>
/// <param name="order">n.</param>
/// <param name="degree">ℓ with γ_ℓ ≈ nγ_q.</param>
/// <param name="divisor">(nγ_q − γ_ℓ)/(nγ_q).</param>
public sealed class ResonanceException(int order, int degree, double divisor)
    : Exception($"order {order} resonates with degree {degree}: nγ_q − γ_ℓ is only {divisor:E1} of nγ_q, so the manifold has no expansion in pure exponentials; expand initial data instead")
{
    /// <summary>n.</summary>
    public int Order { get; } = order;

    /// <summary>ℓ.</summary>
    public int Degree { get; } = degree;

    /// <summary>(nγ_q − γ_ℓ)/(nγ_q).</summary>
    public double Divisor { get; } = divisor;
}
