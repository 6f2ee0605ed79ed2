using Meanfield.Spectral;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.Spectral;

public sealed class SphereTransformTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(63)]
    [InlineData(127)]
    [InlineData(255)]
    [InlineData(511)]
    [InlineData(1023)]
    public void Analysis_inverts_synthesis(int bandlimit)
    {
        var transform = new SphereTransform(bandlimit, SphereGrid.ForDegree(2 * bandlimit));
        double[] a = Fields.Random(transform.Basis.Count, seed: bandlimit), b = new double[a.Length];
        var values = new double[transform.GridSize];
        transform.Synthesize(a, values);
        transform.Analyze(values, b);
        double error = Fields.Difference(a, b);
        output.WriteLine($"L = {bandlimit}: round trip {error:E2}");
        Assert.InRange(error, 0, 1e-13 * Math.Sqrt(Math.Max(1, bandlimit)));
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(5, 9, 12)]
    [InlineData(12, 17, 25)]
    [InlineData(24, 33, 50)]
    [InlineData(31, 48, 96)]
    [InlineData(50, 12, 128)]
    [InlineData(255, 256, 512)]
    [InlineData(1023, 1024, 2048)]
    public void Synthesis_agrees_with_harmonics_at_single_points(int bandlimit, int latitudes, int longitudes)
    {
        var grid = new SphereGrid(latitudes, longitudes);
        var transform = new SphereTransform(bandlimit, grid);
        var harmonics = new SphericalHarmonics(bandlimit);
        double[] a = Fields.Random(transform.Basis.Count, seed: 3), y = new double[a.Length];
        var values = new double[transform.GridSize];
        transform.Synthesize(a, values);
        double scale = Math.Sqrt(Fields.Dot(a, a)) * (bandlimit + 1), error = 0;
        for (int k = 0; k < grid.Size; k += 1 + grid.Size / 300)
        {
            (double px, double py, double pz) = grid.PointAt(k);
            harmonics.Evaluate(px, py, pz, y);
            error = Math.Max(error, Math.Abs(Fields.Dot(a, y) - values[k]));
        }
        output.WriteLine($"L = {bandlimit}: synthesis {error / scale:E2} of {scale:E1}");
        Assert.InRange(error, 0, 2e-15 * scale * Math.Sqrt(bandlimit + 1));
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(20, 7)]
    [InlineData(63, 26)]
    [InlineData(63, 63)]
    public void A_prefix_is_the_same_as_padding_with_zeros(int bandlimit, int degree)
    {
        var transform = new SphereTransform(bandlimit, SphereGrid.ForDegree(3 * bandlimit));
        double[] padded = new double[transform.Basis.Count], prefix = Fields.Random((degree + 1) * (degree + 1), seed: 4);
        prefix.CopyTo(padded, 0);
        double[] full = Fields.Random(padded.Length, seed: 5);
        double[] expected = new double[2 * transform.GridSize], actual = new double[2 * transform.GridSize];
        transform.Synthesize(padded, expected.AsSpan(0, transform.GridSize));
        transform.Synthesize(full, actual.AsSpan(0, transform.GridSize)); // leaves other orders in the work space
        transform.Synthesize(prefix, actual.AsSpan(0, transform.GridSize));
        Assert.Equal(0, Fields.Difference(expected, actual), 1e-13);
        transform.SynthesizeGradient(padded, expected);
        transform.SynthesizeGradient(full, actual);
        transform.SynthesizeGradient(prefix, actual);
        Assert.Equal(0, Fields.Difference(expected, actual), 1e-11);
    }

    [Theory]
    [InlineData(9, 6, 20)] // 6 rows: quadrature degree 11
    [InlineData(4, 13, 24)]
    public void Quadrature_is_exact_up_to_its_degree(int bandlimit, int latitudes, int longitudes)
    {
        var grid = new SphereGrid(latitudes, longitudes);
        var transform = new SphereTransform(bandlimit, grid);
        double mass = 0;
        foreach (double w in transform.Weights)
            mass += w;
        Assert.Equal(1, mass, 1e-14);
        Assert.Equal(Math.Min(2 * latitudes - 1, longitudes - 1), transform.QuadratureDegree);
        var harmonics = new SphericalHarmonics(transform.QuadratureDegree);
        double[] y = new double[harmonics.Basis.Count], sums = new double[y.Length];
        for (int k = 0; k < grid.Size; k++)
        {
            (double px, double py, double pz) = grid.PointAt(k);
            harmonics.Evaluate(px, py, pz, y);
            for (int i = 0; i < y.Length; i++)
                sums[i] += transform.Weights[k] * y[i];
        }
        Assert.Equal(1, sums[0], 1e-14);
        Assert.All(sums[1..], s => Assert.Equal(0, s, 1e-14));
    }

    [Fact]
    public void A_grid_for_a_degree_integrates_that_degree()
    {
        foreach (int degree in Enumerable.Range(0, 80))
            Assert.True(SphereGrid.ForDegree(degree).QuadratureDegree >= degree);
    }

    [Fact]
    public void Energy_is_the_sum_of_squares() // Parseval
    {
        var transform = new SphereTransform(40, SphereGrid.ForDegree(80));
        double[] a = Fields.Random(transform.Basis.Count, seed: 6), values = new double[transform.GridSize];
        transform.Synthesize(a, values);
        Assert.Equal(1, Fields.Inner(transform, values, values) / Fields.Dot(a, a), 1e-13);
    }

    [Fact]
    public void Rotation_about_the_axis_is_a_phase()
    {
        const int bandlimit = 30, shift = 7;
        var grid = new SphereGrid(31, 64);
        var transform = new SphereTransform(bandlimit, grid);
        HarmonicBasis basis = transform.Basis;
        double[] a = Fields.Random(basis.Count, seed: 8), rotated = new double[a.Length];
        for (int l = 0; l <= bandlimit; l++)
        {
            for (int m = 0; m <= l; m++)
            {
                (double s, double c) = Math.SinCos(2 * Math.PI * m * shift / grid.Longitudes);
                double plus = a[basis.IndexOf(l, m)], minus = m == 0 ? 0 : a[basis.IndexOf(l, -m)];
                rotated[basis.IndexOf(l, m)] = c * plus - s * minus;
                if (m > 0)
                    rotated[basis.IndexOf(l, -m)] = s * plus + c * minus;
            }
        }
        double[] before = new double[grid.Size], after = new double[grid.Size];
        transform.Synthesize(a, before);
        transform.Synthesize(rotated, after);
        for (int k = 0; k < grid.Size; k++)
        {
            (int i, int j) = Math.DivRem(k, grid.Longitudes);
            Assert.Equal(before[k], after[i * grid.Longitudes + (j + shift) % grid.Longitudes], 1e-12);
        }
    }

    [Fact]
    public void No_call_allocates()
    {
        var transform = new SphereTransform(31, SphereGrid.ForDegree(62));
        double[] a = Fields.Random(transform.Basis.Count, seed: 9);
        double[] values = new double[transform.GridSize], flux = new double[2 * values.Length];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            transform.Synthesize(a, values);
            transform.Analyze(values, a);
            transform.SynthesizeGradient(a, flux);
            transform.AnalyzeDivergence(flux, a);
        }
    }

    [Fact]
    public void Refuses_what_it_cannot_do()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SphereTransform(1024, new SphereGrid(1, 2160)));
        Assert.Throws<ArgumentException>(() => new SphereTransform(8, new SphereGrid(9, 16)));
        Assert.Throws<ArgumentException>(() => new SphereTransform(2, new SphereGrid(9, 7), BuiltInEngine.Instance));
        var transform = new SphereTransform(2, new SphereGrid(3, 5));
        Assert.Throws<ArgumentException>(() => transform.Synthesize(new double[8], new double[15]));
        Assert.Throws<ArgumentException>(() => transform.Synthesize(new double[16], new double[15]));
        Assert.Throws<ArgumentException>(() => transform.Synthesize([], new double[15]));
        Assert.Throws<ArgumentException>(() => transform.Analyze(new double[15], new double[8]));
        Assert.Throws<ArgumentException>(() => transform.SynthesizeGradient(new double[9], new double[15]));
        Assert.Throws<ArgumentException>(() => transform.AnalyzeDivergence(new double[30], new double[4]));
    }
}
