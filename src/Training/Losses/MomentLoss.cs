namespace Meanfield.Training;

/// <summary>The squared error of moments: G(μ) = ½ Σ_A q_A (a_A − b_A)².</summary>
/// <param name="target">b_A, all degrees up to some K.</param>
/// <param name="weights">q_A ≥ 0, as long.</param>
public sealed class MomentLoss(double[] target, double[] weights) : TerminalLoss
{
    /// <summary>G = (q/2)|m − m*|² for the mean m = ∫x dμ.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="mean">m*, [d], or [1] its last coordinate for d ≥ 4.</param>
    /// <param name="strength">q.</param>
    /// <exception cref="ArgumentException">A mean of another number of coordinates.</exception>
    public static MomentLoss Mean(int dimension, IReadOnlyList<double> mean, double strength)
    {
        var vector = new MeanVector(dimension);
        if (mean.Count != vector.Count) throw new ArgumentException($"the mean needs {vector.Count} coordinates", nameof(mean));
        int count = new Spectral.HarmonicBasis(dimension, 1).Count;
        double[] target = new double[count], weights = new double[count];
        for (int i = 0; i < vector.Count; i++)
        {
            vector.Add(i, mean[i] * dimension, target); // b = √d m
            vector.Add(i, strength / Math.Sqrt(dimension), weights); // q/d
        }
        return new MomentLoss(target, weights);
    }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(target.Length, coefficients.Length); i++)
            sum += weights[i] * (coefficients[i] - target[i]) * (coefficients[i] - target[i]);
        return 0.5 * sum;
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        gradient.Clear();
        for (int i = 0; i < Math.Min(target.Length, coefficients.Length); i++) gradient[i] = weights[i] * (coefficients[i] - target[i]);
    }
}
