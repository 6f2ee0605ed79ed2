using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// One complex transform of a size n divisible by 64, its eight interleaved parts side by side: the <see cref="OpeningPass"/>, then a
/// plan of n/8 points in eight lanes. Points and modes are [n/8][re × 8, im × 8], in their natural order.
/// </summary>
/// <remarks>
/// X_(a+8k) = Σ_j e^(−2πi jk/(n/8)) y_a(j) with y_a(j) = e^(−2πi ja/n) Σ_b e^(−2πi ab/8) x_(j+bn/8), 0 ≤ a &lt; 8: eight consecutive
/// modes leave the plan in one vector. The transform backwards exchanges real and imaginary parts.
/// </remarks>
internal sealed unsafe class BlockedTransform
{
    private const int Lanes = OpeningPass.Radix;

    private readonly FourierPlan _plan;
    private readonly AlignedBuffer _twiddles;
    private readonly AlignedBuffer _opened;
    private readonly AlignedBuffer _few;
    private readonly AlignedBuffer _turns; // [k][cos × 8, sin × 8] of 2πak/n
    private int _fewOrders;

    /// <summary>Prepares transforms of one size.</summary>
    /// <param name="size">n, a multiple of 64; the engine supports n/8.</param>
    /// <param name="engine">Fourier engine of the plan.</param>
    public BlockedTransform(int size, IFourierEngine engine)
    {
        Size = size;
        _plan = engine.CreatePlan(size / Lanes, Lanes);
        _twiddles = new AlignedBuffer(OpeningPass.TwiddleCount(size));
        OpeningPass.FillTwiddles(size, _twiddles.Pointer);
        _opened = new AlignedBuffer(_plan.Length);
        _few = new AlignedBuffer(_plan.Length);
        _turns = new AlignedBuffer(2L * Lanes * (MostFew + 1));
        for (int k = 0; k <= MostFew; k++)
        {
            for (int a = 0; a < Lanes; a++)
                (_turns.Pointer[2 * Lanes * k + a], _turns.Pointer[2 * Lanes * k + Lanes + a]) = UnitRoot.Of((long)k * a, size);
        }
    }

    /// <summary>n.</summary>
    public int Size { get; }

    /// <summary>Length of every buffer, 2n.</summary>
    public int Length => _plan.Length;

    /// <summary>Largest K for which <see cref="BackwardFew"/> takes the modes −K … K.</summary>
    public int MostFew => (_plan.Size - 1) / 2;

    /// <summary>X_k = Σ_j x_j e^(−2πi jk/n). The place of x is written over.</summary>
    public void Forward(AlignedBuffer points, AlignedBuffer modes)
    {
        OpeningPass.RunBlocked(points.Pointer, _opened.Pointer, _twiddles.Pointer, Size, Lanes);
        _plan.Forward(_opened.Span, modes.Span, points.Span);
    }

    /// <summary>x_j = Σ_k X_k e^(+2πi jk/n). The place of X is written over.</summary>
    public void Backward(AlignedBuffer modes, AlignedBuffer points)
    {
        OpeningPass.RunBlocked(modes.Pointer + Lanes, _opened.Pointer + Lanes, _twiddles.Pointer, Size, -Lanes);
        _plan.Backward(_opened.Span, points.Span, modes.Span);
    }

    /// <summary>x_j = Σ_|k|≤K X_k e^(+2πi jk/n): the plan passes over what vanishes.</summary>
    /// <param name="positive">[K + 1][re, im]: X_0 … X_K.</param>
    /// <param name="negative">[K + 1][re, im]: X_0, X_(−1) … X_(−K).</param>
    /// <param name="orders">K ≤ <see cref="MostFew"/>.</param>
    /// <param name="points">Receives x.</param>
    public void BackwardFew(ReadOnlySpan<double> positive, ReadOnlySpan<double> negative, int orders, AlignedBuffer points)
    {
        for (int k = orders + 1; k <= _fewOrders; k++)
        {
            _few.Span.Slice(2 * Lanes * k, 2 * Lanes).Clear();
            _few.Span.Slice(2 * Lanes * (_plan.Size - k), 2 * Lanes).Clear();
        }
        _fewOrders = orders;
        if (SimdVariant.Lanes == EightLanes.Lanes)
            TurnFew<EightLanes>(positive, negative, orders);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            TurnFew<FourLanes>(positive, negative, orders);
        else
            TurnFew<OneLane>(positive, negative, orders);
        _plan.Backward(_few.Span, points.Span, _opened.Span, orders);
    }

    // x_(a+8p) = Σ_k X_k e^(2πi ak/n) e^(2πi pk/(n/8))
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TurnFew<T>(ReadOnlySpan<double> positive, ReadOnlySpan<double> negative, int orders) where T : struct, ISimd<T>
    {
        for (int k = 0; k <= orders; k++)
        {
            for (int lane = 0; lane < Lanes; lane += T.Lanes)
            {
                double* turn = _turns.Pointer + 2 * Lanes * k + lane;
                T c = T.Load(turn), s = T.Load(turn + Lanes);
                Turn(positive[2 * k], positive[2 * k + 1], c, s, _few.Pointer + 2 * Lanes * k + lane);
                if (k > 0)
                    Turn(negative[2 * k], negative[2 * k + 1], c, T.Broadcast(0) - s, _few.Pointer + 2 * Lanes * (_plan.Size - k) + lane);
            }
        }
    }

    // (re + i im)(c + i s)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<T>(double re, double im, T c, T s, double* target) where T : struct, ISimd<T>
    {
        T r = T.Broadcast(re), i = T.Broadcast(im);
        T.MultiplySubtractFrom(i, s, r * c).Store(target);
        T.MultiplyAdd(r, s, i * c).Store(target + Lanes);
    }
}
