using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>
/// even(θ) = Σ_k y_k(θ) q_k^even and odd(θ) = Σ_k y_k(θ) q_k^odd for one order: degree innermost, accumulators in registers,
/// lanes are latitudes.
/// </summary>
internal static unsafe class LegendreSynthesis
{
    /// <summary>One field.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="m">Order.</param>
    /// <param name="pairs">Pairs summed, ≥ 1.</param>
    /// <param name="packed">[pairs][even re, even im, odd re, odd im] q, mixed as in <see cref="PairMixing"/>.</param>
    /// <param name="amplitudes">Receives the order's amplitudes in the blocks it reaches.</param>
    public static void OneField(LegendreTable table, int m, int pairs, double* packed, MeridionalAmplitudes amplitudes)
    {
        int block = table.FirstBlock(m);
        double* recurrence = table.Recurrence(m), seeds = table.Seeds(m);
        for (; block + 4 <= table.Blocks; block += 4)
            OneFieldFourBlocks(packed, recurrence, seeds + 8 * block, table.Squares + 8 * block, pairs, amplitudes.At(m, block, 1));
        for (; block + 2 <= table.Blocks; block += 2)
            OneFieldTwoBlocks(packed, recurrence, seeds + 8 * block, table.Squares + 8 * block, pairs, amplitudes.At(m, block, 1));
        if (block < table.Blocks)
            OneFieldOneBlock(packed, recurrence, seeds + 8 * block, table.Squares + 8 * block, pairs, amplitudes.At(m, block, 1));
    }

    /// <summary>Two fields from one pass of the recurrence.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="m">Order.</param>
    /// <param name="pairs">Pairs summed, ≥ 1.</param>
    /// <param name="packed">[pairs][field][even re, even im, odd re, odd im].</param>
    /// <param name="amplitudes">Receives the order's amplitudes in the blocks it reaches.</param>
    public static void TwoFields(LegendreTable table, int m, int pairs, double* packed, MeridionalAmplitudes amplitudes)
    {
        int block = table.FirstBlock(m);
        double* recurrence = table.Recurrence(m), seeds = table.Seeds(m);
        for (; block + 2 <= table.Blocks; block += 2)
            TwoFieldsTwoBlocks(packed, recurrence, seeds + 8 * block, table.Squares + 8 * block, pairs, amplitudes.At(m, block, 2));
        if (block < table.Blocks)
            TwoFieldsOneBlock(packed, recurrence, seeds + 8 * block, table.Squares + 8 * block, pairs, amplitudes.At(m, block, 2));
    }

