using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Meanfield.Spectral;

namespace Meanfield.Tests.Spectral;

/// <summary>Seeded data and sums shared by the transform tests.</summary>
internal static class Fields
{
    public static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextDouble() - 0.5;
        return values;
    }

    /// <summary>Zeros that start <paramref name="offset"/> numbers after a multiple of 64 bytes.</summary>
    public static Memory<double> Zeros(int length, int offset = 0)
    {
        double[] storage = GC.AllocateArray<double>(length + 16, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
        return storage.AsMemory((int)((64 - address % 64) % 64 / sizeof(double)) + offset, length);
    }

    /// <summary>Largest difference relative to the largest value.</summary>
    public static double RelativeDifference(ReadOnlySpan<double> a, ReadOnlySpan<double> reference) =>
        Difference(a, reference) / Math.Abs(TensorPrimitives.MaxMagnitude(reference));

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    public static double Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }

    /// <summary>⟨F, G⟩_w = Σ_i w_i F_i·G_i over all components.</summary>
    public static double Inner(HarmonicTransform transform, ReadOnlySpan<double> f, ReadOnlySpan<double> g)
    {
        double sum = 0;
        for (int i = 0; i < f.Length; i++)
            sum += transform.Weights[i % transform.GridSize] * f[i] * g[i];
        return sum;
    }
}
