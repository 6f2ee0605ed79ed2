using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>Mean m = Σ w_i x_i of a cloud and its variance Σ w_i |x_i − m|², summed from differences and so accurate however small.</summary>
/// <remarks>Sums go over blocks of fixed size, so their bits depend on nothing else.</remarks>
public sealed class CloudSpread
{
    private const int Block = 512;
    private readonly TokenModel _model;
    private readonly int _count;
    private readonly double[] _mean;
    private readonly double[] _work = new double[Block];

    /// <summary>Prepares for N tokens of a model's masses.</summary>
    public CloudSpread(TokenModel model, int count)
    {
        _model = model;
        _count = count;
        _mean = new double[model.Dimension];
    }

    /// <summary>m [d].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>|m|.</summary>
    public double OrderParameter { get; private set; }

    /// <summary>Σ w_i |x_i − m|².</summary>
    public double Variance { get; private set; }

    /// <summary>Measures positions [d·N].</summary>
    public void Measure(ReadOnlySpan<double> positions)
    {
        double variance = 0, order = 0;
        for (int k = 0; k < _mean.Length; k++)
        {
            ReadOnlySpan<double> x = positions.Slice(k * _count, _count);
            double m = Sum(x, 0, squared: false);
            m += Sum(x, m, squared: false); // Σ w (x − m) = 0 to rounding of the differences
            (_mean[k], order) = (m, order + m * m);
            variance += Sum(x, m, squared: true);
        }
        (OrderParameter, Variance) = (Math.Sqrt(order), variance);
    }

    // Σ w (x − m) or Σ w (x − m)²
    private double Sum(ReadOnlySpan<double> x, double m, bool squared)
    {
        double sum = 0;
        for (int from = 0; from < _count; from += Block)
        {
            int length = Math.Min(Block, _count - from);
            Span<double> difference = _work.AsSpan(0, length);
            TensorPrimitives.Subtract(x.Slice(from, length), m, difference);
            if (squared) TensorPrimitives.Multiply<double>(difference, difference, difference);
            sum += _model.Weights is null
                ? TensorPrimitives.Sum<double>(difference) / _count
                : TensorPrimitives.Dot<double>(difference, _model.Weights.AsSpan(from, length));
        }
        return sum;
    }
}
