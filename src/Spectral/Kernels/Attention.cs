namespace Meanfield.Spectral;

/// <summary>How attention weights are normalized.</summary>
public enum Normalization
{
    /// <summary>Softmax attention (SA): v = ∇ log Z[μ] / β.</summary>
    Softmax,

    /// <summary>Unnormalized attention (USA): v = ∇(W∗μ).</summary>
    None,
}

/// <summary>The attention model: ∂ₜμ + ∇·(μ v[μ]) = κΔμ with W(x·y) = e^{β x·y}/β.</summary>
/// <param name="Normalization">Softmax (SA) or none (USA).</param>
/// <param name="Beta">Inverse temperature β; at β = 0 the kernel is x·y for both normalizations.</param>
/// <param name="Noise">κ ≥ 0, the coefficient of the Laplacian.</param>
public readonly record struct Attention(Normalization Normalization, double Beta, double Noise = 0)
{
    /// <summary>
    /// Growth rate γ_ℓ = ℓ(ℓ+d−2)(m_ℓ − κ) of degree ℓ about the uniform state, where m_ℓ is ŵ_ℓ (USA) or ŵ_ℓ/(βŵ_0) (SA).
    /// </summary>
    /// <remarks>THEORY: linearization ∂ₜη = −Δ(W∗η) + κΔη, diagonal by Funk–Hecke.</remarks>
    public double GrowthRate(AttentionKernel kernel, int degree) =>
        HarmonicBasis.LaplaceEigenvalue(degree, kernel.Dimension) * (kernel.Multiplier(Normalization, degree) - Noise);
}
