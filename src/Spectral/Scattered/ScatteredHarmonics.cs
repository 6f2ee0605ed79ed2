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

    /// <summary>Harmonics at points of the circle, the sphere, or (zonal, d ≥ 4) a meridian.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="bandlimit">L ≥ 0; at most <see cref="SphereTransform.MaximumBandlimit"/>.</param>
    /// <param name="tolerance">Truncation of the local expansions relative to the largest value, 1e−15 … 1e−2.</param>
    /// <param name="threads">Threads; null: those of <see cref="ThreadCount.Variable"/>, else the machine's processors up to four.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static ScatteredHarmonics Create(int dimension, int bandlimit, double tolerance = 1e-14, int? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bandlimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bandlimit, SphereTransform.MaximumBandlimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(tolerance, 1e-15);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tolerance, 1e-2);
        if (threads is int wanted)
            ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(threads));
        return dimension switch
        {
            2 => new ScatteredCircle(bandlimit, tolerance, threads),
            3 => new ScatteredSphere(bandlimit, tolerance, threads),
            > 3 => new MeridianHarmonics(new HarmonicBasis(dimension, bandlimit)),
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "a sphere needs at least two coordinates"),
        };
    }

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

    /// <summary>Number of points N of a call to <see cref="Moments"/>.</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    private protected int RequireMoments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients)
    {
        int count = CountOf(positions, coefficients.Length);
        if (!weights.IsEmpty && weights.Length != count)
            throw new ArgumentException($"{weights.Length} weights for {count} points", nameof(weights));
        return count;
    }

    /// <summary>Number of points N of a call to <see cref="Evaluate"/>.</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    private protected int RequireEvaluation(
        ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients)
    {
        int count = CountOf(positions, coefficients.Length);
        if (!values.IsEmpty && values.Length != count)
            throw new ArgumentException($"{values.Length} values for {count} points", nameof(values));
        if (!gradients.IsEmpty && gradients.Length != positions.Length)
            throw new ArgumentException($"gradients of {gradients.Length} numbers for {count} points", nameof(gradients));
        return count;
    }

    private int CountOf(ReadOnlySpan<double> positions, int coefficients)
    {
        if (coefficients != Basis.Count)
            throw new ArgumentException($"{coefficients} coefficients where {Basis.Count} are expected", nameof(coefficients));
        if (positions.Length % Basis.Dimension != 0)
            throw new ArgumentException($"{positions.Length} coordinates are not points of R^{Basis.Dimension}", nameof(positions));
        return positions.Length / Basis.Dimension;
    }
}
