namespace Meanfield.Spectral;

/// <summary>Any number of points, in their own order: a complex transform whose imaginary points are 0.</summary>
internal sealed class PlainStage : CircleStage
{
    private readonly int _size;
    private readonly FourierPlan _plan;
    private readonly AlignedBuffer _modes;
    private readonly AlignedBuffer _work;

    /// <summary>Plans the transforms.</summary>
    /// <param name="size">n, which the engine supports.</param>
    /// <param name="engine">Fourier engine.</param>
    public PlainStage(int size, IFourierEngine engine)
    {
        _size = size;
        _plan = engine.CreatePlan(size, lanes: 1);
        _modes = new AlignedBuffer(_plan.Length);
        _work = new AlignedBuffer(_plan.Length);
    }

    /// <inheritdoc/>
    public override int Length => _plan.Length;

    /// <inheritdoc/>
    public override void ToPoints(ReadOnlySpan<double> coefficients, bool gradient, AlignedBuffer points)
    {
        Span<double> modes = _modes.Span;
        modes.Clear();
        modes[0] = gradient ? 0 : coefficients[0];
        for (int k = 1; k <= coefficients.Length / 2; k++)
        {
            double cosine = HalfRoot * coefficients[2 * k - 1], sine = HalfRoot * coefficients[2 * k];
            (double re, double im) = gradient ? (k * sine, k * cosine) : (cosine, -sine);
            (modes[k], modes[_size + k]) = (re, im);
            (modes[_size - k], modes[^k]) = (re, -im);
        }
        _plan.Backward(modes, points.Span, _work.Span);
    }

    /// <inheritdoc/>
    public override void ToCoefficients(AlignedBuffer points, bool divergence, Span<double> coefficients)
    {
        points.Span[_size..].Clear();
        _plan.Forward(points.Span, _modes.Span, _work.Span);
        ReadOnlySpan<double> modes = _modes.Span;
        double scale = Root / _size;
        coefficients[0] = divergence ? 0 : modes[0] / _size;
        for (int k = 1; k <= coefficients.Length / 2; k++)
        {
            double re = scale * modes[k], im = scale * modes[_size + k];
            (coefficients[2 * k - 1], coefficients[2 * k]) = divergence ? (k * im, k * re) : (re, -im);
        }
    }

    /// <inheritdoc/>
    public override void Sort(AlignedBuffer points, Span<double> values) => points.Span[.._size].CopyTo(values);

    /// <inheritdoc/>
    public override void Unsort(ReadOnlySpan<double> values, AlignedBuffer points) => values.CopyTo(points.Span);
}
