using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The velocity of every token, given all positions.</summary>
/// <remarks>
/// Positions, velocities and outputs are [d·N], coordinate after coordinate. An evaluation allocates nothing, and its bits do not
/// depend on the number of threads. One instance serves one caller at a time.
/// </remarks>
public abstract class TokenForce
{
    /// <summary>Fixes the model and the number of tokens.</summary>
    /// <exception cref="ArgumentException">Matrices or weights that do not fit (<see cref="TokenModel.Check"/>).</exception>
    protected TokenForce(TokenModel model, int count)
    {
        model.Check(count);
        Model = model;
        Count = count;
    }

    /// <summary>The model.</summary>
    public TokenModel Model { get; }

    /// <summary>Number of tokens N.</summary>
    public int Count { get; }

    /// <summary>Which method this is, and why.</summary>
    public abstract string Description { get; }

    /// <summary>ẋ_i = P_{x_i} A_i.</summary>
    /// <param name="positions">[d·N] unit vectors.</param>
    /// <param name="velocity">[d·N] receives the tangent velocities.</param>
    public abstract void Velocity(ReadOnlySpan<double> positions, Span<double> velocity);

    /// <summary>Whether <see cref="Attend"/> is offered.</summary>
    public virtual bool HasOutput => false;

    /// <summary>The attention output A_i itself, which has a component along x_i.</summary>
    /// <param name="positions">[d·N] unit vectors.</param>
    /// <param name="output">[d·N] receives A.</param>
    /// <exception cref="NotSupportedException">The force knows tangent velocities only.</exception>
    public virtual void Attend(ReadOnlySpan<double> positions, Span<double> output) =>
        throw new NotSupportedException($"{Description} gives tangent velocities only");

    /// <summary>
    /// The interaction energy E = (1/2β) Σ_i w_i Z_i, Z_i = Σ_j w_j e^{β⟨Qx_i,Kx_j⟩}, at the positions of the last evaluation
    /// (β = 0: ½⟨Qm, Km⟩), times e^{−logScale}; NaN with the causal mask, where no energy is defined.
    /// </summary>
    public abstract double Energy(double logScale);

    /// <summary>Σ w_i |v_i|² (unnormalized) or Σ w_i Z_i |v_i|² (softmax), v of the last evaluation, times e^{−logScale}: dE/dt (THEORY 1.3).</summary>
    /// <param name="velocity">[d·N] as the last evaluation gave it.</param>
    /// <param name="logScale">Logarithm of the factor taken out.</param>
    public double Dissipation(ReadOnlySpan<double> velocity, double logScale)
    {
        bool softmax = Model.Attention.Normalization == Normalization.Softmax && Model.Attention.Beta != 0;
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double square = 0;
            for (int at = i; at < velocity.Length; at += Count) square += velocity[at] * velocity[at];
            sum += Model.Weight(i, Count) * square * (softmax ? Partition(i, logScale) : Math.Exp(-logScale));
        }
        return Model.Causal ? double.NaN : sum;
    }

    /// <summary>Z_i e^{−logScale} of the last evaluation.</summary>
    protected abstract double Partition(int token, double logScale);

    /// <summary>Bytes that direct sums hold for N tokens: rows, records and partitions.</summary>
    public static long DirectBytes(int dimension, long count) => sizeof(double) * count * (3L * dimension + 4);

    /// <summary>Takes from each vector its component along the token: y_i ← y_i − ⟨x_i,y_i⟩x_i.</summary>
    /// <param name="positions">[d·N] unit vectors.</param>
    /// <param name="vectors">[d·N] to be made tangent.</param>
    /// <param name="count">N.</param>
    public static void Project(ReadOnlySpan<double> positions, Span<double> vectors, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double along = 0;
            for (int at = i; at < positions.Length; at += count) along = Math.FusedMultiplyAdd(positions[at], vectors[at], along);
            for (int at = i; at < positions.Length; at += count) vectors[at] = Math.FusedMultiplyAdd(-along, positions[at], vectors[at]);
        }
    }
}
