using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// Numbers of points divisible by 128: points of even and odd number are the real and imaginary parts of one complex transform of half
/// the size, z_j = x_(2j) + i x_(2j+1), in blocks [n/16][re × 8, im × 8].
/// </summary>
/// <remarks>
/// With h = n/2, w = e^(2πi/n), S_k = X_k + conj X_(h−k), D_k = X_k − conj X_(h−k): Z_k = S_k + i w^k D_k, 0 ≤ k &lt; h. Backwards, with S and
/// D formed of Z, X_k = (S_k − i w^(−k) D_k)/2. (Here x_j = Σ_k X_k w^(jk).) A field of few degrees K has Z_k = X_k (1 + i w^k) for |k| ≤ K.
/// </remarks>
internal sealed unsafe class FoldedStage : CircleStage
{
    /// <summary>The sizes taken are its multiples.</summary>
    public const int Divisor = 2 * OpeningPass.Divisor;

    private const int Lanes = 8;
    private const int Block = 2 * Lanes;

    private readonly int _half;
    private readonly BlockedTransform _transform;
    private readonly AlignedBuffer _roots; // [h/8][cos × 8, sin × 8] of 2πk/n
    private readonly AlignedBuffer _ramp; // 0 … 7
    private readonly AlignedBuffer _block = new(2 * Block); // eight numbers on their way between orders
    private readonly AlignedBuffer _pairs = new(2 * Block); // coefficients of eight degrees and of their mirrors
    private readonly AlignedBuffer _modes;
    private readonly double[] _positive;
    private readonly double[] _negative;

    /// <summary>Plans the transforms.</summary>
    /// <param name="size">n; the engine supports n/16.</param>
    /// <param name="engine">Fourier engine.</param>
    public FoldedStage(int size, IFourierEngine engine)
    {
        _half = size / 2;
        _transform = new BlockedTransform(_half, engine);
        _roots = new AlignedBuffer(2L * _half);
        for (int k = 0; k < _half; k++)
        {
            double* root = _roots.Pointer + k / Lanes * Block + k % Lanes;
            (root[0], root[Lanes]) = UnitRoot.Of(k, size);
        }
        _ramp = new AlignedBuffer(Lanes);
        for (int i = 0; i < Lanes; i++)
            _ramp.Pointer[i] = i;
        _modes = new AlignedBuffer(_transform.Length);
        _positive = new double[2 * (_transform.MostFew + 1)];
        _negative = new double[_positive.Length];
    }

    /// <inheritdoc/>
    public override int Length => _transform.Length;

    /// <inheritdoc/>
    public override void ToPoints(ReadOnlySpan<double> coefficients, bool gradient, AlignedBuffer points)
    {
        int degree = coefficients.Length / 2;
        if (degree <= _transform.MostFew)
        {
            SetFew(coefficients, gradient, degree);
            _transform.BackwardFew(_positive, _negative, degree, points);
            return;
        }
        fixed (double* a = coefficients)
            Fold(a, degree, gradient);
        _transform.Backward(_modes, points);
    }

    /// <inheritdoc/>
    public override void ToCoefficients(AlignedBuffer points, bool divergence, Span<double> coefficients)
    {
        _transform.Forward(points, _modes);
        fixed (double* a = coefficients)
            Unfold(a, coefficients.Length / 2, divergence);
    }

    /// <inheritdoc/>
    public override void Sort(AlignedBuffer points, Span<double> values)
    {
        fixed (double* target = values)
        {
            for (nint i = 0; i < 2 * _half; i += Block)
                LanePairs.Join(points.Pointer + i, points.Pointer + i + Lanes, target + i);
        }
    }

    /// <inheritdoc/>
    public override void Unsort(ReadOnlySpan<double> values, AlignedBuffer points)
    {
        fixed (double* source = values)
        {
            for (nint i = 0; i < 2 * _half; i += Block)
                LanePairs.Split(source + i, points.Pointer + i, points.Pointer + i + Lanes);
        }
    }

