using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Benchmarks;

/// <summary>What one core can do at most: fused multiply-adds on registers, nothing else.</summary>
internal static class MachinePeak
{
    private const int Steps = 200_000;
    private const int Accumulators = 16;

    /// <summary>Bits of the vectors used.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : 256;

    /// <summary>Floating-point operations per second, the best of many short samples.</summary>
    public static double Measure()
    {
        double best = 0, sink = 0;
        for (int sample = 0; sample < 200; sample++)
        {
            long start = Stopwatch.GetTimestamp();
            sink += Vector512.IsHardwareAccelerated ? Loop512(0.999) : Loop256(0.999);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, 2.0 * Steps * Accumulators * (VectorBits / 64) / seconds);
        }
        GC.KeepAlive(sink);
        return best;
    }

    /// <summary>Seconds for a number of floating-point operations, in whole loops and scaled to the number.</summary>
    public static double Seconds(double flops)
    {
        double loop = 2.0 * Steps * Accumulators * (VectorBits / 64), sink = 0;
        int loops = Math.Max(1, (int)(flops / loop));
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < loops; i++)
            sink += Vector512.IsHardwareAccelerated ? Loop512(0.999) : Loop256(0.999);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(sink);
        return seconds * flops / (loops * loop);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Loop512(double factor)
    {
        Vector512<double> f = Vector512.Create(factor), g = Vector512.Create(1e-3);
        Vector512<double> a0 = g, a1 = g, a2 = g, a3 = g;
        Vector512<double> a4 = g, a5 = g, a6 = g, a7 = g;
        Vector512<double> a8 = g, a9 = g, a10 = g, a11 = g;
        Vector512<double> a12 = g, a13 = g, a14 = g, a15 = g;
        for (int i = 0; i < Steps; i++)
        {
            a0 = Vector512.FusedMultiplyAdd(a0, f, g);
            a1 = Vector512.FusedMultiplyAdd(a1, f, g);
            a2 = Vector512.FusedMultiplyAdd(a2, f, g);
            a3 = Vector512.FusedMultiplyAdd(a3, f, g);
            a4 = Vector512.FusedMultiplyAdd(a4, f, g);
            a5 = Vector512.FusedMultiplyAdd(a5, f, g);
            a6 = Vector512.FusedMultiplyAdd(a6, f, g);
            a7 = Vector512.FusedMultiplyAdd(a7, f, g);
            a8 = Vector512.FusedMultiplyAdd(a8, f, g);
            a9 = Vector512.FusedMultiplyAdd(a9, f, g);
            a10 = Vector512.FusedMultiplyAdd(a10, f, g);
            a11 = Vector512.FusedMultiplyAdd(a11, f, g);
            a12 = Vector512.FusedMultiplyAdd(a12, f, g);
            a13 = Vector512.FusedMultiplyAdd(a13, f, g);
            a14 = Vector512.FusedMultiplyAdd(a14, f, g);
            a15 = Vector512.FusedMultiplyAdd(a15, f, g);
        }
        return Vector512.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + a12 + a13 + a14 + a15);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Loop256(double factor)
    {
        Vector256<double> f = Vector256.Create(factor), g = Vector256.Create(1e-3);
        Vector256<double> a0 = g, a1 = g, a2 = g, a3 = g;
        Vector256<double> a4 = g, a5 = g, a6 = g, a7 = g;
        Vector256<double> a8 = g, a9 = g, a10 = g, a11 = g;
        Vector256<double> a12 = g, a13 = g, a14 = g, a15 = g;
        for (int i = 0; i < Steps; i++)
        {
            a0 = Vector256.FusedMultiplyAdd(a0, f, g);
            a1 = Vector256.FusedMultiplyAdd(a1, f, g);
            a2 = Vector256.FusedMultiplyAdd(a2, f, g);
            a3 = Vector256.FusedMultiplyAdd(a3, f, g);
            a4 = Vector256.FusedMultiplyAdd(a4, f, g);
            a5 = Vector256.FusedMultiplyAdd(a5, f, g);
            a6 = Vector256.FusedMultiplyAdd(a6, f, g);
            a7 = Vector256.FusedMultiplyAdd(a7, f, g);
            a8 = Vector256.FusedMultiplyAdd(a8, f, g);
            a9 = Vector256.FusedMultiplyAdd(a9, f, g);
            a10 = Vector256.FusedMultiplyAdd(a10, f, g);
            a11 = Vector256.FusedMultiplyAdd(a11, f, g);
            a12 = Vector256.FusedMultiplyAdd(a12, f, g);
            a13 = Vector256.FusedMultiplyAdd(a13, f, g);
            a14 = Vector256.FusedMultiplyAdd(a14, f, g);
            a15 = Vector256.FusedMultiplyAdd(a15, f, g);
        }
        return Vector256.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + a12 + a13 + a14 + a15);
    }
}
