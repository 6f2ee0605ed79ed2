using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// Fourier sums over the cells of a ring, many numbers per cell at once: c_j = Σ_m X_m cos mφ_j + Y_m sin mφ_j and its transpose.
/// </summary>
/// <remarks>Four cells mirrored at the axes share their sums over even and odd m.</remarks>
internal static unsafe class RingSums
{
    /// <summary>Numbers of every cell from those of every order.</summary>
    /// <param name="ring">The cells.</param>
    /// <param name="stride">Numbers per cell, a multiple of 16.</param>
    /// <param name="x">[Orders + 2][stride] cosine amplitudes, the last row zero.</param>
    /// <param name="y">[Orders + 2][stride] sine amplitudes, the last row zero.</param>
    /// <param name="cells">[M][stride] receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToCells<T>(CellRing ring, int stride, double* x, double* y, double* cells) where T : struct, ISimd<T>
    {
        int count = ring.Cells, period = 2 * count;
        fixed (double* roots = ring.Roots)
        {
            for (int t = 0; t < stride; t += 2 * T.Lanes)
            {
                for (int j = 0; j < count / 4; j++)
                {
                    T zero = T.Broadcast(0);
                    T c0 = zero, c1 = zero, s0 = zero, s1 = zero, oddC0 = zero, oddC1 = zero, oddS0 = zero, oddS1 = zero;
                    int turn = 2 * j + 1, angle = 0;
                    for (int m = 0; m <= ring.Orders; m += 2)
                    {
                        double* even = x + (nint)m * stride + t, evenSine = y + (nint)m * stride + t;
                        T cosine = T.Broadcast(roots[2 * angle]), sine = T.Broadcast(roots[2 * angle + 1]);
                        c0 = T.MultiplyAdd(cosine, T.Load(even), c0);
                        c1 = T.MultiplyAdd(cosine, T.Load(even + T.Lanes), c1);
                        s0 = T.MultiplyAdd(sine, T.Load(evenSine), s0);
                        s1 = T.MultiplyAdd(sine, T.Load(evenSine + T.Lanes), s1);
                        angle = Advance(angle, turn, period);
                        even += stride;
                        evenSine += stride;
                        cosine = T.Broadcast(roots[2 * angle]);
                        sine = T.Broadcast(roots[2 * angle + 1]);
                        oddC0 = T.MultiplyAdd(cosine, T.Load(even), oddC0);
                        oddC1 = T.MultiplyAdd(cosine, T.Load(even + T.Lanes), oddC1);
                        oddS0 = T.MultiplyAdd(sine, T.Load(evenSine), oddS0);
                        oddS1 = T.MultiplyAdd(sine, T.Load(evenSine + T.Lanes), oddS1);
                        angle = Advance(angle, turn, period);
                    }
                    StoreFour(cells + t, count, stride, j, c0, s0, oddC0, oddS0);
                    StoreFour(cells + t + T.Lanes, count, stride, j, c1, s1, oddC1, oddS1);
                }
            }
        }
    }

    /// <summary>Σ_j c_j cos mφ_j and Σ_j c_j sin mφ_j.</summary>
    /// <param name="ring">The cells.</param>
    /// <param name="stride">Numbers per cell, a multiple of 16.</param>
    /// <param name="cells">[M][stride] c, overwritten.</param>
    /// <param name="x">[Orders + 1][stride] receives the cosine sums.</param>
    /// <param name="y">[Orders + 1][stride] receives the sine sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromCells<T>(CellRing ring, int stride, double* cells, double* x, double* y) where T : struct, ISimd<T>
    {
        int count = ring.Cells, period = 2 * count;
        for (int j = 0; j < count / 4; j++)
            Mix<T>(cells, count, stride, j);
        fixed (double* roots = ring.Roots)
        {
            for (int m = 0; m <= ring.Orders; m++)
            {
                bool odd = m % 2 == 1;
                nint down = odd ? -stride : stride;
                double* cosines = cells + (odd ? (nint)(count / 2 - 1) * stride : 0), sines = cosines + (nint)(count / 2) * stride;
                for (int t = 0; t < stride; t += 2 * T.Lanes)
                {
                    T zero = T.Broadcast(0), c0 = zero, c1 = zero, s0 = zero, s1 = zero;
                    int step = 2 * m % period, angle = m % period;
                    for (int j = 0; j < count / 4; j++)
                    {
                        double* c = cosines + j * down + t, s = sines + j * down + t;
                        T cosine = T.Broadcast(roots[2 * angle]), sine = T.Broadcast(roots[2 * angle + 1]);
                        c0 = T.MultiplyAdd(cosine, T.Load(c), c0);
                        c1 = T.MultiplyAdd(cosine, T.Load(c + T.Lanes), c1);
                        s0 = T.MultiplyAdd(sine, T.Load(s), s0);
                        s1 = T.MultiplyAdd(sine, T.Load(s + T.Lanes), s1);
                        angle = Advance(angle, step, period);
                    }
                    c0.Store(x + (nint)m * stride + t);
                    c1.Store(x + (nint)m * stride + t + T.Lanes);
                    s0.Store(y + (nint)m * stride + t);
                    s1.Store(y + (nint)m * stride + t + T.Lanes);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Advance(int angle, int step, int period)
    {
        angle += step;
        return angle >= period ? angle - period : angle;
    }

    // Cells at φ, −φ, π − φ, π + φ
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour<T>(
        double* cells, int count, int stride, int j, T cosine, T sine, T oddCosine, T oddSine) where T : struct, ISimd<T>
    {
        T sum = cosine + oddCosine, difference = cosine - oddCosine;
        T sineSum = sine + oddSine, sineDifference = sine - oddSine;
        (sum + sineSum).Store(cells + (nint)j * stride);
        (sum - sineSum).Store(cells + (nint)(count - 1 - j) * stride);
        (difference - sineDifference).Store(cells + (nint)(count / 2 - 1 - j) * stride);
        (difference + sineDifference).Store(cells + (nint)(count / 2 + j) * stride);
    }

    // The combinations that even cosines, odd cosines, even sines and odd sines see, in place of the cells φ, π − φ, π + φ, −φ
    private static void Mix<T>(double* cells, int count, int stride, int j) where T : struct, ISimd<T>
    {
        double* a = cells + (nint)j * stride, b = cells + (nint)(count - 1 - j) * stride;
        double* c = cells + (nint)(count / 2 - 1 - j) * stride, d = cells + (nint)(count / 2 + j) * stride;
        for (int t = 0; t < stride; t += T.Lanes)
        {
            T east = T.Load(a + t) + T.Load(b + t), west = T.Load(c + t) + T.Load(d + t);
            T north = T.Load(a + t) - T.Load(b + t), south = T.Load(c + t) - T.Load(d + t);
            (east + west).Store(a + t);
            (east - west).Store(c + t);
            (north - south).Store(d + t);
            (north + south).Store(b + t);
        }
    }
}
