namespace Meanfield.Solver;

/// <summary>The mean of a cloud and its spread about it.</summary>
/// <param name="Mean">[d] m = ∫x dμ.</param>
/// <param name="OrderParameter">|m|.</param>
/// <param name="Variance">∫|x − m|² dμ = 1 − |m|², from differences: right to the rounding of the positions, down to 1e−30.</param>
public sealed record CloudMean(double[] Mean, double OrderParameter, double Variance)
{
    /// <summary>[d] the unit vector m/|m|; NaN where m = 0.</summary>
    public double[] Direction => [.. Mean.Select(m => m / OrderParameter)];

    /// <summary>Measures a cloud. The mean is that of the differences from the first token, the sums run in the order of the tokens.</summary>
    public static CloudMean Of(in Cloud cloud)
    {
        var mean = new double[cloud.Dimension];
        double square = 0, variance = 0;
        for (int k = 0; k < mean.Length; k++)
        {
            ReadOnlySpan<double> x = cloud.Coordinate(k);
            double shift = 0, spread = 0;
            for (int i = 0; i < x.Length; i++) shift += cloud.MassOf(i) * (x[i] - x[0]);
            for (int i = 0; i < x.Length; i++)
            {
                double away = x[i] - x[0] - shift;
                spread += cloud.MassOf(i) * (away * away);
            }
            mean[k] = x[0] + shift;
            square += mean[k] * mean[k];
            variance += spread;
        }
        return new CloudMean(mean, Math.Sqrt(square), variance);
    }
}
