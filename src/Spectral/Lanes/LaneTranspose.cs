using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>Exchange of lanes and rows of an 8×8 block, and the sums that rest on the same shuffles, in every variant of the registers.</summary>
internal static unsafe class LaneTranspose
{
    private const byte EvenQuarters = 0x88, OddQuarters = 0xDD;
    private const byte LowHalves = 0x20, HighHalves = 0x31;

    /// <summary>target[r·targetStride + c] = source[c·sourceStride + r] for 0 ≤ r, c &lt; 8; strides may be negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(double* source, nint sourceStride, double* target, nint targetStride)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
        {
            CopyEight(source, sourceStride, target, targetStride);
        }
        else if (SimdVariant.Lanes == FourLanes.Lanes)
        {
            CopyFour(source, sourceStride, target, targetStride);
            CopyFour(source + 4, sourceStride, target + 4 * targetStride, targetStride);
            CopyFour(source + 4 * sourceStride, sourceStride, target + 4, targetStride);
            CopyFour(source + 4 * sourceStride + 4, sourceStride, target + 4 * targetStride + 4, targetStride);
        }
        else
        {
            for (int r = 0; r < 8; r++)
            {
                for (int c = 0; c < 8; c++)
                    target[r * targetStride + c] = source[c * sourceStride + r];
            }
        }
    }

    /// <summary>target[8r + c] = table[rows[c] + r] for 0 ≤ r, c &lt; 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(double* table, nint* rows, double* target)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
        {
            Vector512<double> a = Vector512.Load(table + rows[0]), b = Vector512.Load(table + rows[1]);
            Vector512<double> c = Vector512.Load(table + rows[2]), d = Vector512.Load(table + rows[3]);
            Vector512<double> e = Vector512.Load(table + rows[4]), f = Vector512.Load(table + rows[5]);
            Vector512<double> g = Vector512.Load(table + rows[6]), h = Vector512.Load(table + rows[7]);
            StoreEight(a, b, c, d, e, f, g, h, target, 8);
            return;
        }
        for (int c = 0; c < 8; c++)
        {
            for (int r = 0; r < 8; r++)
                target[8 * r + c] = table[rows[c] + r];
        }
    }

    /// <summary>table[rows[c] + r] += source[8r + c] for 0 ≤ r &lt; 8, c = 0 … 7 in turn: rows may coincide.</summary>
    /// <param name="source">[8][8].</param>
    /// <param name="table">Sums so far.</param>
    /// <param name="rows">First number of every row.</param>
    /// <param name="scratch">[8][8].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(double* source, double* table, nint* rows, double* scratch)
    {
        Copy(source, 8, scratch, 8);
        for (int c = 0; c < 8; c++)
        {
            double* target = table + rows[c], addend = scratch + 8 * c;
            if (SimdVariant.Lanes == EightLanes.Lanes)
            {
                (Vector512.Load(target) + Vector512.Load(addend)).Store(target);
                continue;
            }
            for (int r = 0; r < 8; r++)
                target[r] += addend[r];
        }
    }

    /// <summary>
    /// The sums over the lanes of eight vectors, each summed as ((0+1)+(2+3))+((4+5)+(6+7)): eight lanes give
    /// <paramref name="target"/>; fewer are kept as rows[8i + …] until <see cref="SumRows"/> has all eight lanes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum<T>(T a, T b, T c, T d, T e, T f, T g, T h, double* rows, double* target) where T : struct, ISimd<T>
    {
        if (typeof(T) == typeof(EightLanes))
        {
            SumQuarters(SumQuarters(PairSums(a, b), PairSums(c, d)), SumQuarters(PairSums(e, f), PairSums(g, h))).Store(target);
            return;
        }
        a.Store(rows);
        b.Store(rows + 8);
        c.Store(rows + 16);
        d.Store(rows + 24);
        e.Store(rows + 32);
        f.Store(rows + 40);
        g.Store(rows + 48);
        h.Store(rows + 56);
    }

    /// <summary>target[i] = Σ_c rows[8i + c] for 0 ≤ i &lt; 8 in the shape of <see cref="Sum"/>.</summary>
    public static void SumRows(double* rows, double* target)
    {
        if (SimdVariant.Lanes >= FourLanes.Lanes)
        {
            (SumFour(rows) + SumFour(rows + 4)).Store(target);
            (SumFour(rows + 32) + SumFour(rows + 36)).Store(target + 4);
        }
        else
        {
            for (int i = 0; i < 8; i++, rows += 8)
                target[i] = ((rows[0] + rows[1]) + (rows[2] + rows[3])) + ((rows[4] + rows[5]) + (rows[6] + rows[7]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFour(double* source, nint sourceStride, double* target, nint targetStride)
    {
        Vector256<double> a = Vector256.Load(source), b = Vector256.Load(source + sourceStride);
        Vector256<double> c = Vector256.Load(source + 2 * sourceStride), d = Vector256.Load(source + 3 * sourceStride);
        Vector256<double> ab = Avx.UnpackLow(a, b), cd = Avx.UnpackLow(c, d);
        Avx.Permute2x128(ab, cd, LowHalves).Store(target);
        Avx.Permute2x128(ab, cd, HighHalves).Store(target + 2 * targetStride);
        ab = Avx.UnpackHigh(a, b);
        cd = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(ab, cd, LowHalves).Store(target + targetStride);
        Avx.Permute2x128(ab, cd, HighHalves).Store(target + 3 * targetStride);
    }

    // Sums over four neighbours in four rows, eight apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> SumFour(double* rows)
    {
        Vector256<double> a = Vector256.Load(rows), b = Vector256.Load(rows + 8);
        Vector256<double> c = Vector256.Load(rows + 16), d = Vector256.Load(rows + 24);
        Vector256<double> ab = Avx.UnpackLow(a, b) + Avx.UnpackHigh(a, b), cd = Avx.UnpackLow(c, d) + Avx.UnpackHigh(c, d);
        return Avx.Permute2x128(ab, cd, LowHalves) + Avx.Permute2x128(ab, cd, HighHalves);
    }

    // Sums of neighbours in two vectors, in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PairSums<T>(T a, T b) where T : struct, ISimd<T>
    {
        Vector512<double> x = Unsafe.BitCast<T, Vector512<double>>(a), y = Unsafe.BitCast<T, Vector512<double>>(b);
        return Avx512F.UnpackLow(x, y) + Avx512F.UnpackHigh(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEight(double* source, nint sourceStride, double* target, nint targetStride)
    {
        Vector512<double> s0 = Vector512.Load(source), s1 = Vector512.Load(source + sourceStride);
        Vector512<double> s2 = Vector512.Load(source + 2 * sourceStride), s3 = Vector512.Load(source + 3 * sourceStride);
        Vector512<double> s4 = Vector512.Load(source + 4 * sourceStride), s5 = Vector512.Load(source + 5 * sourceStride);
        Vector512<double> s6 = Vector512.Load(source + 6 * sourceStride), s7 = Vector512.Load(source + 7 * sourceStride);
        StoreEight(s0, s1, s2, s3, s4, s5, s6, s7, target, targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEight(
        Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3,
        Vector512<double> s4, Vector512<double> s5, Vector512<double> s6, Vector512<double> s7, double* target, nint stride)
    {
        StoreRows(
            Avx512F.UnpackLow(s0, s1), Avx512F.UnpackLow(s2, s3), Avx512F.UnpackLow(s4, s5), Avx512F.UnpackLow(s6, s7),
            target, stride);
        StoreRows(
            Avx512F.UnpackHigh(s0, s1), Avx512F.UnpackHigh(s2, s3), Avx512F.UnpackHigh(s4, s5), Avx512F.UnpackHigh(s6, s7),
            target + stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SumQuarters(Vector512<double> x, Vector512<double> y)
        => Avx512F.Shuffle4x128(x, y, EvenQuarters) + Avx512F.Shuffle4x128(x, y, OddQuarters);

    // Rows 0, 2, 4, 6 of the transpose, counted from the target.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRows(
        Vector512<double> x, Vector512<double> y, Vector512<double> z, Vector512<double> w, double* target, nint stride)
    {
        Vector512<double> xy = Avx512F.Shuffle4x128(x, y, EvenQuarters), zw = Avx512F.Shuffle4x128(z, w, EvenQuarters);
        Avx512F.Shuffle4x128(xy, zw, EvenQuarters).Store(target);
        Avx512F.Shuffle4x128(xy, zw, OddQuarters).Store(target + 4 * stride);
        xy = Avx512F.Shuffle4x128(x, y, OddQuarters);
        zw = Avx512F.Shuffle4x128(z, w, OddQuarters);
        Avx512F.Shuffle4x128(xy, zw, EvenQuarters).Store(target + 2 * stride);
        Avx512F.Shuffle4x128(xy, zw, OddQuarters).Store(target + 6 * stride);
    }
}
