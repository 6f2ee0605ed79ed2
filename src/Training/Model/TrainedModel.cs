using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>A noisy mean-field transformer whose feed-forward network is to be trained.</summary>
/// <remarks>
/// <code>
///   ∂ₜμ = −∇·( μ (v[μ] + P_x W_t σ(x)) ) + κΔμ,      Φ[μ] = ∫K(·,y) dμ(y),   K(x,y) = e^{β⟨x,Ay⟩}/β
///   unnormalized: v = ∇Φ[μ]        softmax: v = ∇ log Z[μ] / β,  Z = βΦ
/// </code>
/// W_t has d rows and m columns; on S^(d−1), d ≥ 4, one row, that of the last axis: u(x) = P_x e_d Σ_j w_j σ_j(x_d), the networks that commute
/// with the rotations about the axis, so that a zonal density stays zonal. At β = 0 K = ⟨x,Ay⟩ for both normalizations. Source: THEORY 5.2.
/// </remarks>
public sealed record TrainedModel
{
    /// <summary>Largest β a₁ with softmax: beyond it Z, which is at least e^{−βa₁}, would sink in the rounding of e^{βa₁}.</summary>
    public const double LargestSoftmaxExponent = 15;

    /// <summary>Largest β a₁ without normalization: e^{βa₁} in the range of double with room for products.</summary>
    public const double LargestExponent = 300;

    /// <summary>Joins attention, matrix and features.</summary>
    /// <exception cref="ArgumentException">Dimensions differ, a matrix that is not axial for d ≥ 4, or β out of range (β ≥ 0, βa₁ at most 15 with softmax and 300 without).</exception>
    public TrainedModel(Attention attention, InteractionMatrix matrix, FeatureMap features)
    {
        if (matrix.Dimension != features.Dimension) throw new ArgumentException("the interaction matrix and the features are of different dimensions", nameof(features));
        if (matrix.Dimension > 3 && double.IsNaN(matrix.Along)) throw new ArgumentException("from dimension 4 on the interaction matrix must be axial", nameof(matrix));
        double largest = attention.Normalization == Normalization.Softmax ? LargestSoftmaxExponent : LargestExponent;
        if (!(attention.Beta >= 0 && attention.Beta * matrix.Largest <= largest))
            throw new ArgumentException($"β must be at least 0 and β times the largest eigenvalue of A at most {largest} with normalization {attention.Normalization}", nameof(attention));
        if (!(attention.Noise >= 0)) throw new ArgumentException("the noise must be at least 0", nameof(attention));
        (Attention, Matrix, Features) = (attention, matrix, features);
    }

    /// <summary>Normalization, β and noise κ.</summary>
    public Attention Attention { get; }

    /// <summary>A.</summary>
    public InteractionMatrix Matrix { get; }

    /// <summary>σ.</summary>
    public FeatureMap Features { get; }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension => Matrix.Dimension;

    /// <summary>Rows of W: d for d ≤ 3, 1 above.</summary>
    public int Rows => Feature.Coordinates(Dimension);

    /// <summary>Numbers in one W: features times rows.</summary>
    public int ControlSize => Features.Count * Rows;
}
