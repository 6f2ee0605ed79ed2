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
            case 5:
                Radix5(x, y, pass, im, first, last);
                break;
            case 8:
                Radix8(x, y, pass, im, first, last);
                break;
            default:
                Radix9(x, y, pass, im, first, last);
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

    // Even outputs are the four-point transform of the sums x_b + x_{b+4}, odd ones that of the differences turned by e^(−πi b/4).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix8(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        T half = T.Broadcast(0.70710678118654752440), zero = T.Broadcast(0);
        nint stride = pass.Stride, step = pass.Step, far = stride * pass.Span;
        double* w = pass.Twiddles;
        for (int j = 0; j < pass.Span; j++, w += 14, x += stride, y += 8 * stride)
        {
            for (nint k = first; k < last; k += step)
            {
                double* p = x + k, q = p + 4 * far, o = y + k;
                T ar = T.Load(p), ai = T.Load(p + im), br = T.Load(q), bi = T.Load(q + im);
                T s0r = ar + br, s0i = ai + bi, d0r = ar - br, d0i = ai - bi;
                p += far;
                q += far;
                (ar, ai, br, bi) = (T.Load(p), T.Load(p + im), T.Load(q), T.Load(q + im));
                T s1r = ar + br, s1i = ai + bi, ur = ar - br, ui = ai - bi;
                p += far;
                q += far;
                (ar, ai, br, bi) = (T.Load(p), T.Load(p + im), T.Load(q), T.Load(q + im));
                T s2r = ar + br, s2i = ai + bi, d2r = ai - bi, d2i = br - ar;
                p += far;
                q += far;
                (ar, ai, br, bi) = (T.Load(p), T.Load(p + im), T.Load(q), T.Load(q + im));
                T s3r = ar + br, s3i = ai + bi, vr = ar - br, vi = ai - bi;
                T er = s0r + s2r, ei = s0i + s2i, fr = s0r - s2r, fi = s0i - s2i;
                T gr = s1r + s3r, gi = s1i + s3i, hr = s1r - s3r, hi = s1i - s3i;
                (er + gr).Store(o);
                (ei + gi).Store(o + im);
                StoreTurned(fr + hi, fi - hr, w + 2, o + 2 * stride, im, j);
                StoreTurned(er - gr, ei - gi, w + 6, o + 4 * stride, im, j);
                StoreTurned(fr - hi, fi + hr, w + 10, o + 6 * stride, im, j);
                T d1r = half * (ur + ui), d1i = half * (ui - ur), d3r = half * (vi - vr), d3i = half * (zero - vr - vi);
                (er, ei, fr, fi) = (d0r + d2r, d0i + d2i, d0r - d2r, d0i - d2i);
                (gr, gi, hr, hi) = (d1r + d3r, d1i + d3i, d1r - d3r, d1i - d3i);
                StoreTurned(er + gr, ei + gi, w, o + stride, im, j);
                StoreTurned(fr + hi, fi - hr, w + 4, o + 3 * stride, im, j);
                StoreTurned(er - gr, ei - gi, w + 8, o + 5 * stride, im, j);
                StoreTurned(fr - hi, fi + hr, w + 12, o + 7 * stride, im, j);
            }
        }
    }

    // Three by three: with t_bc the three-point transforms of x_b, x_{b+3}, x_{b+6}, output c + 3e is that over b of e^(−2πi bc/9) t_bc.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix9(double* x, double* y, in Pass pass, nint im, nint first, nint last)
    {
        T cos1 = T.Broadcast(0.76604444311897803520), sin1 = T.Broadcast(0.64278760968653932632);
        T cos2 = T.Broadcast(0.17364817766693034885), sin2 = T.Broadcast(0.98480775301220805937);
        T cos4 = T.Broadcast(-0.93969262078590838405), sin4 = T.Broadcast(0.34202014332566873304);
        nint stride = pass.Stride, step = pass.Step, far = stride * pass.Span;
        double* w = pass.Twiddles;
        for (int j = 0; j < pass.Span; j++, w += 16, x += stride, y += 9 * stride)
        {
            for (nint k = first; k < last; k += step)
            {
                double* p = x + k, o = y + k;
                LoadThree(p, far, im, out T a0r, out T a0i, out T a1r, out T a1i, out T a2r, out T a2i);
                LoadThree(p + far, far, im, out T b0r, out T b0i, out T b1r, out T b1i, out T b2r, out T b2i);
                LoadThree(p + 2 * far, far, im, out T c0r, out T c0i, out T c1r, out T c1i, out T c2r, out T c2i);
                ThreePoint(a0r, a0i, b0r, b0i, c0r, c0i, out a0r, out a0i, out b0r, out b0i, out c0r, out c0i);
                a0r.Store(o);
                a0i.Store(o + im);
                StoreTurned(b0r, b0i, w + 4, o + 3 * stride, im, j);
                StoreTurned(c0r, c0i, w + 10, o + 6 * stride, im, j);
                (b1r, b1i) = (T.MultiplyAdd(sin1, b1i, cos1 * b1r), T.MultiplySubtractFrom(sin1, b1r, cos1 * b1i));
                (c1r, c1i) = (T.MultiplyAdd(sin2, c1i, cos2 * c1r), T.MultiplySubtractFrom(sin2, c1r, cos2 * c1i));
                ThreePoint(a1r, a1i, b1r, b1i, c1r, c1i, out a1r, out a1i, out b1r, out b1i, out c1r, out c1i);
                StoreTurned(a1r, a1i, w, o + stride, im, j);
                StoreTurned(b1r, b1i, w + 6, o + 4 * stride, im, j);
                StoreTurned(c1r, c1i, w + 12, o + 7 * stride, im, j);
                (b2r, b2i) = (T.MultiplyAdd(sin2, b2i, cos2 * b2r), T.MultiplySubtractFrom(sin2, b2r, cos2 * b2i));
                (c2r, c2i) = (T.MultiplyAdd(sin4, c2i, cos4 * c2r), T.MultiplySubtractFrom(sin4, c2r, cos4 * c2i));
                ThreePoint(a2r, a2i, b2r, b2i, c2r, c2i, out a2r, out a2i, out b2r, out b2i, out c2r, out c2i);
                StoreTurned(a2r, a2i, w + 2, o + 2 * stride, im, j);
                StoreTurned(b2r, b2i, w + 8, o + 5 * stride, im, j);
                StoreTurned(c2r, c2i, w + 14, o + 8 * stride, im, j);
            }
        }
    }

    // Three-point transform of x_b, x_{b+3}, x_{b+6}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadThree(
        double* p, nint far, nint im, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2)
    {
        T ar = T.Load(p), ai = T.Load(p + im);
        p += 3 * far;
        T br = T.Load(p), bi = T.Load(p + im);
        p += 3 * far;
        ThreePoint(ar, ai, br, bi, T.Load(p), T.Load(p + im), out r0, out i0, out r1, out i1, out r2, out i2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThreePoint(
        T ar, T ai, T br, T bi, T cr, T ci, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2)
    {
        T half = T.Broadcast(-0.5), sine = T.Broadcast(0.86602540378443864676);
        T sr = br + cr, si = bi + ci, dr = br - cr, di = bi - ci;
        T er = T.MultiplyAdd(half, sr, ar), ei = T.MultiplyAdd(half, si, ai);
        (r0, i0) = (ar + sr, ai + si);
        (r1, i1) = (T.MultiplyAdd(sine, di, er), T.MultiplySubtractFrom(sine, dr, ei));
        (r2, i2) = (T.MultiplySubtractFrom(sine, di, er), T.MultiplyAdd(sine, dr, ei));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(T r, T s, double* w, double* target, nint im, int j)
        => StoreRotated(r, s, T.Broadcast(w[0]), T.Broadcast(w[1]), target, im, j);

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