    // y_{k+1} = (A_k t² + B_k) y_k + y_{k−1}
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Next(double* ab, Vector512<double> square, Vector512<double> current, Vector512<double> previous)
        => Fma(Fma(square, Each(ab), Each(ab + 1)), current, previous);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c)
        => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Each(double* value) => Vector512.Create(*value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldFourBlocks(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
    {
        Vector512<double> t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vector512<double>.Zero;
        Vector512<double> t1 = Vector512.LoadAligned(squares + 8), y1 = Vector512.LoadAligned(seeds + 8), z1 = Vector512<double>.Zero;
        Vector512<double> t2 = Vector512.LoadAligned(squares + 16), y2 = Vector512.LoadAligned(seeds + 16), z2 = Vector512<double>.Zero;
        Vector512<double> t3 = Vector512.LoadAligned(squares + 24), y3 = Vector512.LoadAligned(seeds + 24), z3 = Vector512<double>.Zero;
        Vector512<double> a0 = Vector512<double>.Zero, a1 = Vector512<double>.Zero, a2 = Vector512<double>.Zero, a3 = Vector512<double>.Zero;
        Vector512<double> b0 = Vector512<double>.Zero, b1 = Vector512<double>.Zero, b2 = Vector512<double>.Zero, b3 = Vector512<double>.Zero;
        Vector512<double> c0 = Vector512<double>.Zero, c1 = Vector512<double>.Zero, c2 = Vector512<double>.Zero, c3 = Vector512<double>.Zero;
        Vector512<double> d0 = Vector512<double>.Zero, d1 = Vector512<double>.Zero, d2 = Vector512<double>.Zero, d3 = Vector512<double>.Zero;
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            Vector512<double> e0 = Each(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            c0 = Fma(y2, e0, c0);
            d0 = Fma(y3, e0, d0);
            Vector512<double> e1 = Each(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            c1 = Fma(y2, e1, c1);
            d1 = Fma(y3, e1, d1);
            Vector512<double> e2 = Each(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            c2 = Fma(y2, e2, c2);
            d2 = Fma(y3, e2, d2);
            Vector512<double> e3 = Each(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            c3 = Fma(y2, e3, c3);
            d3 = Fma(y3, e3, d3);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
            (y1, z1) = (Next(ab, t1, y1, z1), y1);
            (y2, z2) = (Next(ab, t2, y2, z2), y2);
            (y3, z3) = (Next(ab, t3, y3, z3), y3);
        }
        a0.StoreAligned(target);
        a1.StoreAligned(target + 8);
        a2.StoreAligned(target + 16);
        a3.StoreAligned(target + 24);
        b0.StoreAligned(target + 32);
        b1.StoreAligned(target + 40);
        b2.StoreAligned(target + 48);
        b3.StoreAligned(target + 56);
        c0.StoreAligned(target + 64);
        c1.StoreAligned(target + 72);
        c2.StoreAligned(target + 80);
        c3.StoreAligned(target + 88);
        d0.StoreAligned(target + 96);
        d1.StoreAligned(target + 104);
        d2.StoreAligned(target + 112);
        d3.StoreAligned(target + 120);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldTwoBlocks(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
    {
        Vector512<double> t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vector512<double>.Zero;
        Vector512<double> t1 = Vector512.LoadAligned(squares + 8), y1 = Vector512.LoadAligned(seeds + 8), z1 = Vector512<double>.Zero;
        Vector512<double> a0 = Vector512<double>.Zero, a1 = Vector512<double>.Zero, a2 = Vector512<double>.Zero, a3 = Vector512<double>.Zero;
        Vector512<double> b0 = Vector512<double>.Zero, b1 = Vector512<double>.Zero, b2 = Vector512<double>.Zero, b3 = Vector512<double>.Zero;
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            Vector512<double> e0 = Each(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            Vector512<double> e1 = Each(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            Vector512<double> e2 = Each(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            Vector512<double> e3 = Each(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
            (y1, z1) = (Next(ab, t1, y1, z1), y1);
        }
        a0.StoreAligned(target);
        a1.StoreAligned(target + 8);
        a2.StoreAligned(target + 16);
        a3.StoreAligned(target + 24);
        b0.StoreAligned(target + 32);
        b1.StoreAligned(target + 40);
        b2.StoreAligned(target + 48);
        b3.StoreAligned(target + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldOneBlock(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
    {
        Vector512<double> t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vector512<double>.Zero;
        Vector512<double> a0 = Vector512<double>.Zero, a1 = Vector512<double>.Zero, a2 = Vector512<double>.Zero, a3 = Vector512<double>.Zero;
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            a0 = Fma(y0, Each(q), a0);
            a1 = Fma(y0, Each(q + 1), a1);
            a2 = Fma(y0, Each(q + 2), a2);
            a3 = Fma(y0, Each(q + 3), a3);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
        }
        a0.StoreAligned(target);
        a1.StoreAligned(target + 8);
        a2.StoreAligned(target + 16);
        a3.StoreAligned(target + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoFieldsTwoBlocks(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
    {
        Vector512<double> t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vector512<double>.Zero;
        Vector512<double> t1 = Vector512.LoadAligned(squares + 8), y1 = Vector512.LoadAligned(seeds + 8), z1 = Vector512<double>.Zero;
        Vector512<double> a0 = Vector512<double>.Zero, a1 = Vector512<double>.Zero, a2 = Vector512<double>.Zero, a3 = Vector512<double>.Zero;
        Vector512<double> a4 = Vector512<double>.Zero, a5 = Vector512<double>.Zero, a6 = Vector512<double>.Zero, a7 = Vector512<double>.Zero;
        Vector512<double> b0 = Vector512<double>.Zero, b1 = Vector512<double>.Zero, b2 = Vector512<double>.Zero, b3 = Vector512<double>.Zero;
        Vector512<double> b4 = Vector512<double>.Zero, b5 = Vector512<double>.Zero, b6 = Vector512<double>.Zero, b7 = Vector512<double>.Zero;
        for (; pairs > 0; pairs--, q += 8, ab += 2)
        {
            Vector512<double> e0 = Each(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            Vector512<double> e1 = Each(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            Vector512<double> e2 = Each(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            Vector512<double> e3 = Each(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            Vector512<double> e4 = Each(q + 4);
            a4 = Fma(y0, e4, a4);
            b4 = Fma(y1, e4, b4);
            Vector512<double> e5 = Each(q + 5);
            a5 = Fma(y0, e5, a5);
            b5 = Fma(y1, e5, b5);
            Vector512<double> e6 = Each(q + 6);
            a6 = Fma(y0, e6, a6);
            b6 = Fma(y1, e6, b6);
            Vector512<double> e7 = Each(q + 7);
            a7 = Fma(y0, e7, a7);
            b7 = Fma(y1, e7, b7);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
            (y1, z1) = (Next(ab, t1, y1, z1), y1);
        }
        a0.StoreAligned(target);
        a1.StoreAligned(target + 8);
        a2.StoreAligned(target + 16);
        a3.StoreAligned(target + 24);
        a4.StoreAligned(target + 32);
        a5.StoreAligned(target + 40);
        a6.StoreAligned(target + 48);
        a7.StoreAligned(target + 56);
        b0.StoreAligned(target + 64);
        b1.StoreAligned(target + 72);
        b2.StoreAligned(target + 80);
        b3.StoreAligned(target + 88);
        b4.StoreAligned(target + 96);
        b5.StoreAligned(target + 104);
        b6.StoreAligned(target + 112);
        b7.StoreAligned(target + 120);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoFieldsOneBlock(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
    {
        Vector512<double> t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vector512<double>.Zero;
        Vector512<double> a0 = Vector512<double>.Zero, a1 = Vector512<double>.Zero, a2 = Vector512<double>.Zero, a3 = Vector512<double>.Zero;
        Vector512<double> a4 = Vector512<double>.Zero, a5 = Vector512<double>.Zero, a6 = Vector512<double>.Zero, a7 = Vector512<double>.Zero;
        for (; pairs > 0; pairs--, q += 8, ab += 2)
        {
            a0 = Fma(y0, Each(q), a0);
            a1 = Fma(y0, Each(q + 1), a1);
            a2 = Fma(y0, Each(q + 2), a2);
            a3 = Fma(y0, Each(q + 3), a3);
            a4 = Fma(y0, Each(q + 4), a4);
            a5 = Fma(y0, Each(q + 5), a5);
            a6 = Fma(y0, Each(q + 6), a6);
            a7 = Fma(y0, Each(q + 7), a7);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
        }
        a0.StoreAligned(target);
        a1.StoreAligned(target + 8);
        a2.StoreAligned(target + 16);
        a3.StoreAligned(target + 24);
        a4.StoreAligned(target + 32);
        a5.StoreAligned(target + 40);
        a6.StoreAligned(target + 48);
        a7.StoreAligned(target + 56);
    }
}
