namespace Meanfield.Spectral;

/// <summary>
/// Self-sorting (Stockham) transform: one pass per factor of n, each from one buffer to the other, no transposition.
/// </summary>
/// <remarks>
/// The pass of radix q with l = product of the earlier radices and m = n/(lq) is
/// y[k + l(a + qj)] = e^(−2πi ja/(mq)) Σ_b e^(−2πi ab/q) x[k + l(j + mb)],  0 ≤ k &lt; l, 0 ≤ j &lt; m, 0 ≤ a, b &lt; q.
/// Eight lanes are eight transforms; a single transform fills the lanes with consecutive k once l is a multiple of eight,
/// which the <see cref="OpeningPass"/> sees to where it can.
/// The backward transform is the forward one with real and imaginary parts exchanged.
/// </remarks>
internal sealed unsafe class StockhamPlan : FourierPlan
{
    private readonly Pass[] _passes;
    private readonly AlignedBuffer _twiddles;
    private readonly int _openingCount; // twiddle factors of the opening pass, 0 without one
    private readonly int _imaginaryOffset;

    /// <summary>Prepares transforms of a size 2^a·3^b·5^c in 1 or 8 lanes.</summary>
    public StockhamPlan(int size, int lanes)
        : base(size, lanes)
    {
        bool single = lanes == 1;
        _imaginaryOffset = single ? size : lanes;
        int point = single ? 1 : 2 * lanes;
        int opening = single && size % OpeningPass.Divisor == 0 ? OpeningPass.Radix : 1;
        List<int> radices = Factor(size / opening);
        _passes = new Pass[radices.Count];
        _openingCount = opening > 1 ? OpeningPass.TwiddleCount(size) : 0;
        long count = _openingCount;
        for (int i = 0, span = size / opening; i < radices.Count; i++)
        {
            span /= radices[i];
            count += 2L * (radices[i] - 1) * span;
        }
        _twiddles = new AlignedBuffer(count);
        if (_openingCount > 0)
            OpeningPass.FillTwiddles(size, _twiddles.Pointer);
        double* next = _twiddles.Pointer + _openingCount;
        for (int i = 0, stride = opening, span = size / opening; i < radices.Count; i++)
        {
            int radix = radices[i];
            span /= radix;
            int step = !single ? point : stride % EightLanes.Lanes == 0 ? EightLanes.Lanes : OneLane.Lanes;
            _passes[i] = new Pass(radix, (nint)stride * point, step, span, next);
            for (int j = 0; j < span; j++)
            {
                for (int a = 1; a < radix; a++)
                {
                    (*next++, *next++) = UnitRoot.Of(-(long)j * a, (long)span * radix);
                }
            }
            stride *= radix;
        }
    }

    /// <inheritdoc/>
    protected override void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work)
        => Run(points, modes, work, realPart: 0, _imaginaryOffset);

    /// <inheritdoc/>
    protected override void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work)
        => Run(modes, points, work, realPart: _imaginaryOffset, -_imaginaryOffset);

    private void Run(ReadOnlySpan<double> input, Span<double> output, Span<double> work, int realPart, int imaginaryOffset)
    {
        int passes = _passes.Length + (_openingCount > 0 ? 1 : 0);
        if (passes == 0)
        {
            input.CopyTo(output);
            return;
        }
        fixed (double* x = input, y = output, z = work)
        {
            double* source = x + realPart;
            bool intoOutput = passes % 2 == 1;
            if (_openingCount > 0)
            {
                double* target = (intoOutput ? y : z) + realPart;
                OpeningPass.Run(source, target, _twiddles.Pointer, Size, imaginaryOffset);
                source = target;
                intoOutput = !intoOutput;
            }
            foreach (ref readonly Pass pass in _passes.AsSpan())
            {
                double* target = (intoOutput ? y : z) + realPart;
                if (pass.Step == OneLane.Lanes)
                    StockhamPass<OneLane>.Run(source, target, pass, imaginaryOffset);
                else
                    StockhamPass<EightLanes>.Run(source, target, pass, imaginaryOffset);
                source = target;
                intoOutput = !intoOutput;
            }
        }
        GC.KeepAlive(_twiddles);
    }

    // Fours and twos first: eight divides the stride early.
    private static List<int> Factor(int size)
    {
        var radices = new List<int>();
        foreach (int radix in (ReadOnlySpan<int>)[4, 2, 5, 3])
        {
            for (; size % radix == 0; size /= radix)
                radices.Add(radix);
        }
        return radices;
    }
}
