namespace Meanfield.Solver;

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
public readonly record struct Attention(Normalization Normalization, double Beta, double Noise = 0);
