using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>β = 0: every token is drawn towards the same V m, m = Σ_j w_j x_j, whatever the normalization. Cost: N.</summary>
/// <remarks>Source: THEORY 4.3. With the causal mask m is the mean of the tokens seen, m_i = Σ_{j≤i} w_j x_j / Σ_{j≤i} w_j.</remarks>
public sealed class MeanForce : TokenForce
{
    private const int Block = 512; // tokens per partial sum, so that rounding grows with 512 + N/512

    private readonly double[] _mean;
    private readonly double[] _pull;

    /// <summary>Prepares for N tokens.</summary>
    /// <exception cref="ArgumentException">What <see cref="TokenModel.Check"/> refuses, or β ≠ 0.</exception>
    public MeanForce(TokenModel model, int count)
        : base(model, count)
    {
        if (model.Attention.Beta != 0) throw new ArgumentException("the force of the mean needs β = 0", nameof(model));
        _mean = new double[model.Dimension];
        _pull = new double[model.Dimension];
    }

    /// <inheritdoc/>
    public override string Description => "force of the mean (β = 0)";

    /// <inheritdoc/>
    public override bool HasOutput => true;

    /// <inheritdoc/>
    public override void Velocity(ReadOnlySpan<double> positions, Span<double> velocity)
    {
        Attend(positions, velocity);
        Project(positions, velocity, Count);
    }

    /// <inheritdoc/>
    public override void Attend(ReadOnlySpan<double> positions, Span<double> output)
    {
        if (Model.Causal)
        {
            AttendBackwards(positions, output);
            return;
        }
        for (int k = 0; k < Model.Dimension; k++) _mean[k] = Mean(positions.Slice(k * Count, Count));
        Pull();
        for (int k = 0; k < Model.Dimension; k++) output.Slice(k * Count, Count).Fill(_pull[k]);
    }

    /// <inheritdoc/>
    public override double Energy(double logScale)
    {
        double energy = 0;
        for (int row = 0; row < Model.Dimension; row++) energy += Component(Model.Query, row) * Component(Model.Key, row);
        return Model.Causal ? double.NaN : 0.5 * energy * Math.Exp(-logScale);
    }

    /// <inheritdoc/>
    protected override double Partition(int token, double logScale) => Math.Exp(-logScale);

    private void AttendBackwards(ReadOnlySpan<double> positions, Span<double> output)
    {
        double seen = 0;
        Array.Clear(_mean);
        for (int i = 0; i < Count; i++)
        {
            double weight = Model.Weight(i, Count);
            seen += weight;
            for (int k = 0; k < _mean.Length; k++) _mean[k] += weight / seen * (positions[k * Count + i] - _mean[k]);
            Pull();
            for (int k = 0; k < _mean.Length; k++) output[k * Count + i] = _pull[k];
        }
    }

    private double Mean(ReadOnlySpan<double> coordinate)
    {
        double sum = 0;
        for (int from = 0; from < Count; from += Block)
        {
            int length = Math.Min(Block, Count - from);
            ReadOnlySpan<double> part = coordinate.Slice(from, length);
            sum += Model.Weights is null ? TensorPrimitives.Sum(part) / Count : TensorPrimitives.Dot(part, Model.Weights.AsSpan(from, length));
        }
        return sum;
    }

    private void Pull()
    {
        for (int row = 0; row < _pull.Length; row++) _pull[row] = Component(Model.Value, row);
    }

    private double Component(double[]? matrix, int row) =>
        matrix is null ? _mean[row] : TensorPrimitives.Dot(matrix.AsSpan(row * _mean.Length, _mean.Length), (ReadOnlySpan<double>)_mean);
}
