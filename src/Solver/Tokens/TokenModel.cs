using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>What tokens on S^(d−1) do to one another: A_i = (1/Z_i) Σ_j w_j e^{β⟨Qx_i,Kx_j⟩} V x_j with softmax, without 1/Z_i unnormalized.</summary>
/// <remarks>
/// ẋ_i = P_{x_i} A_i, P_x y = y − ⟨x,y⟩x. At β = 0 both normalizations give A_i = V Σ_j w_j x_j (DESIGN: the kernel is x·y).
/// With <see cref="Causal"/> the sums run over j ≤ i and the masses are those of the tokens seen, w_j/Σ_{k≤i} w_k, so that the linear rates
/// about the leader are (i−1)/i for softmax (THEORY 6.12) and e^β (i−1)/i unnormalized. Sources: THEORY 1.1, 6.12.
/// </remarks>
public sealed record TokenModel
{
    /// <summary>Attention between tokens of R^d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">dimension &lt; 2 or β not finite.</exception>
    public TokenModel(Attention attention, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        if (!double.IsFinite(attention.Beta)) throw new ArgumentOutOfRangeException(nameof(attention), attention.Beta, "β must be finite");
        Attention = attention;
        Dimension = dimension;
    }

    /// <summary>Normalization, β and noise.</summary>
    public Attention Attention { get; }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Q [d·d], row after row; null: the identity.</summary>
    public double[]? Query { get; init; }

    /// <summary>K [d·d], row after row; null: the identity.</summary>
    public double[]? Key { get; init; }

    /// <summary>V [d·d], row after row; null: the identity.</summary>
    public double[]? Value { get; init; }

    /// <summary>Masses w_j [N], of sum 1; null: 1/N each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Token i sees tokens j ≤ i only.</summary>
    public bool Causal { get; init; }

    /// <summary>Whether Q, K and V are all the identity.</summary>
    public bool IsPlain => Query is null && Key is null && Value is null;

    /// <summary>
    /// Whether the energy E = (1/2β)∬e^{β⟨Qx,Ky⟩} is a Lyapunov function that grows: V = QᵀK symmetric (to rounding), no mask, no noise (THEORY 1.3).
    /// </summary>
    public bool AscendsEnergy => !Causal && Attention.Noise == 0 && (IsPlain || ValueIsSymmetricForm());

    /// <summary>q ≥ ‖QᵀK‖, from the Frobenius norms of the matrices; 1 without them.</summary>
    public double FormNorm => Norm(Query) * Norm(Key);

    /// <summary>A bound of the rates at which tokens move, from the norms of the matrices: e^{q|β|}‖V‖ (unnormalized) or (1 + q|β|)‖V‖ (softmax), plus (d−1)κ.</summary>
    public double FastestRate
    {
        get
        {
            double beta = Math.Abs(Attention.Beta) * FormNorm;
            double drift = (Attention.Normalization == Normalization.Softmax ? 1 + beta : Math.Exp(beta)) * Norm(Value);
            return drift + (Dimension - 1) * Attention.Noise;
        }
    }

    private bool ValueIsSymmetricForm()
    {
        double[] query = Query ?? Identity(), key = Key ?? Identity(), value = Value ?? Identity();
        double allowed = 1e-14 * FormNorm;
        for (int row = 0; row < Dimension; row++)
        {
            for (int column = 0; column < Dimension; column++)
            {
                double form = 0, mirrored = 0; // ⟨Qe_row, Ke_column⟩ and its transpose
                for (int k = 0; k < Dimension; k++)
                {
                    form += query[k * Dimension + row] * key[k * Dimension + column];
                    mirrored += query[k * Dimension + column] * key[k * Dimension + row];
                }
                if (!(Math.Abs(form - mirrored) <= allowed && Math.Abs(form - value[row * Dimension + column]) <= allowed)) return false;
            }
        }
        return true;
    }

    private double[] Identity()
    {
        var identity = new double[Dimension * Dimension];
        for (int k = 0; k < Dimension; k++) identity[k * (Dimension + 1)] = 1;
        return identity;
    }

    private static double Norm(double[]? matrix) => matrix is null ? 1 : TensorPrimitives.Norm<double>(matrix);

    /// <summary>Mass of token i among N.</summary>
    public double Weight(int token, int count) => Weights is null ? 1.0 / count : Weights[token];

    /// <summary>Checks that matrices and weights have the lengths that N tokens need and that masses are sound.</summary>
    /// <exception cref="ArgumentException">A matrix that is not d × d, weights not N long, a negative mass, or masses whose sum is not 1 (to 1e−9).</exception>
    public void Check(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        foreach ((string name, double[]? matrix) in ((string, double[]?)[])[("query", Query), ("key", Key), ("value", Value)])
        {
            if (matrix is not null && (matrix.Length != Dimension * Dimension || !Array.TrueForAll(matrix, double.IsFinite)))
                throw new ArgumentException($"the {name} matrix must be {Dimension} × {Dimension} finite numbers");
        }
        if (Weights is null) return;
        if (Weights.Length != count) throw new ArgumentException($"{Weights.Length} weights for {count} tokens");
        double sum = 0;
        foreach (double w in Weights)
        {
            if (!(w >= 0)) throw new ArgumentException($"a token's weight must not be negative, but one is {w}");
            sum += w;
        }
        if (!(Math.Abs(sum - 1) <= 1e-9)) throw new ArgumentException($"the weights must add up to 1, not {sum}");
        if (Causal && Weights[0] == 0) throw new ArgumentException("with the causal mask the first token needs mass");
    }
}
