namespace Meanfield.Spectral;

/// <summary>
/// FFTW's guru interface for split-complex arrays: transforms of stride 2·Lanes and distance 1, parts Lanes apart (one lane:
/// stride 1, parts n apart). The backward transform is the forward one with real and imaginary parts exchanged.
/// </summary>
internal sealed class FftwPlan : FourierPlan
{
    private readonly FftwDirection _forward;
    private readonly FftwDirection _backward;

    /// <summary>Plans both directions.</summary>
    /// <exception cref="InvalidOperationException">FFTW made no plan.</exception>
    public FftwPlan(int size, int lanes)
        : base(size, lanes)
    {
        (int stride, int imaginary) = lanes == 1 ? (1, size) : (2 * lanes, lanes);
        _forward = new FftwDirection(size, lanes, stride, real: 0, imaginary);
        _backward = new FftwDirection(size, lanes, stride, real: imaginary, imaginary: 0);
    }

    /// <inheritdoc/>
    protected override void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work) =>
        _forward.Run(points, modes);

    /// <inheritdoc/>
    protected override void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work) =>
        _backward.Run(modes, points);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _forward.Dispose();
            _backward.Dispose();
        }
        base.Dispose(disposing);
    }
}