    // Z_k = X_k (1 + i w^k) and Z_(−k) = conj X_k (1 + i w^(−k))
    private void SetFew(ReadOnlySpan<double> coefficients, bool gradient, int degree)
    {
        for (int k = 0; k <= degree; k++)
        {
            double cosine = k == 0 ? coefficients[0] : HalfRoot * coefficients[2 * k - 1];
            double sine = k == 0 ? 0 : HalfRoot * coefficients[2 * k];
            (double re, double im) = gradient ? (k * sine, k * cosine) : (cosine, -sine);
            double* root = _roots.Pointer + k / Lanes * Block + k % Lanes;
            double c = root[0], s = root[Lanes];
            (_positive[2 * k], _positive[2 * k + 1]) = (re * (1 - s) - im * c, im * (1 - s) + re * c);
            (_negative[2 * k], _negative[2 * k + 1]) = (re * (1 + s) + im * c, re * c - im * (1 + s));
        }
    }

    // Z of all blocks; those at the ends of the coefficients get their pairs by way of a block of their own.
    private void Fold(double* coefficients, int degree, bool gradient)
    {
        for (int k = 0, count; k < _half; k += count * Lanes)
        {
            int mirror = _half - k - Lanes + 1;
            bool within = Within(k, degree) && Within(mirror, degree);
            count = within ? (degree + 1 - k) / Lanes : 1;
            if (within)
            {
                FoldBlocks(coefficients + 2 * k - 1, coefficients + 2 * mirror - 1, k, count, gradient);
                continue;
            }
            Gather(coefficients, degree, k, _pairs.Pointer);
            Gather(coefficients, degree, mirror, _pairs.Pointer + Block);
            FoldBlocks(_pairs.Pointer, _pairs.Pointer + Block, k, 1, gradient);
        }
        _modes.Pointer[0] = _modes.Pointer[Lanes] = gradient ? 0 : coefficients[0]; // X_0 + iX_0
    }

    // Whether the coefficients of eight degrees from k on are there, and scaled alike.
    private static bool Within(int k, int degree) => k > 0 && k + Lanes <= degree + 1;

