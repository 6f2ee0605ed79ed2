using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>The mean m = ∫x dμ of a cloud and its variance ∫|x − m|² dμ = 1 − |m|², from differences: right to the rounding of the positions, down to 1e−30.</summary>
/// <remarks>The mean is that of the differences from the first token. Sums go over blocks of fixed size, so their bits depend on nothing else; measuring allocates nothing.</remarks>
public sealed class CloudMean
{
    private const int Block = 512;
    private readonly double[] _mean;
    private readonly double[] _work = new double[Block];

    /// <summary>Prepares for clouds of a dimension.</summary>
    public CloudMean(int dimension) => _mean = new double[dimension];

    /// <summary>m [d].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>|m|.</summary>
    public double OrderParameter { get; private set; }

    /// <summary>∫|x − m|² dμ.</summary>
    public double Variance { get; private set; }

    /// <summary>[d] the unit vector m/|m|; NaN where m = 0.</summary>
    public double[] Direction => [.. _mean.Select(m => m / OrderParameter)];

    /// <summary>Measures one cloud.</summary>
    public static CloudMean Of(in Cloud cloud)
    {
        var mean = new CloudMean(cloud.Dimension);
        mean.Measure(cloud);
        return mean;
    }

    /// <summary>Measures a cloud of the dimension prepared for.</summary>
    public void Measure(in Cloud cloud)
    {
        double variance = 0, order = 0;
        for (int k = 0; k < _mean.Length; k++)
        {
            double first = cloud.Coordinate(k)[0], mean = first + Average(cloud, k, first, squared: false);
            (_mean[k], order) = (mean, order + mean * mean);
            variance += Average(cloud, k, mean, squared: true);
        }
        (OrderParameter, Variance) = (Math.Sqrt(order), variance);
    }

    // ∫(x_k − centre) dμ or ∫(x_k − centre)² dμ
    private double Average(in Cloud cloud, int k, double centre, bool squared)
    {
        double sum = 0;
        ReadOnlySpan<double> x = cloud.Coordinate(k);
        for (int from = 0; from < x.Length; from += Block)
        {
            int length = Math.Min(Block, x.Length - from);
            Span<double> difference = _work.AsSpan(0, length);
            TensorPrimitives.Subtract(x.Slice(from, length), centre, difference);
            if (squared) TensorPrimitives.Multiply<double>(difference, difference, difference);
            sum += cloud.Weights.IsEmpty ? TensorPrimitives.Sum<double>(difference) : TensorPrimitives.Dot(difference, cloud.Weights.Slice(from, length));
        }
        return sum / cloud.TotalWeight;
    }
}
