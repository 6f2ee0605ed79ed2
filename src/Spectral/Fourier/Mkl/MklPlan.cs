namespace Meanfield.Spectral;

/// <summary>
/// DFTI transforms in split-complex storage (DFTI_REAL_REAL), out of place: stride 2·Lanes and distance 1, parts Lanes apart
/// (one lane: stride 1, parts n apart). The backward transform is the forward one with real and imaginary parts exchanged.
/// </summary>
internal sealed unsafe class MklPlan : FourierPlan
{
    private readonly MklDescriptor _descriptor;
    private readonly int _imaginaryOffset;

    /// <summary>Describes the transforms and has them prepared.</summary>
    /// <exception cref="InvalidOperationException">MKL refused.</exception>
    public MklPlan(int size, int lanes)
        : base(size, lanes)
    {
        _imaginaryOffset = lanes == 1 ? size : lanes;
        _descriptor = new MklDescriptor(size, lanes, stride: lanes == 1 ? 1 : 2 * lanes);
    }

    /// <inheritdoc/>
    protected override void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work)
    {
        fixed (double* x = points, y = modes)
            _descriptor.Forward(x, x + _imaginaryOffset, y, y + _imaginaryOffset);
    }

    /// <inheritdoc/>
    protected override void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work)
    {
        fixed (double* y = modes, x = points)
            _descriptor.Forward(y + _imaginaryOffset, y, x + _imaginaryOffset, x);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _descriptor.Dispose();
        base.Dispose(disposing);
    }
}
