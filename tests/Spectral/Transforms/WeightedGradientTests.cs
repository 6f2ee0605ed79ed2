using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

/// <summary>The fused ∫ g∇ψ·∇Y of the sphere against the separate transforms it stands for.</summary>
public sealed class WeightedGradientTests
{
    public static TheoryData<int, int, double> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, double>();
            foreach ((int bandlimit, int latitudes) in new[] { (1, 3), (2, 4), (7, 12), (14, 23), (31, 48), (40, 67), (64, 97), (100, 152) })
            {
                foreach (double beta in new[] { -3, 0, 0.5, 9 })
                    cases.Add(bandlimit, latitudes, beta);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_separate_transforms(int bandlimit, int latitudes, double beta)
    {
        var grid = new SphereGrid(latitudes, FourierSize.Next(2 * latitudes - 1));
        var fused = new SphereTransform(bandlimit, grid);
        var separate = new SeparateCalls(new SphereTransform(bandlimit, grid));
        double[] a = new double[fused.Basis.Count], b = new double[fused.Basis.Count];
        foreach (Normalization normalization in Enum.GetValues<Normalization>())
        {
            // degrees up and down: what a call leaves behind must not show in the next
            foreach (int degree in new[] { bandlimit, Math.Min(bandlimit, 5), Math.Min(bandlimit, 27), 1 })
            {
                double[] density = Decaying(bandlimit, seed: 3), potential = Decaying(degree, seed: 4);
                fused.AnalyzeWeightedGradient(density, potential, new Attention(normalization, beta), a);
                separate.AnalyzeWeightedGradient(density, potential, new Attention(normalization, beta), b);
                Assert.Equal(0.0, a[0]);
                Assert.InRange(Fields.Difference(a, b), 0, 1e-13 * Math.Sqrt(Fields.Dot(b, b)));
            }
        }
    }

    [Fact]
    public void A_density_of_few_degrees_leaves_nothing_of_the_one_before()
    {
        var grid = new SphereGrid(33, 72);
        var fused = new SphereTransform(24, grid);
        double[] first = new double[fused.Basis.Count], again = new double[fused.Basis.Count];
        double[] small = Decaying(4, seed: 7), potential = Decaying(3, seed: 8);
        var attention = new Attention(Normalization.Softmax, 2);
        fused.AnalyzeWeightedGradient(small, potential, attention, first);
        fused.AnalyzeWeightedGradient(Decaying(24, seed: 9), Decaying(24, seed: 10), attention, again);
        fused.AnalyzeWeightedGradient(small, potential, attention, again);
        Assert.Equal(first, again);
    }

    [Theory]
    [InlineData(20, 33)]
    [InlineData(63, 82)]
    [InlineData(128, 150)]
    public void Threads_do_not_change_a_bit(int bandlimit, int latitudes)
    {
        var grid = new SphereGrid(latitudes, FourierSize.Next(2 * latitudes - 1));
        double[] density = Decaying(bandlimit, seed: 5), potential = Decaying(18, seed: 6);
        foreach (Normalization normalization in Enum.GetValues<Normalization>())
        {
            var attention = new Attention(normalization, 4);
            var one = new SphereTransform(bandlimit, grid, threads: 1);
            double[] expected = new double[one.Basis.Count], result = new double[one.Basis.Count];
            one.AnalyzeWeightedGradient(density, potential, attention, expected);
            foreach (int threads in new[] { 2, 3, 4 })
            {
                var transform = new SphereTransform(bandlimit, grid, threads: threads);
                for (int i = 0; i < 20; i++)
                {
                    Array.Fill(result, double.NaN);
                    transform.AnalyzeWeightedGradient(density, potential, attention, result);
                    Assert.Equal(expected, result);
                }
            }
        }
    }

    [Fact]
    public void Transforms_that_share_a_team_do_not_disturb_each_other()
    {
        var grid = new SphereGrid(82, 162);
        double[] density = Decaying(63, seed: 5), potential = Decaying(18, seed: 6);
        var attention = new Attention(Normalization.Softmax, 4);
        double[] expected = new double[density.Length];
        new SphereTransform(63, grid, threads: 1).AnalyzeWeightedGradient(density, potential, attention, expected);
        Parallel.For(0, 6, _ =>
        {
            var transform = new SphereTransform(63, grid, threads: 2);
            var result = new double[expected.Length];
            for (int i = 0; i < 50; i++)
            {
                transform.AnalyzeWeightedGradient(density, potential, attention, result);
                Assert.Equal(expected, result);
            }
        });
    }

    [Fact]
    public void Only_the_first_call_allocates()
    {
        var transform = new SphereTransform(31, SphereGrid.ForDegree(80));
        double[] density = Decaying(31, seed: 1), potential = Decaying(20, seed: 2), result = new double[transform.Basis.Count];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            transform.AnalyzeWeightedGradient(density, potential, new Attention(Normalization.Softmax, 5), result);
            transform.AnalyzeWeightedGradient(density, potential, new Attention(Normalization.None, 5), result);
        }
    }

    [Fact]
    public void Refuses_what_it_cannot_do()
    {
        var transform = new SphereTransform(2, new SphereGrid(3, 5));
        var attention = new Attention(Normalization.None, 1);
        Assert.Throws<ArgumentException>(() => transform.AnalyzeWeightedGradient(new double[8], new double[4], attention, new double[9]));
        Assert.Throws<ArgumentException>(() => transform.AnalyzeWeightedGradient(new double[9], new double[16], attention, new double[9]));
        Assert.Throws<ArgumentException>(() => transform.AnalyzeWeightedGradient(new double[9], new double[4], attention, new double[4]));
    }

    private static double[] Decaying(int degree, int seed)
    {
        double[] a = Fields.Random((degree + 1) * (degree + 1), seed);
        for (int l = 0; l <= degree; l++)
        {
            for (int i = l * l; i < (l + 1) * (l + 1); i++)
                a[i] *= 0.2 / ((1.0 + l) * (1 + l));
        }
        return a;
    }

    /// <summary>A transform that knows the separate calls only.</summary>
    private sealed class SeparateCalls(SphereTransform inner) : HarmonicTransform
    {
        public override HarmonicBasis Basis => inner.Basis;

        public override int GridSize => inner.GridSize;

        public override int QuadratureDegree => inner.QuadratureDegree;

        public override int TangentComponents => inner.TangentComponents;

        public override ReadOnlySpan<double> Weights => inner.Weights;

        public override void Synthesize(ReadOnlySpan<double> coefficients, Span<double> values) =>
            inner.Synthesize(coefficients, values);

        public override void Analyze(ReadOnlySpan<double> values, Span<double> coefficients) => inner.Analyze(values, coefficients);

        public override void SynthesizeGradient(ReadOnlySpan<double> coefficients, Span<double> gradient) =>
            inner.SynthesizeGradient(coefficients, gradient);

        public override void AnalyzeDivergence(ReadOnlySpan<double> flux, Span<double> coefficients) =>
            inner.AnalyzeDivergence(flux, coefficients);
    }
}
