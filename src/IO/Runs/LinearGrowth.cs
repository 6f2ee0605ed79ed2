using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Growth of a deviation from the uniform state by linear theory: (Σ_ℓ s_ℓ² e^{2γ_ℓ t})^½ in L²(σ).</summary>
internal sealed class LinearGrowth
{
    private readonly double[] _sizes;
    private readonly double[] _rates;

    /// <summary>Takes the initial spectrum.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">Ambient dimension d.</param>
    /// <param name="sizes">s_ℓ for degrees 0, 1, …</param>
    public LinearGrowth(Attention attention, int dimension, ReadOnlySpan<double> sizes)
    {
        _sizes = sizes.ToArray();
        var kernel = new AttentionKernel(dimension, attention.Beta, sizes.Length);
        _rates = new double[sizes.Length];
        for (int degree = 1; degree < _rates.Length; degree++) _rates[degree] = attention.GrowthRate(kernel, degree);
    }

    /// <summary>‖ρ − 1‖ at a time.</summary>
    public double Deviation(double time)
    {
        double sum = 0;
        for (int degree = 1; degree < _sizes.Length; degree++) sum += Power(degree, time);
        return Math.Sqrt(sum);
    }

    /// <summary>Degree that carries most of the deviation at a time.</summary>
    public int LeadingDegree(double time) => Enumerable.Range(1, _sizes.Length - 1).MaxBy(degree => Power(degree, time));

    /// <summary>First time at which the deviation reaches a size; null if it does not by t = 1e9.</summary>
    public double? TimeToReach(double size)
    {
        if (Deviation(0) >= size) return 0;
        double high = 1e-3;
        while (Deviation(high) < size)
        {
            high *= 2;
            if (high > 1e9) return null;
        }
        double low = 0;
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (Deviation(middle) < size) low = middle; else high = middle;
        }
        return 0.5 * (low + high);
    }

    private double Power(int degree, double time) => _sizes[degree] * _sizes[degree] * Math.Exp(2 * _rates[degree] * time);
}
