using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The attention block of a case.</summary>
public sealed record AttentionSettings
{
    /// <summary>Softmax (SA) or none (USA).</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>Inverse temperature β: −700 … 10⁴ with softmax, −700 … 700 without.</summary>
    public required double Beta { get; init; }

    /// <summary>Coefficient κ ≥ 0 of the Laplacian.</summary>
    public double Noise { get; init; }

    /// <summary>Rows of the d×d query matrix, or null for the identity; particles only.</summary>
    public ValueList<ValueList<double>>? Query { get; init; }

    /// <summary>Rows of the d×d key matrix, or null for the identity; particles only.</summary>
    public ValueList<ValueList<double>>? Key { get; init; }

    /// <summary>Rows of the d×d value matrix, or null for the identity; particles only.</summary>
    public ValueList<ValueList<double>>? Value { get; init; }

    /// <summary>Which tokens a token sees; particles only.</summary>
    public AttentionMask Mask { get; init; } = AttentionMask.None;

    /// <summary>Where layer normalization stands; particles only.</summary>
    public NormPlacement LayerNorm { get; init; } = NormPlacement.Post;

    /// <summary>Layer normalization mix: time at which post gives way to pre, at least 0.</summary>
    public double LayerNormSwitch { get; init; } = 1;

    /// <summary>The model without its matrices, as the solvers take it.</summary>
    public Attention Model => new(Normalization, Beta, Noise);
}

/// <summary>Which tokens a token sees.</summary>
public enum AttentionMask
{
    /// <summary>All of them.</summary>
    None,

    /// <summary>Itself and those before it.</summary>
    Causal,
}
