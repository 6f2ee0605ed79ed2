namespace Meanfield.Spectral;

/// <summary>
/// Harmonics at scattered points of S¹ or S²: moments of a weighted cloud, and an expansion with its surface gradient at the points.
/// </summary>
/// <remarks>
/// Points are given coordinate after coordinate (all x, then all y, …), as unit vectors. Results have the same bits for any number of threads.
/// One instance works on one cloud at a time; nothing is allocated once a cloud of the same size has been seen.
/// </remarks>
public abstract class ScatteredHarmonics
{
    /// <summary>Fixes the harmonics.</summary>
    /// <param name="basis">d = 2 or 3, degrees up to the bandlimit.</param>
    protected ScatteredHarmonics(HarmonicBasis basis) => Basis = basis;

    /// <summary>The harmonics Y_A in the order of the coefficients.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>Moments a_A = Σᵢ wᵢ Y_A(xᵢ).</summary>
    /// <param name="positions">[d·N] unit vectors, coordinate after coordinate.</param>
    /// <param name="weights">[N] masses; empty: every point has mass 1/N.</param>
    /// <param name="coefficients">[<see cref="HarmonicBasis.Count"/>] receives the moments.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public abstract void Moments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients);

    /// <summary>f(xᵢ) = Σ_A a_A Y_A(xᵢ) and ∇f(xᵢ), the tangential gradient as a vector of R^d.</summary>
    /// <param name="positions">[d·N] unit vectors, coordinate after coordinate.</param>
    /// <param name="coefficients">[<see cref="HarmonicBasis.Count"/>] coefficients a_A.</param>
    /// <param name="values">[N] receives f, or empty.</param>
    /// <param name="gradients">[d·N] receives ∇f, coordinate after coordinate, or empty.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public abstract void Evaluate(
        ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients);
}
