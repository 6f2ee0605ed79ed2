using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace Meanfield.Spectral;

/// <summary>
/// r_k^even = Σ_θ y_k(θ) even(θ) and r_k^odd = Σ_θ y_k(θ) odd(θ) for one order, the transpose of <see cref="LegendreSynthesis"/>:
/// degree outermost, latitudes innermost, sixteen accumulators whose lanes are summed at the end of each pass.
/// </summary>
internal static unsafe class LegendreAnalysis
{
    /// <summary>Pairs beyond the last that a call may write.</summary>
    public const int Overrun = 3;

    /// <summary>One field, four pairs at a time.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="m">Order.</param>
    /// <param name="pairs">Pairs wanted, ≥ 1.</param>
    /// <param name="amplitudes">The order's amplitudes, quadrature weights and the cos θ of the odd part included.</param>
    /// <param name="state">[Blocks][16] scratch.</param>
    /// <param name="packed">[pairs + Overrun][even re, even im, odd re, odd im] receives r.</param>
    public static void OneField(
        LegendreTable table, int m, int pairs, MeridionalAmplitudes amplitudes, double* state, double* packed)
    {
        int first = table.FirstBlock(m), blocks = table.Blocks - first;
        double* squares = table.Squares + 8 * first, ab = table.Recurrence(m), data = amplitudes.At(m, first, 1);
        Start(table.Seeds(m) + 8 * first, squares, ab, blocks, state);
        for (int k = 0; k < pairs; k += 4, ab += 8, packed += 16)
            FourPairs(data, ab + 2, squares, blocks, state, packed);
    }

    /// <summary>Two fields from one pass of the recurrence, two pairs at a time.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="m">Order.</param>
    /// <param name="pairs">Pairs wanted, ≥ 1.</param>
    /// <param name="amplitudes">The order's amplitudes, quadrature weights and the cos θ of the odd part included.</param>
    /// <param name="state">[Blocks][16] scratch.</param>
    /// <param name="packed">[pairs + Overrun][field][even re, even im, odd re, odd im] receives r.</param>
    public static void TwoFields(
        LegendreTable table, int m, int pairs, MeridionalAmplitudes amplitudes, double* state, double* packed)
    {
        int first = table.FirstBlock(m), blocks = table.Blocks - first;
        double* squares = table.Squares + 8 * first, ab = table.Recurrence(m), data = amplitudes.At(m, first, 2);
        Start(table.Seeds(m) + 8 * first, squares, ab, blocks, state);
        for (int k = 0; k < pairs; k += 2, ab += 4, packed += 16)
            TwoPairs(data, ab + 2, squares, blocks, state, packed);
    }

    // state[block] = (y_0, y_1)
    private static void Start(double* seeds, double* squares, double* ab, int blocks, double* state)
    {
        for (; blocks > 0; blocks--, seeds += 8, squares += 8, state += 16)
        {
            Vec y0 = Vector512.LoadAligned(seeds);
            y0.StoreAligned(state);
            Next(ab, Vector512.LoadAligned(squares), y0, Vec.Zero).StoreAligned(state + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourPairs(double* data, double* ab, double* squares, int blocks, double* state, double* packed)
    {
        Vec a0 = Vec.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        Vec c0 = a0, c1 = a0, c2 = a0, c3 = a0, d0 = a0, d1 = a0, d2 = a0, d3 = a0;
        for (; blocks > 0; blocks--, data += 32, squares += 8, state += 16)
        {
            Vec square = Vector512.LoadAligned(squares);
            Vec y0 = Vector512.LoadAligned(state), y1 = Vector512.LoadAligned(state + 8);
            Vec y2 = Next(ab, square, y1, y0), y3 = Next(ab + 2, square, y2, y1);
            Vec value = Vector512.LoadAligned(data);
            a0 = Fma(y0, value, a0);
            b0 = Fma(y1, value, b0);
            c0 = Fma(y2, value, c0);
            d0 = Fma(y3, value, d0);
            value = Vector512.LoadAligned(data + 8);
            a1 = Fma(y0, value, a1);
            b1 = Fma(y1, value, b1);
            c1 = Fma(y2, value, c1);
            d1 = Fma(y3, value, d1);
            value = Vector512.LoadAligned(data + 16);
            a2 = Fma(y0, value, a2);
            b2 = Fma(y1, value, b2);
            c2 = Fma(y2, value, c2);
            d2 = Fma(y3, value, d2);
            value = Vector512.LoadAligned(data + 24);
            a3 = Fma(y0, value, a3);
            b3 = Fma(y1, value, b3);
            c3 = Fma(y2, value, c3);
            d3 = Fma(y3, value, d3);
            y0 = Next(ab + 4, square, y3, y2);
            y0.StoreAligned(state);
            Next(ab + 6, square, y0, y3).StoreAligned(state + 8);
        }
        LaneTranspose.Sums(a0, a1, a2, a3, b0, b1, b2, b3).StoreAligned(packed);
        LaneTranspose.Sums(c0, c1, c2, c3, d0, d1, d2, d3).StoreAligned(packed + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoPairs(double* data, double* ab, double* squares, int blocks, double* state, double* packed)
    {
        Vec a0 = Vec.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vec b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0, b6 = a0, b7 = a0;
        for (; blocks > 0; blocks--, data += 64, squares += 8, state += 16)
        {
            Vec square = Vector512.LoadAligned(squares);
            Vec y0 = Vector512.LoadAligned(state), y1 = Vector512.LoadAligned(state + 8);
            Vec value = Vector512.LoadAligned(data);
            a0 = Fma(y0, value, a0);
            b0 = Fma(y1, value, b0);
            value = Vector512.LoadAligned(data + 8);
            a1 = Fma(y0, value, a1);
            b1 = Fma(y1, value, b1);
            value = Vector512.LoadAligned(data + 16);
            a2 = Fma(y0, value, a2);
            b2 = Fma(y1, value, b2);
            value = Vector512.LoadAligned(data + 24);
            a3 = Fma(y0, value, a3);
            b3 = Fma(y1, value, b3);
            value = Vector512.LoadAligned(data + 32);
            a4 = Fma(y0, value, a4);
            b4 = Fma(y1, value, b4);
            value = Vector512.LoadAligned(data + 40);
            a5 = Fma(y0, value, a5);
            b5 = Fma(y1, value, b5);
            value = Vector512.LoadAligned(data + 48);
            a6 = Fma(y0, value, a6);
            b6 = Fma(y1, value, b6);
            value = Vector512.LoadAligned(data + 56);
            a7 = Fma(y0, value, a7);
            b7 = Fma(y1, value, b7);
            y0 = Next(ab, square, y1, y0);
            y0.StoreAligned(state);
            Next(ab + 2, square, y0, y1).StoreAligned(state + 8);
        }
        LaneTranspose.Sums(a0, a1, a2, a3, a4, a5, a6, a7).StoreAligned(packed);
        LaneTranspose.Sums(b0, b1, b2, b3, b4, b5, b6, b7).StoreAligned(packed + 8);
    }

    // y_{k+1} = (A_k t² + B_k) y_k + y_{k−1}
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Next(double* ab, Vec square, Vec current, Vec previous)
        => Fma(Fma(square, Vector512.Create(ab[0]), Vector512.Create(ab[1])), current, previous);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Fma(Vec a, Vec b, Vec c) => Vector512.FusedMultiplyAdd(a, b, c);
}
