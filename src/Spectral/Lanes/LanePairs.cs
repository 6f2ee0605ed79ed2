using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>Eight pairs (first, second) taken apart into lanes and put together again, and eight lanes read backwards.</summary>
internal static unsafe class LanePairs
{
    private const int Lanes = 8;

    /// <summary>firsts[i] = source[2i], seconds[i] = source[2i + 1] for 0 ≤ i &lt; 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(double* source, double* firsts, double* seconds)
    {
        if (SimdVariant.Lanes == Lanes)
        {
            Permute(source, source + Lanes, Vector512.Create(0L, 2, 4, 6, 8, 10, 12, 14)).Store(firsts);
            Permute(source, source + Lanes, Vector512.Create(1L, 3, 5, 7, 9, 11, 13, 15)).Store(seconds);
            return;
        }
        for (int i = 0; i < Lanes; i++)
            (firsts[i], seconds[i]) = (source[2 * i], source[2 * i + 1]);
    }

    /// <summary>firsts[i] = source[14 − 2i], seconds[i] = source[15 − 2i] for 0 ≤ i &lt; 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SplitReversed(double* source, double* firsts, double* seconds)
    {
        if (SimdVariant.Lanes == Lanes)
        {
            Permute(source, source + Lanes, Vector512.Create(14L, 12, 10, 8, 6, 4, 2, 0)).Store(firsts);
            Permute(source, source + Lanes, Vector512.Create(15L, 13, 11, 9, 7, 5, 3, 1)).Store(seconds);
            return;
        }
        for (int i = 0; i < Lanes; i++)
            (firsts[i], seconds[i]) = (source[14 - 2 * i], source[15 - 2 * i]);
    }

    /// <summary>target[2i] = firsts[i], target[2i + 1] = seconds[i] for 0 ≤ i &lt; 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(double* firsts, double* seconds, double* target)
    {
        if (SimdVariant.Lanes == Lanes)
        {
            Permute(firsts, seconds, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11)).Store(target);
            Permute(firsts, seconds, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15)).Store(target + Lanes);
            return;
        }
        for (int i = 0; i < Lanes; i++)
            (target[2 * i], target[2 * i + 1]) = (firsts[i], seconds[i]);
    }

    /// <summary>target[0] = above[0] and target[i] = below[8 − i] for 1 ≤ i &lt; 8: eight numbers from above[0] downwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mirror(double* below, double* above, double* target)
    {
        if (SimdVariant.Lanes == Lanes)
        {
            Permute(below, above, Vector512.Create(8L, 7, 6, 5, 4, 3, 2, 1)).Store(target);
            return;
        }
        target[0] = above[0];
        for (int i = 1; i < Lanes; i++)
            target[i] = below[Lanes - i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Permute(double* low, double* high, Vector512<long> places)
        => Avx512F.PermuteVar8x64x2(Vector512.Load(low), places, Vector512.Load(high));
}
