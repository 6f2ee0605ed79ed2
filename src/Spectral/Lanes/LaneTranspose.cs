using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>Exchange of lanes and rows of an 8×8 block, and the sums that rest on the same shuffles.</summary>
internal static unsafe class LaneTranspose
{
    private const byte EvenQuarters = 0x88, OddQuarters = 0xDD;

    /// <summary>target[r·targetStride + c] = source[c·sourceStride + r] for 0 ≤ r, c &lt; 8; strides may be negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(double* source, nint sourceStride, double* target, nint targetStride)
    {
        if (!Avx512F.IsSupported)
        {
            for (int r = 0; r < 8; r++)
            {
                for (int c = 0; c < 8; c++)
                    target[r * targetStride + c] = source[c * sourceStride + r];
            }
            return;
        }
        Vector512<double> s0 = Vector512.Load(source), s1 = Vector512.Load(source + sourceStride);
        Vector512<double> s2 = Vector512.Load(source + 2 * sourceStride), s3 = Vector512.Load(source + 3 * sourceStride);
        Vector512<double> s4 = Vector512.Load(source + 4 * sourceStride), s5 = Vector512.Load(source + 5 * sourceStride);
        Vector512<double> s6 = Vector512.Load(source + 6 * sourceStride), s7 = Vector512.Load(source + 7 * sourceStride);
        StoreRows(
            Avx512F.UnpackLow(s0, s1), Avx512F.UnpackLow(s2, s3), Avx512F.UnpackLow(s4, s5), Avx512F.UnpackLow(s6, s7),
            target, targetStride);
        StoreRows(
            Avx512F.UnpackHigh(s0, s1), Avx512F.UnpackHigh(s2, s3), Avx512F.UnpackHigh(s4, s5), Avx512F.UnpackHigh(s6, s7),
            target + targetStride, targetStride);
    }

    /// <summary>The eight sums over the lanes of eight vectors, each summed as ((0+1)+(2+3))+((4+5)+(6+7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sums(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d,
        Vector512<double> e, Vector512<double> f, Vector512<double> g, Vector512<double> h)
    {
        if (!Avx512F.IsSupported)
            return SumsInMemory(a, b, c, d, e, f, g, h);
        Vector512<double> ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
        Vector512<double> cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        Vector512<double> ef = Avx512F.UnpackLow(e, f) + Avx512F.UnpackHigh(e, f);
        Vector512<double> gh = Avx512F.UnpackLow(g, h) + Avx512F.UnpackHigh(g, h);
        return SumQuarters(SumQuarters(ab, cd), SumQuarters(ef, gh));
    }

    private static Vector512<double> SumsInMemory(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d,
        Vector512<double> e, Vector512<double> f, Vector512<double> g, Vector512<double> h)
    {
        double* block = stackalloc double[64];
        a.Store(block);
        b.Store(block + 8);
        c.Store(block + 16);
        d.Store(block + 24);
        e.Store(block + 32);
        f.Store(block + 40);
        g.Store(block + 48);
        h.Store(block + 56);
        for (int i = 0; i < 8; i++)
        {
            double* v = block + 8 * i;
            block[i] = ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
        }
        return Vector512.Load(block);
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
