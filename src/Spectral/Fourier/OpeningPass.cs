using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// The first pass (radix 8, l = 1) of a single transform of a size divisible by 64: the lanes are eight consecutive j,
/// y[a + 8j] = e^(−2πi ja/n) Σ_b e^(−2πi ab/8) x[j + bn/8], and a transposition puts the eight outputs of each j side by side.
/// </summary>
internal static unsafe class OpeningPass
{
    /// <summary>q.</summary>
    public const int Radix = 8;

    /// <summary>The sizes that can open this way.</summary>
    public const int Divisor = Radix * 8;

    private const int Group = 2 * 8 * Radix;

    /// <summary>Numbers in <see cref="FillTwiddles"/>.</summary>
    public static int TwiddleCount(int size) => size / Divisor * Group;

    /// <summary>[j/8][a][re × 8, im × 8]: e^(−2πi ja/n).</summary>
    public static void FillTwiddles(int size, double* twiddles)
    {
        for (int j = 0; j < size / Radix; j++)
        {
            for (int a = 0; a < Radix; a++)
            {
                double* entry = twiddles + (nint)(j / 8) * Group + 16 * a + j % 8;
                (entry[0], entry[8]) = UnitRoot.Of(-(long)j * a, size);
            }
        }
    }

    /// <summary>Runs the pass on [re × size][im × size]; imaginary parts lie <paramref name="im"/> beyond the real parts.</summary>
    public static void Run(double* x, double* y, double* twiddles, int size, nint im) => Run(x, y, twiddles, size, im, Radix);

    /// <summary>Runs the pass on [size/8][re × 8, im × 8]; <paramref name="im"/> is 8 or, to exchange the parts, −8.</summary>
    public static void RunBlocked(double* x, double* y, double* twiddles, int size, nint im) => Run(x, y, twiddles, size, im, 2 * Radix);

    // block: numbers from eight consecutive points to the next eight
    private static void Run(double* x, double* y, double* twiddles, int size, nint im, nint block)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Run<EightLanes>(x, y, twiddles, size, im, block);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Run<FourLanes>(x, y, twiddles, size, im, block);
        else
            Run<OneLane>(x, y, twiddles, size, im, block);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(double* x, double* y, double* twiddles, int size, nint im, nint block) where T : struct, ISimd<T>
    {
        nint far = size / Divisor * block;
        double* storage = stackalloc double[2 * Divisor + 8];
        var outputs = (double*)(((nint)storage + 63) & ~63); // [a][8 j], real then imaginary, each vector in one cache line
        for (nint j = 0; j < far; j += block, twiddles += Group)
        {
            for (int lane = 0; lane < 8; lane += T.Lanes)
                EightPoint<T>(x + j + lane, far, im, twiddles + lane, outputs + lane);
            LaneTranspose.Copy(outputs, 8, y + Radix * j, block);
            LaneTranspose.Copy(outputs + Divisor, 8, y + Radix * j + im, block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightPoint<T>(double* p, nint far, nint im, double* twiddles, double* block) where T : struct, ISimd<T>
    {
        T half = T.Broadcast(0.70710678118654752440), zero = T.Broadcast(0);
        T ar = T.Load(p), ai = T.Load(p + im);
        T br = T.Load(p + 4 * far), bi = T.Load(p + 4 * far + im);
        T s0r = ar + br, s0i = ai + bi, d0r = ar - br, d0i = ai - bi;
        p += far;
        (ar, ai) = (T.Load(p), T.Load(p + im));
        (br, bi) = (T.Load(p + 4 * far), T.Load(p + 4 * far + im));
        T s1r = ar + br, s1i = ai + bi, d1r = ar - br, d1i = ai - bi;
        p += far;
        (ar, ai) = (T.Load(p), T.Load(p + im));
        (br, bi) = (T.Load(p + 4 * far), T.Load(p + 4 * far + im));
        T s2r = ar + br, s2i = ai + bi, d2r = ar - br, d2i = ai - bi;
        p += far;
        (ar, ai) = (T.Load(p), T.Load(p + im));
        (br, bi) = (T.Load(p + 4 * far), T.Load(p + 4 * far + im));
        T s3r = ar + br, s3i = ai + bi, d3r = ar - br, d3i = ai - bi;
        FourPoint(s0r, s0i, s1r, s1i, s2r, s2i, s3r, s3i, twiddles, block);
        // the differences turn by e^(−πi b/4)
        (d1r, d1i) = (half * (d1r + d1i), half * (d1i - d1r));
        (d2r, d2i) = (d2i, zero - d2r);
        (d3r, d3i) = (half * (d3i - d3r), half * (zero - d3r - d3i));
        FourPoint(d0r, d0i, d1r, d1i, d2r, d2i, d3r, d3i, twiddles + 16, block + 8);
    }

    // Every other output of the eight, from the sums or from the turned differences.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourPoint<T>(
        T u0r, T u0i, T u1r, T u1i,
        T u2r, T u2i, T u3r, T u3i,
        double* twiddles, double* block)
        where T : struct, ISimd<T>
    {
        T er = u0r + u2r, ei = u0i + u2i, fr = u0r - u2r, fi = u0i - u2i;
        T gr = u1r + u3r, gi = u1i + u3i, hr = u1r - u3r, hi = u1i - u3i;
        StoreRotated(er + gr, ei + gi, twiddles, block);
        StoreRotated(fr + hi, fi - hr, twiddles + 32, block + 16);
        StoreRotated(er - gr, ei - gi, twiddles + 64, block + 32);
        StoreRotated(fr - hi, fi + hr, twiddles + 96, block + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRotated<T>(T r, T s, double* twiddle, double* target) where T : struct, ISimd<T>
    {
        T wr = T.Load(twiddle), wi = T.Load(twiddle + 8);
        T.MultiplySubtractFrom(s, wi, r * wr).Store(target);
        T.MultiplyAdd(r, wi, s * wr).Store(target + Divisor);
    }
}