    private void FoldBlocks(double* pairs, double* mirrors, int k, int count, bool gradient)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            FoldBlocks<EightLanes>(pairs, mirrors, k, count, gradient);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            FoldBlocks<FourLanes>(pairs, mirrors, k, count, gradient);
        else
            FoldBlocks<OneLane>(pairs, mirrors, k, count, gradient);
    }

    // pairs: coefficients of k … k + 7, block after block; mirrors: those of h − k − 7 … h − k, block before block
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FoldBlocks<T>(double* pairs, double* mirrors, int k, int count, bool gradient) where T : struct, ISimd<T>
    {
        double* block = _block.Pointer;
        for (; count > 0; count--, pairs += Block, mirrors -= Block, k += Lanes)
        {
            LanePairs.Split(pairs, block, block + Lanes);
            LanePairs.SplitReversed(mirrors, block + Block, block + Block + Lanes);
            for (int lane = 0; lane < Lanes; lane += T.Lanes)
                FoldLanes<T>(block + lane, k, lane, gradient);
        }
    }

    // block: coefficients of k … k + 7 and of their mirrors
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FoldLanes<T>(double* block, int k, int lane, bool gradient) where T : struct, ISimd<T>
    {
        double* roots = _roots.Pointer + 2 * k + lane, modes = _modes.Pointer + 2 * k + lane;
        T factor = T.Broadcast(HalfRoot), zero = T.Broadcast(0);
        // X_k and conj X_(h−k)
        T ar = factor * T.Load(block), ai = zero - factor * T.Load(block + Lanes);
        T br = factor * T.Load(block + Block), bi = factor * T.Load(block + Block + Lanes);
        if (gradient) // times ik, −i(h − k)
        {
            T order = T.Broadcast(k) + T.Load(_ramp.Pointer + lane), mirror = T.Broadcast(_half) - order;
            (ar, ai) = (zero - order * ai, order * ar);
            (br, bi) = (mirror * bi, zero - mirror * br);
        }
        T sr = ar + br, si = ai + bi, dr = ar - br, di = ai - bi;
        T wr = T.Load(roots), wi = T.Load(roots + Lanes);
        T.MultiplySubtractFrom(wr, di, T.MultiplySubtractFrom(wi, dr, sr)).Store(modes);
        T.MultiplyAdd(wr, dr, T.MultiplySubtractFrom(wi, di, si)).Store(modes + Lanes);
    }

    // The pairs of eight degrees from k on; 0 for degree 0 and beyond the last.
    private static void Gather(double* coefficients, int degree, int k, double* pairs)
    {
        for (int i = 0; i < Lanes; i++, k++)
        {
            bool there = k > 0 && k <= degree;
            (pairs[2 * i], pairs[2 * i + 1]) = there ? (coefficients[2 * k - 1], coefficients[2 * k]) : (0, 0);
        }
    }

    private void Unfold(double* coefficients, int degree, bool divergence)
    {
        for (int k = 0, count; k <= degree; k += count * Lanes)
        {
            bool within = Within(k, degree);
            count = within ? (degree + 1 - k) / Lanes : 1;
            UnfoldBlocks(within ? coefficients + 2 * k - 1 : _pairs.Pointer, k, count, divergence);
            for (int i = k == 0 ? 1 : 0; !within && i < Lanes && k + i <= degree; i++)
                (coefficients[2 * (k + i) - 1], coefficients[2 * (k + i)]) = (_pairs.Pointer[2 * i], _pairs.Pointer[2 * i + 1]);
        }
        coefficients[0] = divergence ? 0 : (_modes.Pointer[0] + _modes.Pointer[Lanes]) / (2 * _half);
    }

    private void UnfoldBlocks(double* pairs, int k, int count, bool divergence)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            UnfoldBlocks<EightLanes>(pairs, k, count, divergence);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            UnfoldBlocks<FourLanes>(pairs, k, count, divergence);
        else
            UnfoldBlocks<OneLane>(pairs, k, count, divergence);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UnfoldBlocks<T>(double* pairs, int k, int count, bool divergence) where T : struct, ISimd<T>
    {
        double* block = _block.Pointer;
        double* below = _modes.Pointer + 2 * (_half - k - Lanes), above = k == 0 ? _modes.Pointer : below + Block; // Z_h = Z_0
        for (; count > 0; count--, pairs += Block, k += Lanes)
        {
            LanePairs.Mirror(below, above, block);
            LanePairs.Mirror(below + Lanes, above + Lanes, block + Lanes);
            above = below;
            below -= Block;
            for (int lane = 0; lane < Lanes; lane += T.Lanes)
                UnfoldLanes<T>(block + lane, k, lane, divergence);
            LanePairs.Join(block + Block, block + Block + Lanes, pairs);
        }
    }

    // block: the mirrors of the modes k … k + 7, then room for their coefficients
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void UnfoldLanes<T>(double* block, int k, int lane, bool divergence) where T : struct, ISimd<T>
    {
        double* roots = _roots.Pointer + 2 * k + lane, modes = _modes.Pointer + 2 * k + lane;
        T factor = T.Broadcast(HalfRoot / (2 * _half));
        T zr = T.Load(modes), zi = T.Load(modes + Lanes), mr = T.Load(block), mi = T.Load(block + Lanes);
        T sr = zr + mr, si = zi - mi, dr = zr - mr, di = zi + mi;
        T wr = T.Load(roots), wi = T.Load(roots + Lanes);
        T re = factor * T.MultiplyAdd(wr, di, T.MultiplySubtractFrom(wi, dr, sr));
        T im = factor * T.MultiplySubtractFrom(wr, dr, T.MultiplySubtractFrom(wi, di, si));
        T order = T.Broadcast(k) + T.Load(_ramp.Pointer + lane);
        (re, im) = divergence ? (order * im, order * re) : (re, T.Broadcast(0) - im);
        re.Store(block + Block);
        im.Store(block + Block + Lanes);
    }
}
