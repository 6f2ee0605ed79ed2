using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The cosines among the tokens of one sequence, and how fast an attention flow changes them.</summary>
/// <remarks>
/// With weights w_ik = e^{βG_ik}/Z_i (softmax) or e^{βG_ik}/n, Ġ_ij = ⟨v_i, x_j⟩ + ⟨x_i, v_j⟩ = P_ij + P_ji − (s_i + s_j) G_ij,
/// P = wG, s_i = Σ_k w_ik G_ik (THEORY 1.1). With the causal mask the sums run over k ≤ i.
/// </remarks>
internal sealed unsafe class CosineGroup
{
    private const int Width = TokenPanels.Width;
    private readonly AlignedBuffer _cosines; // [panel][k][16]
    private readonly int _panels;

    /// <summary>The cosines of tokens.</summary>
    public CosineGroup(TokenPanels tokens)
    {
        Count = tokens.Count;
        _panels = tokens.Panels;
        int stride = _panels * Width;
        var square = new AlignedBuffer((long)stride * stride);
        PanelProducts.Multiply(tokens.Panel(0), _panels, tokens.Panel(0), _panels, tokens.Dimension, square.Pointer, stride);
        _cosines = new AlignedBuffer((long)stride * Count);
        for (int i = 0; i < Count; i++)
        {
            square.Span[i * stride + i] = 1;
            for (int k = 0; k < Count; k++) _cosines.Span[Place(i, k)] = square.Span[i * stride + k];
        }
    }

    /// <summary>Tokens n.</summary>
    public int Count { get; }

    /// <summary>Numbers that <see cref="Rates"/> needs as scratch.</summary>
    public int Scratch => _cosines.Length + Count;

    /// <summary>Cosine of tokens i and j.</summary>
    public double this[int i, int j] => _cosines.Span[Place(i, j)];

    /// <summary>Numbers per row of <see cref="Rates"/>' products.</summary>
    public int Stride => _panels * Width;

    /// <summary>P and s of a flow; the unnormalized one slowed by e^β.</summary>
    /// <param name="normalization">Softmax or none.</param>
    /// <param name="beta">β.</param>
    /// <param name="causal">Whether token i sees k ≤ i only.</param>
    /// <param name="weights">Scratch of at least <see cref="Scratch"/> numbers.</param>
    /// <param name="products">[<see cref="Stride"/>²] receives P, row after row.</param>
    /// <param name="along">[n] receives s.</param>
    public void Rates(Normalization normalization, double beta, bool causal, AlignedBuffer weights, AlignedBuffer products, Span<double> along)
    {
        Span<double> w = weights.Span[.._cosines.Length];
        TensorPrimitives.Subtract(_cosines.Span, 1, w);
        TensorPrimitives.Multiply(w, beta, w);
        TensorPrimitives.Exp(w, w);
        for (int i = 0; i < Count; i++)
        {
            int seen = causal ? i + 1 : Count;
            double sum = 0;
            for (int k = 0; k < seen; k++) sum += w[Place(i, k)];
            double scale = normalization == Normalization.Softmax ? 1 / sum : 1.0 / seen, mean = 0;
            for (int k = 0; k < Count; k++)
            {
                int place = Place(i, k);
                w[place] = k < seen ? scale * w[place] : 0;
                mean += w[place] * _cosines.Span[place];
            }
            along[i] = mean;
        }
        products.Span[..(Stride * Stride)].Clear();
        PanelProducts.Multiply(weights.Pointer, _panels, _cosines.Pointer, _panels, Count, products.Pointer, Stride);
    }

    private int Place(int i, int k) => (i / Width * Count + k) * Width + i % Width;
}
