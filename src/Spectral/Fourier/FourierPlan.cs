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

    /// <summary><see cref="Forward(ReadOnlySpan{double}, Span{double}, Span{double})"/> when only the modes −K … K are wanted.</summary>
    /// <param name="points">[Length] x, left as it is.</param>
    /// <param name="modes">[Length] receives X_k for |k| ≤ K; the others may be left undefined.</param>
    /// <param name="work">[Length] scratch.</param>
    /// <param name="orders">K, 2K + 1 ≤ n.</param>
    /// <exception cref="ArgumentException">A buffer of another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such modes.</exception>
    public void Forward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work, int orders)
    {
        RequireLength(points.Length, modes.Length, work.Length);
        RequireOrders(orders);
        TransformForward(points, modes, work, orders);
    }

    /// <summary><see cref="Backward(ReadOnlySpan{double}, Span{double}, Span{double})"/> when all modes but −K … K vanish.</summary>
    /// <param name="modes">[Length] X, zero for |k| &gt; K, left as it is.</param>
    /// <param name="points">[Length] receives x.</param>
    /// <param name="work">[Length] scratch.</param>
    /// <param name="orders">K, 2K + 1 ≤ n.</param>
    /// <exception cref="ArgumentException">A buffer of another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such modes.</exception>
    public void Backward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work, int orders)
    {
        RequireLength(modes.Length, points.Length, work.Length);
        RequireOrders(orders);
        TransformBackward(modes, points, work, orders);
    }

    /// <summary>Releases what the engine holds for this plan.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Forward once the lengths are known to be right.</summary>
    protected abstract void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work);

    /// <summary>Backward once the lengths are known to be right.</summary>
    protected abstract void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work);

    /// <summary>Forward of which only the modes −K … K are wanted; all of them if the engine has no shortcut.</summary>
    protected virtual void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work, int orders)
        => TransformForward(points, modes, work);

    /// <summary>Backward of modes that vanish beyond ±K; as any other if the engine has no shortcut.</summary>
    protected virtual void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work, int orders)
        => TransformBackward(modes, points, work);

    /// <summary>Releases native resources; the built-in engine has none.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private void RequireOrders(int orders)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(orders);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orders, (Size - 1) / 2);
    }

    private void RequireLength(int input, int output, int work)
    {
        if (input != Length || output != Length || work != Length)
            throw new ArgumentException(
                $"{Size} points in {Lanes} lanes take buffers of {Length} numbers, not {input}, {output} and {work}");
    }
}
