using Meanfield.Spectral;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.Spectral;

public sealed class CircleTransformTests(ITestOutputHelper output)
{
    public static TheoryData<int, int> Grids => new()
    {
        { 0, 1 }, { 1, 3 }, { 2, 5 }, { 7, 15 }, { 7, 16 }, { 15, 32 }, { 63, 128 }, { 63, 135 }, { 255, 768 },
        { 10, 1280 }, { 319, 640 }, { 959, 1920 }, { 1023, 2160 }, { 8191, 16384 },
    };

    [Theory]
    [MemberData(nameof(Grids))]
    public void Analysis_inverts_synthesis(int bandlimit, int size)
    {
        var transform = new CircleTransform(bandlimit, new CircleGrid(size));
        double[] a = Fields.Random(transform.Basis.Count, seed: size), b = new double[a.Length], values = new double[size];
        transform.Synthesize(a, values);
        transform.Analyze(values, b);
        double error = Fields.Difference(a, b);
        output.WriteLine($"L = {bandlimit}, n = {size}: round trip {error:E2}");
        Assert.InRange(error, 0, 2e-15);
        Assert.Equal(1, Fields.Inner(transform, values, values) / Fields.Dot(a, a), 1e-14); // Parseval
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Synthesis_and_gradient_agree_with_the_series(int bandlimit, int size)
    {
        var grid = new CircleGrid(size);
        var transform = new CircleTransform(bandlimit, grid);
        double[] a = Fields.Random(transform.Basis.Count, seed: 1), values = new double[size], gradient = new double[size];
        transform.Synthesize(a, values);
        transform.SynthesizeGradient(a, gradient);
        double scale = Math.Sqrt(bandlimit + 1);
        for (int j = 0; j < size; j += 1 + size / 50)
        {
            double f = a[0], derivative = 0;
            for (int k = 1; k <= bandlimit; k++)
            {
                (double s, double c) = Math.SinCos(2 * Math.PI * ((long)j * k % size) / size);
                f += Math.Sqrt(2) * (a[2 * k - 1] * c + a[2 * k] * s);
                derivative += Math.Sqrt(2) * k * (a[2 * k] * c - a[2 * k - 1] * s);
            }
            Assert.Equal(f, values[j], 1e-14 * scale * scale);
            Assert.Equal(derivative, gradient[j], 1e-14 * scale * scale * (bandlimit + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Divergence_is_the_transpose_of_the_gradient(int bandlimit, int size)
    {
        var transform = new CircleTransform(bandlimit, new CircleGrid(size));
        HarmonicBasis basis = transform.Basis;
        double[] a = Fields.Random(basis.Count, seed: 2), flux = Fields.Random(size, seed: 3);
        double[] gradient = new double[size], b = new double[a.Length];
        transform.SynthesizeGradient(a, gradient);
        transform.AnalyzeDivergence(flux, b);
        Assert.Equal(Fields.Inner(transform, flux, gradient), Fields.Dot(b, a), 1e-14 * (bandlimit + 1) * (bandlimit + 1));
        Assert.Equal(0.0, b[0]);
        transform.AnalyzeDivergence(gradient, b);
        for (int i = 0; i < a.Length; i++)
            Assert.Equal(basis.LaplaceEigenvalue(basis.DegreeOf(i)) * a[i], b[i], 1e-14 * (bandlimit + 1) * (bandlimit + 1));
    }

    [Theory]
    [InlineData(40, 0)]
    [InlineData(40, 13)]
    public void A_prefix_is_the_same_as_padding_with_zeros(int bandlimit, int degree)
    {
        var transform = new CircleTransform(bandlimit, CircleGrid.ForDegree(3 * bandlimit));
        double[] prefix = Fields.Random(2 * degree + 1, seed: 4), padded = new double[transform.Basis.Count];
        prefix.CopyTo(padded, 0);
        double[] expected = new double[transform.GridSize], actual = new double[transform.GridSize];
        transform.Synthesize(padded, expected);
        transform.Synthesize(Fields.Random(padded.Length, seed: 5), actual);
        transform.Synthesize(prefix, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void No_call_allocates()
    {
        var transform = new CircleTransform(63, CircleGrid.ForDegree(200));
        double[] a = Fields.Random(transform.Basis.Count, seed: 6), values = new double[transform.GridSize];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            transform.Synthesize(a, values);
            transform.Analyze(values, a);
            transform.SynthesizeGradient(a, values);
            transform.AnalyzeDivergence(values, a);
        }
    }

    [Fact]
    public void Refuses_what_it_cannot_do()
    {
        Assert.Throws<ArgumentException>(() => new CircleTransform(8, new CircleGrid(16)));
        Assert.Throws<ArgumentException>(() => new CircleTransform(2, new CircleGrid(7), BuiltInEngine.Instance));
        var transform = new CircleTransform(2, new CircleGrid(5));
        Assert.Throws<ArgumentException>(() => transform.Synthesize(new double[4], new double[5]));
        Assert.Throws<ArgumentException>(() => transform.Synthesize(new double[7], new double[5]));
        Assert.Throws<ArgumentException>(() => transform.Synthesize(new double[5], new double[6]));
        Assert.Throws<ArgumentException>(() => transform.Analyze(new double[5], new double[3]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(8191)]
    public void Harmonics_at_single_points(int bandlimit)
    {
        var harmonics = new CircularHarmonics(bandlimit);
        var values = new double[harmonics.Basis.Count];
        foreach (double theta in new[] { 0, 0.3, 1.7, Math.PI, -2.9 })
        {
            (double y, double x) = Math.SinCos(theta);
            harmonics.Evaluate(x, y, values);
            Assert.Equal(1, values[0]);
            double exact = Math.Atan2(y, x);
            for (int k = 1; k <= bandlimit; k++)
            {
                (double s, double c) = Math.SinCos(k * exact);
                Assert.Equal(Math.Sqrt(2) * c, values[2 * k - 1], 2e-15 * (k + 1));
                Assert.Equal(Math.Sqrt(2) * s, values[2 * k], 2e-15 * (k + 1));
            }
        }
    }
}
