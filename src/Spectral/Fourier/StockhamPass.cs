using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// The butterflies of <see cref="StockhamPlan"/>. Pointers address the real part of the first point; the imaginary part of
/// every point lies <c>im</c> further. The inner loop runs over k, T.Lanes numbers at a time: independent transforms at one k,
/// or consecutive k of one transform. Where j = 0 all twiddle factors are 1 and are left out.
/// </summary>
internal static unsafe class StockhamPass<T> where T : struct, ISimd<T>
{
    /// <summary>The pass of whatever radix, for the numbers <paramref name="first"/> ≤ k &lt; <paramref name="last"/> of each stride.</summary>
    public static void Run(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        switch (pass.Radix)
        {
            case 2:
                Radix2(x, y, pass, im, first, last);
                break;
            case 3:
                Radix3(x, y, pass, im, first, last);
                break;
            case 4:
                Radix4(x, y, pass, im, first, last);
                break;
            default:
                Radix5(x, y, pass, im, first, last);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix2(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        nint stride = pass.Stride, step = pass.Step, far = stride * pass.Span;
        double* w = pass.Twiddles;
        for (int j = 0; j < pass.Span; j++, w += 2, x += stride, y += 2 * stride)
        {
            T wr = T.Broadcast(w[0]), wi = T.Broadcast(w[1]);
            for (nint k = first; k < last; k += step)
            {
                double* p = x + k, o = y + k;
                T ar = T.Load(p), ai = T.Load(p + im), br = T.Load(p + far), bi = T.Load(p + far + im);
                (ar + br).Store(o);
                (ai + bi).Store(o + im);
                StoreRotated(ar - br, ai - bi, wr, wi, o + stride, im, j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix3(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        T half = T.Broadcast(-0.5), sine = T.Broadcast(0.86602540378443864676);
        nint stride = pass.Stride, step = pass.Step, far = stride * pass.Span;
        double* w = pass.Twiddles;
        for (int j = 0; j < pass.Span; j++, w += 4, x += stride, y += 3 * stride)
        {
            T w1r = T.Broadcast(w[0]), w1i = T.Broadcast(w[1]), w2r = T.Broadcast(w[2]), w2i = T.Broadcast(w[3]);
            for (nint k = first; k < last; k += step)
            {
                double* p = x + k, o = y + k;
                T ar = T.Load(p), ai = T.Load(p + im);
                p += far;
                T br = T.Load(p), bi = T.Load(p + im);
                p += far;
                T cr = T.Load(p), ci = T.Load(p + im);
                T sr = br + cr, si = bi + ci, dr = br - cr, di = bi - ci;
                (ar + sr).Store(o);
                (ai + si).Store(o + im);
                T er = T.MultiplyAdd(half, sr, ar), ei = T.MultiplyAdd(half, si, ai);
                StoreRotated(T.MultiplyAdd(sine, di, er), T.MultiplySubtractFrom(sine, dr, ei), w1r, w1i, o + stride, im, j);
                StoreRotated(T.MultiplySubtractFrom(sine, di, er), T.MultiplyAdd(sine, dr, ei), w2r, w2i, o + 2 * stride, im, j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix4(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        nint stride = pass.Stride, step = pass.Step, far = stride * pass.Span;
        double* w = pass.Twiddles;
        for (int j = 0; j < pass.Span; j++, w += 6, x += stride, y += 4 * stride)
        {
            T w1r = T.Broadcast(w[0]), w1i = T.Broadcast(w[1]), w2r = T.Broadcast(w[2]), w2i = T.Broadcast(w[3]);
            T w3r = T.Broadcast(w[4]), w3i = T.Broadcast(w[5]);
            for (nint k = first; k < last; k += step)
            {
                double* p = x + k, o = y + k;
                T ar = T.Load(p), ai = T.Load(p + im);
                p += far;
                T br = T.Load(p), bi = T.Load(p + im);
                p += far;
                T cr = T.Load(p), ci = T.Load(p + im);
                p += far;
                T dr = T.Load(p), di = T.Load(p + im);
                T s0r = ar + cr, s0i = ai + ci, s1r = ar - cr, s1i = ai - ci;
                T s2r = br + dr, s2i = bi + di, s3r = br - dr, s3i = bi - di;
                (s0r + s2r).Store(o);
                (s0i + s2i).Store(o + im);
                StoreRotated(s1r + s3i, s1i - s3r, w1r, w1i, o + stride, im, j);
                StoreRotated(s0r - s2r, s0i - s2i, w2r, w2i, o + 2 * stride, im, j);
                StoreRotated(s1r - s3i, s1i + s3r, w3r, w3i, o + 3 * stride, im, j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix5(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        T c1 = T.Broadcast(0.30901699437494742410), c2 = T.Broadcast(-0.80901699437494742410);
        T s1 = T.Broadcast(0.95105651629515357212), s2 = T.Broadcast(0.58778525229247312917);
        nint stride = pass.Stride, step = pass.Step, far = stride * pass.Span;
        double* w = pass.Twiddles;
        for (int j = 0; j < pass.Span; j++, w += 8, x += stride, y += 5 * stride)
        {
            T w1r = T.Broadcast(w[0]), w1i = T.Broadcast(w[1]), w2r = T.Broadcast(w[2]), w2i = T.Broadcast(w[3]);
            T w3r = T.Broadcast(w[4]), w3i = T.Broadcast(w[5]), w4r = T.Broadcast(w[6]), w4i = T.Broadcast(w[7]);
            for (nint k = first; k < last; k += step)
            {
                double* p = x + k, o = y + k;
                T ar = T.Load(p), ai = T.Load(p + im);
                p += far;
                T br = T.Load(p), bi = T.Load(p + im);
                p += far;
                T cr = T.Load(p), ci = T.Load(p + im);
                p += far;
                T dr = T.Load(p), di = T.Load(p + im);
                p += far;
                T er = T.Load(p), ei = T.Load(p + im);
                T pr = br + er, pi = bi + ei, qr = br - er, qi = bi - ei;
                T tr = cr + dr, ti = ci + di, ur = cr - dr, ui = ci - di;
                (ar + pr + tr).Store(o);
                (ai + pi + ti).Store(o + im);
                T fr = T.MultiplyAdd(c2, tr, T.MultiplyAdd(c1, pr, ar)), fi = T.MultiplyAdd(c2, ti, T.MultiplyAdd(c1, pi, ai));
                T gr = T.MultiplyAdd(c1, tr, T.MultiplyAdd(c2, pr, ar)), gi = T.MultiplyAdd(c1, ti, T.MultiplyAdd(c2, pi, ai));
                T hr = T.MultiplyAdd(s2, ur, s1 * qr), hi = T.MultiplyAdd(s2, ui, s1 * qi);
                T vr = T.MultiplySubtractFrom(s1, ur, s2 * qr), vi = T.MultiplySubtractFrom(s1, ui, s2 * qi);
                StoreRotated(fr + hi, fi - hr, w1r, w1i, o + stride, im, j);
                StoreRotated(gr + vi, gi - vr, w2r, w2i, o + 2 * stride, im, j);
                StoreRotated(gr - vi, gi + vr, w3r, w3i, o + 3 * stride, im, j);
                StoreRotated(fr - hi, fi + hr, w4r, w4i, o + 4 * stride, im, j);
            }
        }
    }

    /// <summary>Writes (r + i s)(wr + i wi); the factor is 1 where j = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRotated(T r, T s, T wr, T wi, double* target, nint im, int j)
    {
        if (j != 0)
            (r, s) = (T.MultiplySubtractFrom(s, wi, r * wr), T.MultiplyAdd(r, wi, s * wr));
        r.Store(target);
        s.Store(target + im);
    }
}
