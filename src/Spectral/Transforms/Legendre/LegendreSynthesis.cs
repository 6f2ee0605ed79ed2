using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

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
        double* ab = table.Recurrence(m), seeds = table.Seeds(m), squares = table.Squares;
        for (; block + 4 <= table.Blocks; block += 4)
            OneFieldFourBlocks(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 1));
        for (; block + 2 <= table.Blocks; block += 2)
            OneFieldTwoBlocks(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 1));
        if (block < table.Blocks)
            OneFieldOneBlock(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 1));
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
        double* ab = table.Recurrence(m), seeds = table.Seeds(m), squares = table.Squares;
        for (; block + 2 <= table.Blocks; block += 2)
            TwoFieldsTwoBlocks(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 2));
        if (block < table.Blocks)
            TwoFieldsOneBlock(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 2));
    }

    // y_{k+1} = (A_k t² + B_k) y_k + y_{k−1}
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Next(double* ab, Vec square, Vec current, Vec previous)
        => Fma(Fma(square, Each(ab), Each(ab + 1)), current, previous);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Fma(Vec a, Vec b, Vec c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Each(double* value) => Vector512.Create(*value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldFourBlocks(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
    {
        Vec t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vec.Zero;
        Vec t1 = Vector512.LoadAligned(squares + 8), y1 = Vector512.LoadAligned(seeds + 8), z1 = Vec.Zero;
        Vec t2 = Vector512.LoadAligned(squares + 16), y2 = Vector512.LoadAligned(seeds + 16), z2 = Vec.Zero;
        Vec t3 = Vector512.LoadAligned(squares + 24), y3 = Vector512.LoadAligned(seeds + 24), z3 = Vec.Zero;
        Vec a0 = Vec.Zero, a1 = Vec.Zero, a2 = Vec.Zero, a3 = Vec.Zero;
        Vec b0 = Vec.Zero, b1 = Vec.Zero, b2 = Vec.Zero, b3 = Vec.Zero;
        Vec c0 = Vec.Zero, c1 = Vec.Zero, c2 = Vec.Zero, c3 = Vec.Zero;
        Vec d0 = Vec.Zero, d1 = Vec.Zero, d2 = Vec.Zero, d3 = Vec.Zero;
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            Vec e0 = Each(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            c0 = Fma(y2, e0, c0);
            d0 = Fma(y3, e0, d0);
            Vec e1 = Each(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            c1 = Fma(y2, e1, c1);
            d1 = Fma(y3, e1, d1);
            Vec e2 = Each(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            c2 = Fma(y2, e2, c2);
            d2 = Fma(y3, e2, d2);
            Vec e3 = Each(q + 3);
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
        Vec t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vec.Zero;
        Vec t1 = Vector512.LoadAligned(squares + 8), y1 = Vector512.LoadAligned(seeds + 8), z1 = Vec.Zero;
        Vec a0 = Vec.Zero, a1 = Vec.Zero, a2 = Vec.Zero, a3 = Vec.Zero;
        Vec b0 = Vec.Zero, b1 = Vec.Zero, b2 = Vec.Zero, b3 = Vec.Zero;
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            Vec e0 = Each(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            Vec e1 = Each(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            Vec e2 = Each(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            Vec e3 = Each(q + 3);
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
        Vec t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vec.Zero;
        Vec a0 = Vec.Zero, a1 = Vec.Zero, a2 = Vec.Zero, a3 = Vec.Zero;
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
        Vec t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vec.Zero;
        Vec t1 = Vector512.LoadAligned(squares + 8), y1 = Vector512.LoadAligned(seeds + 8), z1 = Vec.Zero;
        Vec a0 = Vec.Zero, a1 = Vec.Zero, a2 = Vec.Zero, a3 = Vec.Zero;
        Vec a4 = Vec.Zero, a5 = Vec.Zero, a6 = Vec.Zero, a7 = Vec.Zero;
        Vec b0 = Vec.Zero, b1 = Vec.Zero, b2 = Vec.Zero, b3 = Vec.Zero;
        Vec b4 = Vec.Zero, b5 = Vec.Zero, b6 = Vec.Zero, b7 = Vec.Zero;
        for (; pairs > 0; pairs--, q += 8, ab += 2)
        {
            Vec e0 = Each(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            Vec e1 = Each(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            Vec e2 = Each(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            Vec e3 = Each(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            Vec e4 = Each(q + 4);
            a4 = Fma(y0, e4, a4);
            b4 = Fma(y1, e4, b4);
            Vec e5 = Each(q + 5);
            a5 = Fma(y0, e5, a5);
            b5 = Fma(y1, e5, b5);
            Vec e6 = Each(q + 6);
            a6 = Fma(y0, e6, a6);
            b6 = Fma(y1, e6, b6);
            Vec e7 = Each(q + 7);
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
        Vec t0 = Vector512.LoadAligned(squares), y0 = Vector512.LoadAligned(seeds), z0 = Vec.Zero;
        Vec a0 = Vec.Zero, a1 = Vec.Zero, a2 = Vec.Zero, a3 = Vec.Zero;
        Vec a4 = Vec.Zero, a5 = Vec.Zero, a6 = Vec.Zero, a7 = Vec.Zero;
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
