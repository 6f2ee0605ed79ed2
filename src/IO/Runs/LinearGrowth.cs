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

    /// <summary>‖ρ − 1‖ at time 0.</summary>
    public double InitialDeviation => Math.Sqrt(Enumerable.Range(1, _sizes.Length - 1).Sum(degree => Power(degree, 0)));

    /// <summary>Degree that carries most of the deviation at a time.</summary>
    public int LeadingDegree(double time) => Enumerable.Range(1, _sizes.Length - 1).MaxBy(degree => Power(degree, time));

    private double Power(int degree, double time) => _sizes[degree] * _sizes[degree] * Math.Exp(2 * _rates[degree] * time);
}
