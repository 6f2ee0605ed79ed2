using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>The clusters of the circle that initial data announce: q of mass 1/q each, centred at θ_m = (2πm − arg c_q)/q (THEORY 3.5).</summary>
/// <param name="Count">q, the fastest degree.</param>
/// <param name="Centres">θ_0 &lt; θ_1 &lt; … in [0, 2π).</param>
/// <param name="Mass">1/q.</param>
public sealed record ClusterForecast(int Count, IReadOnlyList<double> Centres, double Mass)
{
    /// <summary>Reads the phase of the fastest mode, c_q = (a(q,+1) − i a(q,−1))/√2.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="coefficients">Coefficients of the data on the circle, up to degree q at least.</param>
    /// <exception cref="ArgumentException">No degree grows, the data end below degree q, or c_q = 0: the data have no phase.</exception>
    public static ClusterForecast Of(Attention attention, ReadOnlySpan<double> coefficients)
    {
        Eigenmode fastest = Eigenmodes.About(attention, 2).Fastest;
        if (!(fastest.GrowthRate > 0)) throw new ArgumentException("no degree grows: no clusters form from the uniform state", nameof(attention));
        int q = fastest.Degree;
        if (coefficients.Length < 2 * q + 1) throw new ArgumentException($"the data end below degree {q}, the fastest", nameof(coefficients));
        (double cosine, double sine) = (coefficients[2 * q - 1], coefficients[2 * q]);
        if (cosine == 0 && sine == 0) throw new ArgumentException($"the data have no component of degree {q}", nameof(coefficients));
        double step = 2 * Math.PI / q, first = Math.Atan2(sine, cosine) / q; // −arg c_q / q
        if (first < 0) first += step;
        return new ClusterForecast(q, [.. Enumerable.Range(0, q).Select(m => first + m * step)], 1.0 / q);
    }
}
