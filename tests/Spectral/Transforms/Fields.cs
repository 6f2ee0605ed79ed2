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
