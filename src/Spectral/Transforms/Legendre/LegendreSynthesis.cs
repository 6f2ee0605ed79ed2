using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// even(θ) = Σ_k y_k(θ) q_k^even and odd(θ) = Σ_k y_k(θ) q_k^odd for one order: degree innermost, accumulators in registers,
/// lanes are latitudes.
/// Narrow registers run once for each part of a block's eight lanes.
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
        if (SimdVariant.Lanes == EightLanes.Lanes)
            OneField<EightLanes>(table, m, pairs, packed, amplitudes);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            OneField<FourLanes>(table, m, pairs, packed, amplitudes);
        else
            OneField<OneLane>(table, m, pairs, packed, amplitudes);
    }

    private static void OneField<T>(LegendreTable table, int m, int pairs, double* packed, MeridionalAmplitudes amplitudes)
        where T : struct, ISimd<T>
    {
        for (int lane = 0; lane < 8; lane += T.Lanes)
        {
            int block = table.FirstBlock(m);
            double* ab = table.Recurrence(m), seeds = table.Seeds(m) + lane, squares = table.Squares + lane;
            for (; block + 4 <= table.Blocks; block += 4)
                OneFieldFourBlocks<T>(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 1) + lane);
            for (; block + 2 <= table.Blocks; block += 2)
                OneFieldTwoBlocks<T>(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 1) + lane);
            if (block < table.Blocks)
                OneFieldOneBlock<T>(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 1) + lane);
        }
    }

    /// <summary>Two fields from one pass of the recurrence.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="m">Order.</param>
    /// <param name="pairs">Pairs summed, ≥ 1.</param>
    /// <param name="packed">[pairs][field][even re, even im, odd re, odd im].</param>
    /// <param name="amplitudes">Receives the order's amplitudes in the blocks it reaches.</param>
    public static void TwoFields(LegendreTable table, int m, int pairs, double* packed, MeridionalAmplitudes amplitudes)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            TwoFields<EightLanes>(table, m, pairs, packed, amplitudes);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            TwoFields<FourLanes>(table, m, pairs, packed, amplitudes);
        else
            TwoFields<OneLane>(table, m, pairs, packed, amplitudes);
    }

    private static void TwoFields<T>(LegendreTable table, int m, int pairs, double* packed, MeridionalAmplitudes amplitudes)
        where T : struct, ISimd<T>
    {
        for (int lane = 0; lane < 8; lane += T.Lanes)
        {
            int block = table.FirstBlock(m);
            double* ab = table.Recurrence(m), seeds = table.Seeds(m) + lane, squares = table.Squares + lane;
            for (; block + 2 <= table.Blocks; block += 2)
                TwoFieldsTwoBlocks<T>(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 2) + lane);
            if (block < table.Blocks)
                TwoFieldsOneBlock<T>(packed, ab, seeds + 8 * block, squares + 8 * block, pairs, amplitudes.At(m, block, 2) + lane);
        }
    }

    // y_{k+1} = (A_k t² + B_k) y_k + y_{k−1}
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Next<T>(double* ab, T square, T current, T previous)
        where T : struct, ISimd<T>
        => Fma(Fma(square, Each<T>(ab), Each<T>(ab + 1)), current, previous);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fma<T>(T a, T b, T c) where T : struct, ISimd<T> => T.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Each<T>(double* value) where T : struct, ISimd<T> => T.Broadcast(*value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldFourBlocks<T>(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
        where T : struct, ISimd<T>
    {
        T t0 = T.Load(squares), y0 = T.Load(seeds), z0 = T.Broadcast(0);
        T t1 = T.Load(squares + 8), y1 = T.Load(seeds + 8), z1 = T.Broadcast(0);
        T t2 = T.Load(squares + 16), y2 = T.Load(seeds + 16), z2 = T.Broadcast(0);
        T t3 = T.Load(squares + 24), y3 = T.Load(seeds + 24), z3 = T.Broadcast(0);
        T a0 = T.Broadcast(0), a1 = T.Broadcast(0), a2 = T.Broadcast(0), a3 = T.Broadcast(0);
        T b0 = T.Broadcast(0), b1 = T.Broadcast(0), b2 = T.Broadcast(0), b3 = T.Broadcast(0);
        T c0 = T.Broadcast(0), c1 = T.Broadcast(0), c2 = T.Broadcast(0), c3 = T.Broadcast(0);
        T d0 = T.Broadcast(0), d1 = T.Broadcast(0), d2 = T.Broadcast(0), d3 = T.Broadcast(0);
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            T e0 = Each<T>(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            c0 = Fma(y2, e0, c0);
            d0 = Fma(y3, e0, d0);
            T e1 = Each<T>(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            c1 = Fma(y2, e1, c1);
            d1 = Fma(y3, e1, d1);
            T e2 = Each<T>(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            c2 = Fma(y2, e2, c2);
            d2 = Fma(y3, e2, d2);
            T e3 = Each<T>(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            c3 = Fma(y2, e3, c3);
            d3 = Fma(y3, e3, d3);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
            (y1, z1) = (Next(ab, t1, y1, z1), y1);
            (y2, z2) = (Next(ab, t2, y2, z2), y2);
            (y3, z3) = (Next(ab, t3, y3, z3), y3);
        }
        a0.Store(target);
        a1.Store(target + 8);
        a2.Store(target + 16);
        a3.Store(target + 24);
        b0.Store(target + 32);
        b1.Store(target + 40);
        b2.Store(target + 48);
        b3.Store(target + 56);
        c0.Store(target + 64);
        c1.Store(target + 72);
        c2.Store(target + 80);
        c3.Store(target + 88);
        d0.Store(target + 96);
        d1.Store(target + 104);
        d2.Store(target + 112);
        d3.Store(target + 120);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldTwoBlocks<T>(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
        where T : struct, ISimd<T>
    {
        T t0 = T.Load(squares), y0 = T.Load(seeds), z0 = T.Broadcast(0);
        T t1 = T.Load(squares + 8), y1 = T.Load(seeds + 8), z1 = T.Broadcast(0);
        T a0 = T.Broadcast(0), a1 = T.Broadcast(0), a2 = T.Broadcast(0), a3 = T.Broadcast(0);
        T b0 = T.Broadcast(0), b1 = T.Broadcast(0), b2 = T.Broadcast(0), b3 = T.Broadcast(0);
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            T e0 = Each<T>(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            T e1 = Each<T>(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            T e2 = Each<T>(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            T e3 = Each<T>(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
            (y1, z1) = (Next(ab, t1, y1, z1), y1);
        }
        a0.Store(target);
        a1.Store(target + 8);
        a2.Store(target + 16);
        a3.Store(target + 24);
        b0.Store(target + 32);
        b1.Store(target + 40);
        b2.Store(target + 48);
        b3.Store(target + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneFieldOneBlock<T>(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
        where T : struct, ISimd<T>
    {
        T t0 = T.Load(squares), y0 = T.Load(seeds), z0 = T.Broadcast(0);
        T a0 = T.Broadcast(0), a1 = T.Broadcast(0), a2 = T.Broadcast(0), a3 = T.Broadcast(0);
        for (; pairs > 0; pairs--, q += 4, ab += 2)
        {
            a0 = Fma(y0, Each<T>(q), a0);
            a1 = Fma(y0, Each<T>(q + 1), a1);
            a2 = Fma(y0, Each<T>(q + 2), a2);
            a3 = Fma(y0, Each<T>(q + 3), a3);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
        }
        a0.Store(target);
        a1.Store(target + 8);
        a2.Store(target + 16);
        a3.Store(target + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoFieldsTwoBlocks<T>(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
        where T : struct, ISimd<T>
    {
        T t0 = T.Load(squares), y0 = T.Load(seeds), z0 = T.Broadcast(0);
        T t1 = T.Load(squares + 8), y1 = T.Load(seeds + 8), z1 = T.Broadcast(0);
        T a0 = T.Broadcast(0), a1 = T.Broadcast(0), a2 = T.Broadcast(0), a3 = T.Broadcast(0);
        T a4 = T.Broadcast(0), a5 = T.Broadcast(0), a6 = T.Broadcast(0), a7 = T.Broadcast(0);
        T b0 = T.Broadcast(0), b1 = T.Broadcast(0), b2 = T.Broadcast(0), b3 = T.Broadcast(0);
        T b4 = T.Broadcast(0), b5 = T.Broadcast(0), b6 = T.Broadcast(0), b7 = T.Broadcast(0);
        for (; pairs > 0; pairs--, q += 8, ab += 2)
        {
            T e0 = Each<T>(q);
            a0 = Fma(y0, e0, a0);
            b0 = Fma(y1, e0, b0);
            T e1 = Each<T>(q + 1);
            a1 = Fma(y0, e1, a1);
            b1 = Fma(y1, e1, b1);
            T e2 = Each<T>(q + 2);
            a2 = Fma(y0, e2, a2);
            b2 = Fma(y1, e2, b2);
            T e3 = Each<T>(q + 3);
            a3 = Fma(y0, e3, a3);
            b3 = Fma(y1, e3, b3);
            T e4 = Each<T>(q + 4);
            a4 = Fma(y0, e4, a4);
            b4 = Fma(y1, e4, b4);
            T e5 = Each<T>(q + 5);
            a5 = Fma(y0, e5, a5);
            b5 = Fma(y1, e5, b5);
            T e6 = Each<T>(q + 6);
            a6 = Fma(y0, e6, a6);
            b6 = Fma(y1, e6, b6);
            T e7 = Each<T>(q + 7);
            a7 = Fma(y0, e7, a7);
            b7 = Fma(y1, e7, b7);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
            (y1, z1) = (Next(ab, t1, y1, z1), y1);
        }
        a0.Store(target);
        a1.Store(target + 8);
        a2.Store(target + 16);
        a3.Store(target + 24);
        a4.Store(target + 32);
        a5.Store(target + 40);
        a6.Store(target + 48);
        a7.Store(target + 56);
        b0.Store(target + 64);
        b1.Store(target + 72);
        b2.Store(target + 80);
        b3.Store(target + 88);
        b4.Store(target + 96);
        b5.Store(target + 104);
        b6.Store(target + 112);
        b7.Store(target + 120);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoFieldsOneBlock<T>(double* q, double* ab, double* seeds, double* squares, int pairs, double* target)
        where T : struct, ISimd<T>
    {
        T t0 = T.Load(squares), y0 = T.Load(seeds), z0 = T.Broadcast(0);
        T a0 = T.Broadcast(0), a1 = T.Broadcast(0), a2 = T.Broadcast(0), a3 = T.Broadcast(0);
        T a4 = T.Broadcast(0), a5 = T.Broadcast(0), a6 = T.Broadcast(0), a7 = T.Broadcast(0);
        for (; pairs > 0; pairs--, q += 8, ab += 2)
        {
            a0 = Fma(y0, Each<T>(q), a0);
            a1 = Fma(y0, Each<T>(q + 1), a1);
            a2 = Fma(y0, Each<T>(q + 2), a2);
            a3 = Fma(y0, Each<T>(q + 3), a3);
            a4 = Fma(y0, Each<T>(q + 4), a4);
            a5 = Fma(y0, Each<T>(q + 5), a5);
            a6 = Fma(y0, Each<T>(q + 6), a6);
            a7 = Fma(y0, Each<T>(q + 7), a7);
            (y0, z0) = (Next(ab, t0, y0, z0), y0);
        }
        a0.Store(target);
        a1.Store(target + 8);
        a2.Store(target + 16);
        a3.Store(target + 24);
        a4.Store(target + 32);
        a5.Store(target + 40);
        a6.Store(target + 48);
        a7.Store(target + 56);
    }
}
