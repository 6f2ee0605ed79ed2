using System.Numerics;

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
    private readonly LowModes? _lowModes;
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
        List<int> radices = Factor(size / opening, single);
        if (!single)
        {
            radices.Sort(); // small radices lead: the passes left over by LowModes are few
            _lowModes = new LowModes(size);
        }
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
            int step = !single ? point : stride % 8 == 0 ? SimdVariant.Lanes : OneLane.Lanes;
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
        => Run(points, modes, work, realPart: 0, _imaginaryOffset, orders: Size);

    /// <inheritdoc/>
    protected override void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work)
        => Run(modes, points, work, realPart: _imaginaryOffset, -_imaginaryOffset, orders: Size);

    /// <inheritdoc/>
    protected override void TransformForward(ReadOnlySpan<double> points, Span<double> modes, Span<double> work, int orders)
        => Run(points, modes, work, realPart: 0, _imaginaryOffset, _lowModes == null ? Size : orders);

    /// <inheritdoc/>
    protected override void TransformBackward(ReadOnlySpan<double> modes, Span<double> points, Span<double> work, int orders)
    {
        int skipped = 0;
        if (_lowModes != null)
        {
            while (skipped < _passes.Length && _passes[skipped].Span > 2 * orders)
                skipped++;
        }
        if (skipped == 0)
            TransformBackward(modes, points, work);
        else
            RunExpanded(modes, points, work, orders, skipped);
    }

    private void Run(
        ReadOnlySpan<double> input, Span<double> output, Span<double> work, int realPart, int imaginaryOffset, int orders)
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
            if (_openingCount > 0)
            {
                double* target = (passes % 2 == 1 ? y : z) + realPart;
                OpeningPass.Run(source, target, _twiddles.Pointer, Size, imaginaryOffset);
                source = target;
            }
            RunPasses(_passes, source, y + realPart, z + realPart, imaginaryOffset, orders);
        }
        GC.KeepAlive(_twiddles);
    }

    private void RunExpanded(ReadOnlySpan<double> modes, Span<double> points, Span<double> work, int orders, int skipped)
    {
        fixed (double* x = modes, y = points, z = work)
        {
            int real = _imaginaryOffset;
            double* start = ((_passes.Length - skipped) % 2 == 0 ? y : z) + real;
            _lowModes!.Expand(x + real, start, orders, _passes[skipped - 1].Span, -real);
            RunPasses(_passes.AsSpan(skipped), start, y + real, z + real, -real, orders: Size);
        }
        GC.KeepAlive(this);
    }

    private static void RunPasses(ReadOnlySpan<Pass> passes, double* source, double* y, double* z, nint im, int orders)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            RunPasses<EightLanes>(passes, source, y, z, im, orders);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            RunPasses<FourLanes>(passes, source, y, z, im, orders);
        else
            RunPasses<OneLane>(passes, source, y, z, im, orders);
    }

    // From one buffer to the other, the last pass into y.
    private static void RunPasses<T>(ReadOnlySpan<Pass> passes, double* source, double* y, double* z, nint im, int orders)
        where T : struct, ISimd<T>
    {
        bool intoOutput = passes.Length % 2 == 1;
        foreach (ref readonly Pass pass in passes)
        {
            double* target = intoOutput ? y : z;
            nint stride = pass.Stride, kept = (orders + 1) * pass.Step;
            int group = (int)Math.Min(pass.Step, 8); // numbers of a step that belong to it
            if (group < T.Lanes)
            {
                StockhamPass<OneLane>.Run(source, target, pass, im, 0, stride);
            }
            else
            {
                for (int lane = 0; lane < group; lane += T.Lanes)
                {
                    if (2 * kept < stride)
                    {
                        StockhamPass<T>.Run(source + lane, target + lane, pass, im, 0, kept);
                        StockhamPass<T>.Run(source + lane, target + lane, pass, im, stride - kept + pass.Step, stride);
                    }
                    else
                    {
                        StockhamPass<T>.Run(source + lane, target + lane, pass, im, 0, stride);
                    }
                }
            }
            source = target;
            intoOutput = !intoOutput;
        }
    }

    // Single transforms: fours and twos first, eight divides the stride early. Side by side: few passes, so nines and eights where
    // they divide, fours before a two is left over.
    private static List<int> Factor(int size, bool single)
    {
        var radices = new List<int>();
        if (!single)
        {
            for (; size % 9 == 0; size /= 9)
                radices.Add(9);
            int twos = BitOperations.TrailingZeroCount(size);
            for (; twos % 3 != 0 && twos >= 2; twos -= 2, size /= 4)
                radices.Add(4);
            for (; size % 8 == 0; size /= 8)
                radices.Add(8);
        }
        foreach (int radix in (ReadOnlySpan<int>)[4, 2, 5, 3])
        {
            for (; size % radix == 0; size /= radix)
                radices.Add(radix);
        }
        return radices;
    }
}
