using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

/// <summary>Local polynomials against harmonics at single points, and what exact sums must satisfy.</summary>
public sealed class ScatteredHarmonicsTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 2, 1, 700 }, { 2, 64, 1500 }, { 2, 64, 6001 }, { 2, 300, 11_345 }, { 2, 700, 23_003 },
        { 3, 0, 16_001 }, { 3, 1, 16_001 }, { 3, 7, 1003 }, { 3, 32, 16_003 }, { 3, 64, 16_005 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Moments_and_values_equal_harmonics_at_points(int dimension, int bandlimit, int count)
    {
        double[] cloud = Clouds.Uniform(dimension, count, seed: bandlimit), weights = Clouds.Weights(count, seed: 3);
        Compare(cloud, weights, dimension, bandlimit, 1, 1e-12);
    }

    [Theory]
    [InlineData(2, 64)]
    [InlineData(3, 32)]
    [InlineData(3, 64)]
    public void Poles_borders_copies_and_narrow_clusters(int dimension, int bandlimit)
    {
        const int count = 16_100;
        var random = new Random(8);
        double[] corner = [.. Enumerable.Repeat(1.0, dimension)];
        double[] cloud = Clouds.Of(dimension, count, i =>
        {
            double tiny = Math.Pow(10, -random.Next(1, 320)), angle = Math.PI * random.Next(64) / 32;
            double[] direction = dimension == 2 ? [Math.Cos(angle), Math.Sin(angle)] : [Math.Cos(angle), Math.Sin(angle), 0];
            double sign = random.Next(2) == 0 ? 1 : -1;
            return (i % 5) switch
            {
                0 => [.. Enumerable.Range(0, dimension).Select(k => k == (i / 5) % dimension ? sign : 0.0)],
                1 => dimension == 2 ? [direction[0] + tiny, direction[1]] : [tiny * direction[0], tiny * direction[1], sign],
                2 => corner,
                3 => [.. corner.Select(c => c + 1e-9 * random.NextDouble())],
                _ => direction,
            };
        });
        Compare(cloud, Clouds.Weights(count, seed: 4), dimension, bandlimit, 2, 1e-12);
    }

    [Theory]
    [InlineData(2, 64, 300_000)]
    [InlineData(3, 12, 320_000)]
    public void Bits_do_not_depend_on_threads(int dimension, int bandlimit, int count)
    {
        double[] cloud = Clouds.Uniform(dimension, count, seed: 5), a = [], f = [], g = [];
        foreach (int threads in (int[])[1, 2, 4, 8])
        {
            var harmonics = ScatteredHarmonics.Create(dimension, bandlimit, threads: threads);
            double[] moments = new double[harmonics.Basis.Count], values = new double[count], gradients = new double[dimension * count];
            harmonics.Moments(cloud, default, moments);
            harmonics.Evaluate(cloud, moments, values, gradients);
            if (threads > 1)
            {
                Assert.Equal(a, moments);
                Assert.Equal(f, values);
                Assert.Equal(g, gradients);
            }
            (a, f, g) = (moments, values, gradients);
        }
        Assert.Equal(1, a[0], 1e-14);
    }

    [Theory]
    [InlineData(2, 16, 100)]
    [InlineData(2, 16, 5000)]
    [InlineData(3, 8, 100)]
    [InlineData(3, 8, 17_000)]
    public void Calls_allocate_nothing(int dimension, int bandlimit, int count)
    {
        var harmonics = ScatteredHarmonics.Create(dimension, bandlimit, threads: 2);
        double[] cloud = Clouds.Uniform(dimension, count, seed: 6), a = new double[harmonics.Basis.Count];
        double[] values = new double[count], gradients = new double[dimension * count];
        harmonics.Moments(cloud, default, a);
        harmonics.Evaluate(cloud, a, values, gradients);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++)
        {
            harmonics.Moments(cloud, values, a);
            harmonics.Evaluate(cloud, a, values, gradients);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void An_order_kept_from_other_points_is_not_used()
    {
        const int count = 17_000;
        double[] first = Clouds.Uniform(3, count, seed: 1), second = Clouds.Uniform(3, count, seed: 2), a = new double[81];
        double[] kept = new double[count], fresh = new double[count];
        var harmonics = ScatteredHarmonics.Create(3, 8);
        harmonics.Moments(first, default, a);
        harmonics.Evaluate(second, a, kept, default);
        ScatteredHarmonics.Create(3, 8).Evaluate(second, a, fresh, default);
        Assert.Equal(fresh, kept);
    }

    [Fact]
    public void One_point_moved_among_those_of_an_order_is_noticed()
    {
        const int count = 17_000;
        double[] cloud = Clouds.Uniform(3, count, seed: 1), a = new double[81];
        double[] kept = new double[count], fresh = new double[count];
        var harmonics = ScatteredHarmonics.Create(3, 8);
        harmonics.Moments(cloud, default, a);
        int last = count - 2;
        (cloud[last], cloud[count + last], cloud[2 * count + last]) = (0.6, 0, -0.8);
        harmonics.Evaluate(cloud, a, kept, default);
        ScatteredHarmonics.Create(3, 8).Evaluate(cloud, a, fresh, default);
        Assert.Equal(fresh, kept);
    }

    [Theory]
    [InlineData(2, 64, 400)]
    [InlineData(2, 64, 17_000)]
    [InlineData(3, 24, 400)]
    [InlineData(3, 24, 17_000)]
    public void Moments_are_the_transpose_of_values(int dimension, int bandlimit, int count)
    {
        double[] cloud = Clouds.Uniform(dimension, count, seed: 7), weights = Clouds.Weights(count, seed: 8);
        var harmonics = ScatteredHarmonics.Create(dimension, bandlimit);
        double[] moments = new double[harmonics.Basis.Count], a = new double[harmonics.Basis.Count], f = new double[count];
        var random = new Random(9);
        for (int i = 0; i < a.Length; i++)
            a[i] = random.NextDouble() - 0.5;
        harmonics.Moments(cloud, weights, moments);
        harmonics.Evaluate(cloud, a, f, default);
        Assert.InRange(Math.Abs(Fields.Dot(weights, f) - Fields.Dot(a, moments)), 0, 1e-14 * f.Max(Math.Abs));
    }

    [Theory]
    [InlineData(2, 64)]
    [InlineData(3, 24)]
    public void A_rotated_cloud_has_rotated_gradients(int dimension, int bandlimit)
    {
        const int count = 17_000;
        double[] cloud = Clouds.Uniform(dimension, count, seed: 10), weights = Clouds.Weights(count, seed: 11);
        double c = Math.Cos(1.1), s = Math.Sin(1.1);
        double[][] turn = dimension == 2
            ? [[c, -s], [s, c]]
            : [[c, -s * c, s * s], [s, c * c, -c * s], [0, s, c]]; // about z, then about x
        double[] f = Potential(cloud, out double[] g), turned = Potential(Turned(cloud, turn), out double[] h);
        double largest = f.Max(Math.Abs), steepest = g.Max(Math.Abs);
        double[] expected = Turned(g, turn);
        for (int i = 0; i < count; i++)
            Assert.InRange(Math.Abs(f[i] - turned[i]), 0, 1e-13 * largest);
        for (int i = 0; i < h.Length; i++)
            Assert.InRange(Math.Abs(expected[i] - h[i]), 0, 1e-12 * steepest);

        double[] Potential(double[] positions, out double[] gradients)
        {
            var harmonics = ScatteredHarmonics.Create(dimension, bandlimit);
            double[] a = new double[harmonics.Basis.Count], values = new double[count];
            gradients = new double[dimension * count];
            harmonics.Moments(positions, weights, a);
            for (int i = 0; i < a.Length; i++)
                a[i] /= 1 + harmonics.Basis.DegreeOf(i);
            harmonics.Evaluate(positions, a, values, gradients);
            return values;
        }
    }

    private static double[] Turned(double[] vectors, double[][] turn)
    {
        int dimension = turn.Length, count = vectors.Length / dimension;
        var result = new double[vectors.Length];
        for (int i = 0; i < result.Length; i++)
        {
            for (int axis = 0; axis < dimension; axis++)
                result[i] += turn[i / count][axis] * vectors[axis * count + i % count];
        }
        return result;
    }

    [Fact]
    public void Lengths_and_ranges_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ScatteredHarmonics.Create(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScatteredHarmonics.Create(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScatteredHarmonics.Create(3, 3, tolerance: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScatteredHarmonics.Create(3, 3, threads: 0));
        var harmonics = ScatteredHarmonics.Create(3, 3);
        Assert.Throws<ArgumentException>(() => harmonics.Moments(new double[7], default, new double[16]));
        Assert.Throws<ArgumentException>(() => harmonics.Moments(new double[6], new double[3], new double[16]));
        Assert.Throws<ArgumentException>(() => harmonics.Evaluate(new double[6], new double[15], default, default));
        Assert.Throws<ArgumentException>(() => harmonics.Evaluate(new double[6], new double[16], default, new double[5]));
    }

    // Moments and values against the harmonics at single points; gradients against the recurrence, which takes few points at a
    // time, has no cells, and is itself held against sums over pairs in ScatteredForceTests.
    private static void Compare(double[] cloud, double[] weights, int dimension, int bandlimit, int seed, double slopeTolerance)
    {
        int count = weights.Length;
        var harmonics = ScatteredHarmonics.Create(dimension, bandlimit);
        HarmonicBasis basis = harmonics.Basis;
        double[] moments = new double[basis.Count], exact = new double[basis.Count], y = new double[basis.Count];
        harmonics.Moments(cloud, weights, moments);
        var random = new Random(seed);
        double[] a = new double[basis.Count], f = new double[count], g = new double[dimension * count], slope = new double[dimension];
        for (int i = 0; i < a.Length; i++)
            a[i] = random.NextDouble() - 0.5;
        harmonics.Evaluate(cloud, a, f, g);
        double largest = f.Max(Math.Abs), steepest = 0, worst = 0, worstSlope = 0;
        Action<double[], double[]> at = PointHarmonics(dimension, bandlimit);
        for (int i = 0; i < count; i++)
        {
            double[] x = Clouds.Point(cloud, dimension, i);
            at(x, y);
            for (int k = 0; k < y.Length; k++)
                exact[k] += weights[i] * y[k];
            worst = Math.Max(worst, Math.Abs(f[i] - Fields.Dot(a, y)));
            harmonics.Evaluate(x, a, default, slope);
            for (int axis = 0; axis < dimension; axis++)
            {
                steepest = Math.Max(steepest, Math.Abs(slope[axis]));
                worstSlope = Math.Max(worstSlope, Math.Abs(slope[axis] - g[axis * count + i]));
            }
        }
        Assert.True(worst <= 3e-13 * largest && worstSlope <= slopeTolerance * Math.Max(steepest, largest),
            $"values differ by {worst / largest:g3}, gradients by {worstSlope / Math.Max(steepest, largest):g3}");
        double mass = weights.Sum();
        for (int k = 0; k < exact.Length; k++)
            Assert.InRange(Math.Abs(exact[k] - moments[k]), 0, 3e-13 * mass * Math.Sqrt(2 * basis.DegreeOf(k) + 1));
    }

    private static Action<double[], double[]> PointHarmonics(int dimension, int bandlimit)
    {
        if (dimension == 2)
        {
            var circle = new CircularHarmonics(bandlimit);
            return (x, y) => circle.Evaluate(x[0], x[1], y);
        }
        var sphere = new SphericalHarmonics(bandlimit);
        return (x, y) => sphere.Evaluate(x[0], x[1], x[2], y);
    }
}
