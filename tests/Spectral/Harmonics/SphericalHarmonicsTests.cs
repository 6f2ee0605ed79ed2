using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

public sealed class SphericalHarmonicsTests
{
    [Fact]
    public void Degrees_up_to_three_in_closed_form()
    {
        var harmonics = new SphericalHarmonics(3);
        var values = new double[16];
        foreach ((double x, double y, double z) in Points(20, seed: 1))
        {
            harmonics.Evaluate(x, y, z, values);
            double[] exact =
            [
                1,
                Math.Sqrt(3) * y, Math.Sqrt(3) * z, Math.Sqrt(3) * x,
                Math.Sqrt(15) * x * y, Math.Sqrt(15) * y * z, Math.Sqrt(5) / 2 * (3 * z * z - 1), Math.Sqrt(15) * x * z,
                Math.Sqrt(15) / 2 * (x * x - y * y),
                Math.Sqrt(35.0 / 8) * y * (3 * x * x - y * y), Math.Sqrt(105) * x * y * z,
                Math.Sqrt(21.0 / 8) * y * (5 * z * z - 1),
                Math.Sqrt(7) / 2 * z * (5 * z * z - 3), Math.Sqrt(21.0 / 8) * x * (5 * z * z - 1),
                Math.Sqrt(105) / 2 * z * (x * x - y * y), Math.Sqrt(35.0 / 8) * x * (x * x - 3 * y * y),
            ];
            Assert.InRange(Fields.Difference(exact, values), 0, 4e-15);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(200)]
    [InlineData(1023)]
    public void Addition_theorem(int bandlimit) // Σ_m Y_ℓm(x) Y_ℓm(y) = (2ℓ+1) P_ℓ(x·y)
    {
        var harmonics = new SphericalHarmonics(bandlimit);
        double[] a = new double[harmonics.Basis.Count], b = new double[a.Length];
        var points = Points(6, seed: bandlimit);
        for (int i = 1; i < points.Count; i++)
        {
            (double x, double y, double z) = points[i - 1];
            (double u, double v, double w) = points[i];
            harmonics.Evaluate(x, y, z, a);
            harmonics.Evaluate(u, v, w, b);
            double t = x * u + y * v + z * w, below = 0, legendre = 1;
            for (int l = 0; l <= bandlimit; l++)
            {
                int start = l * l, length = 2 * l + 1;
                Assert.Equal(legendre, Fields.Dot(a.AsSpan(start, length), b.AsSpan(start, length)) / length, Tolerance(l));
                Assert.Equal(1, Fields.Dot(a.AsSpan(start, length), a.AsSpan(start, length)) / length, Tolerance(l));
                (below, legendre) = (legendre, ((2 * l + 1) * t * legendre - l * below) / (l + 1));
            }
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    public void At_the_poles_only_order_zero_remains(double z)
    {
        var harmonics = new SphericalHarmonics(1023);
        HarmonicBasis basis = harmonics.Basis;
        var values = new double[basis.Count];
        harmonics.Evaluate(0, 0, z, values);
        for (int i = 0; i < values.Length; i++)
        {
            int l = basis.DegreeOf(i);
            double exact = basis.OrderOf(i) != 0 ? 0 : Math.Sqrt(2 * l + 1) * (l % 2 == 0 ? 1 : z);
            Assert.Equal(exact, values[i], Math.Sqrt(2 * l + 1) * Tolerance(l));
        }
    }

    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var harmonics = new SphericalHarmonics(20);
        var values = new double[harmonics.Basis.Count];
        harmonics.Evaluate(0.6, 0, 0.8, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        harmonics.Evaluate(0, 0.6, 0.8, values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // The recurrence is least accurate at the poles, where rounding adds up to about ℓ² units in the last place.
    private static double Tolerance(int l) => 1e-15 + 2e-16 * (l + 1.0) * (l + 1.0);

    private static List<(double X, double Y, double Z)> Points(int count, int seed)
    {
        var random = new Random(seed);
        var points = new List<(double, double, double)> { (0, 0, 1), (1, 0, 0), (0, 1, 0), (1e-8, 0, 1), (0, 0, -1) };
        while (points.Count < count)
        {
            double z = 2 * random.NextDouble() - 1, phi = 2 * Math.PI * random.NextDouble(), s = Math.Sqrt(1 - z * z);
            points.Add((s * Math.Cos(phi), s * Math.Sin(phi), z));
        }
        return points;
    }
}
