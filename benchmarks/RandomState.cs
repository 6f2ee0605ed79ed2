using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>Seeded states with something in every degree.</summary>
internal static class RandomState
{
    /// <summary>Mass 1; the coefficients of degree ℓ are normal with standard deviation 1/(ℓ + 1)².</summary>
    public static double[] Of(HarmonicBasis basis, ulong seed)
    {
        var random = new RandomNumbers(seed);
        var state = new double[basis.Count];
        state[0] = 1;
        for (int degree = 1; degree <= basis.Bandlimit; degree++)
        {
            for (int i = basis.Start(degree); i < basis.Start(degree + 1); i++)
                state[i] = random.NextNormals().First / ((degree + 1.0) * (degree + 1.0));
        }
        return state;
    }

    /// <summary>max|a − b|/max|a|.</summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < a.Length; i++)
        {
            difference = Math.Max(difference, double.IsNaN(b[i]) ? double.PositiveInfinity : Math.Abs(a[i] - b[i]));
            size = Math.Max(size, Math.Abs(a[i]));
        }
        return difference / size;
    }
}
