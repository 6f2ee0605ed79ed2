namespace Meanfield.Spectral;

/// <summary>
/// Complex discrete Fourier transforms of one size, several side by side.
/// </summary>
/// <remarks>
/// With several lanes data are [<see cref="Size"/>][re × <see cref="Lanes"/>, im × <see cref="Lanes"/>]: point p of lane s is
/// x[2·Lanes·p + s] + i·x[2·Lanes·p + Lanes + s]. A ring block of the sphere holds eight northern rings in the real parts
/// and their mirror rings in the imaginary parts. With one lane data are [re × Size][im × Size].
/// In the terms of native libraries: split-complex transforms of stride 2·Lanes and distance 1, or one of stride 1.
/// A plan holds no work space, so one plan serves any number of threads; the caller's buffers should be 64-byte aligned.
/// </remarks>
public abstract class FourierPlan : IDisposable
{
    /// <summary>Describes a plan.</summary>
    /// <exception cref="ArgumentOutOfRangeException">size or lanes &lt; 1.</exception>
    protected FourierPlan(int size, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        Size = size;
        Lanes = lanes;
    }

    /// <summary>Points n per transform.</summary>
    public int Size { get; }

    /// <summary>Transforms side by side.</summary>
    public int Lanes { get; }

    /// <summary>Length of every buffer: 2·Lanes·Size.</summary>
    public int Length => 2 * Lanes * Size;

    /// <summary>X_k = Σ_j x_j e^(−2πi jk/n), unscaled.</summary>
    /// <param name="points">[Length] x, left as it is.</param>
    /// <param name="modes">[Length] receives X.</param>
    /// <param name="work">[Length] scratch. The three buffers do not overlap.</param>
    /// <exception cref="ArgumentException">A buffer of another length.</exception>
    public void Forward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work)
    {
        RequireLength(points.Length, modes.Length, work.Length);
        TransformForward(points, modes, work);
    }

    /// <summary>x_j = Σ_k X_k e^(+2πi jk/n), unscaled: Backward after Forward multiplies by n.</summary>
    /// <param name="modes">[Length] X, left as it is.</param>
    /// <param name="points">[Length] receives x.</param>
    /// <param name="work">[Length] scratch. The three buffers do not overlap.</param>
    /// <exception cref="ArgumentException">A buffer of another length.</exception>
    public void Backward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work)
    {
        RequireLength(modes.Length, points.Length, work.Length);
        TransformBackward(modes, points, work);
    }

    /// <summary>Releases what the engine holds for this plan.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary><see cref="Forward"/> once the lengths are known to be right.</summary>
    protected abstract void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work);

    /// <summary><see cref="Backward"/> once the lengths are known to be right.</summary>
    protected abstract void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work);

    /// <summary>Releases native resources; the built-in engine has none.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private void RequireLength(int input, int output, int work)
    {
        if (input != Length || output != Length || work != Length)
            throw new ArgumentException(
                $"{Size} points in {Lanes} lanes take buffers of {Length} numbers, not {input}, {output} and {work}");
    }
}
