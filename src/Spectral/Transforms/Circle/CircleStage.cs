namespace Meanfield.Spectral;

/// <summary>
/// Fourier transforms of real fields on n equispaced points, in an order of the points that suits the transform: products of
/// fields at the points need no other.
/// </summary>
/// <remarks>
/// Coefficients are those of 1, √2 cos kθ, √2 sin kθ. With c_k = (1/n) Σ_j f(θ_j) e^(−ikθ_j): a(k,+1) = √2 Re c_k,
/// a(k,−1) = −√2 Im c_k; the derivative turns c_k into ik c_k and the weak divergence into −ik c_k.
/// </remarks>
internal abstract class CircleStage
{
    /// <summary>1/√2.</summary>
    protected const double HalfRoot = 0.70710678118654752440;

    /// <summary>√2.</summary>
    protected const double Root = 1.4142135623730950488;

    /// <summary>Numbers in a buffer of points; the first n of them count.</summary>
    public abstract int Length { get; }

    /// <summary>Values at the points.</summary>
    /// <param name="coefficients">2K + 1, K below n/2.</param>
    /// <param name="gradient">Whether of the derivative.</param>
    /// <param name="points">Receives the values in the stage's order.</param>
    public abstract void ToPoints(ReadOnlySpan<double> coefficients, bool gradient, AlignedBuffer points);

    /// <summary>Coefficients of a field at the points.</summary>
    /// <param name="points">Values in the stage's order; their place may be written over.</param>
    /// <param name="divergence">Whether of minus its derivative.</param>
    /// <param name="coefficients">2L + 1, L below n/2.</param>
    public abstract void ToCoefficients(AlignedBuffer points, bool divergence, Span<double> coefficients);

    /// <summary>From the stage's order to that of the angles.</summary>
    public abstract void Sort(AlignedBuffer points, Span<double> values);

    /// <summary>From the order of the angles to the stage's.</summary>
    public abstract void Unsort(ReadOnlySpan<double> values, AlignedBuffer points);

    /// <summary>The stage of a number of points.</summary>
    public static CircleStage For(int size, IFourierEngine engine) =>
        size % FoldedStage.Divisor == 0 ? new FoldedStage(size, engine) : new PlainStage(size, engine);
}
