using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// What a Stockham transform in eight lanes saves when all modes beyond ±K vanish or are not wanted.
/// </summary>
/// <remarks>
/// While the span m of the passes exceeds 2K, every butterfly of a transform from modes has a single input that is not 0, so all
/// these passes together are y[a + lj] = e^(−2πi ja/n) x[j] for |j| ≤ K, 0 ≤ a &lt; l = n/m (indices modulo m and n).
/// In the transform to modes only k ≡ −K … K modulo l matters once l exceeds 2K.
/// </remarks>
internal sealed unsafe class LowModes
{
    private const int Point = 2 * 8;

    private readonly AlignedBuffer _roots;
    private readonly int _size;

    /// <summary>Prepares transforms of one size.</summary>
    public LowModes(int size)
    {
        _size = size;
        _roots = new AlignedBuffer(2L * size);
        for (int k = 0; k < size; k++)
            (_roots.Pointer[2 * k], _roots.Pointer[2 * k + 1]) = UnitRoot.Of(-k, size);
    }

    /// <summary>The leading passes of a transform whose input vanishes beyond ±<paramref name="orders"/>.</summary>
    /// <param name="x">Real part of mode 0.</param>
    /// <param name="y">Receives the points of all passes up to the one of span m.</param>
    /// <param name="orders">K.</param>
    /// <param name="span">m ≥ 2K + 1.</param>
    /// <param name="im">Distance from real to imaginary parts.</param>
    public void Expand(double* x, double* y, int orders, int span, nint im)
    {
        int length = _size / span;
        double* start = im > 0 ? y : y + im;
        nint gap = (nint)(span - 2 * orders - 1) * length * Point;
        new Span<double>(start + (nint)(orders + 1) * length * Point, (int)gap).Clear();
        if (SimdVariant.Lanes == EightLanes.Lanes)
            TurnAll<EightLanes>(x, y, orders, span, im);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            TurnAll<FourLanes>(x, y, orders, span, im);
        else
            TurnAll<OneLane>(x, y, orders, span, im);
    }

    private void TurnAll<T>(double* x, double* y, int orders, int span, nint im) where T : struct, ISimd<T>
    {
        int length = _size / span;
        for (int j = 0; j <= orders; j++)
            Turn<T>(x + (nint)j * Point, y + (nint)j * length * Point, length, j, im);
        for (int j = 1; j <= orders; j++)
            Turn<T>(x + (nint)(_size - j) * Point, y + (nint)(span - j) * length * Point, length, _size - j, im);
    }

    // y[a] = e^(−2πi ja/n) x
    private void Turn<T>(double* x, double* y, int length, int j, nint im) where T : struct, ISimd<T>
    {
        for (int lane = 0; lane < 8; lane += T.Lanes)
            TurnPart<T>(x + lane, y + lane, length, j, im);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TurnPart<T>(double* x, double* y, int length, int j, nint im) where T : struct, ISimd<T>
    {
        T r = T.Load(x), s = T.Load(x + im);
        double* roots = _roots.Pointer;
        int size = _size;
        for (int a = 0, angle = 0; a < length; a++, y += Point)
        {
            T wr = T.Broadcast(roots[2 * angle]), wi = T.Broadcast(roots[2 * angle + 1]);
            T.MultiplySubtractFrom(s, wi, r * wr).Store(y);
            T.MultiplyAdd(r, wi, s * wr).Store(y + im);
            angle += j;
            angle = angle >= size ? angle - size : angle;
        }
    }
}
