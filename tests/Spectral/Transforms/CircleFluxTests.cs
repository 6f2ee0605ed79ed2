using Meanfield.Spectral;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.Spectral;

/// <summary>The weak divergence of g∇ψ on the circle, formed without leaving the order of points that the transforms like.</summary>
public sealed class CircleFluxTests(ITestOutputHelper output)
{
    private static readonly Attention Plain = new(Normalization.None, 4), Softmax = new(Normalization.Softmax, 4);

    // With c_k the Fourier coefficients of f and p_k those of ψ: −∂_θ(f ψ') has −ik Σ_q iq p_q c_(k−q), no transform needed.
    [Theory]
    [InlineData(7, 3)] // 18 points, no lanes
    [InlineData(50, 10)] // 128
    [InlineData(200, 34)] // 512, too few points to leave modes out
    [InlineData(500, 27)] // 1152 = 2⁷·9
    [InlineData(1200, 34)] // 2560 = 2⁹·5
    public void Agrees_with_the_convolution_of_the_series(int bandlimit, int few)
    {
        HarmonicTransform transform = HarmonicTransform.Create(2, bandlimit, 2 * bandlimit + few);
        double[] f = Fields.Random(2 * bandlimit + 1, seed: bandlimit), psi = Fields.Random(2 * few + 1, seed: few);
        double[] actual = new double[f.Length], expected = new double[f.Length];
        transform.AnalyzeWeightedGradient(f, psi, Plain, actual);
        for (int k = 1; k <= bandlimit; k++)
        {
            double re = 0, im = 0;
            for (int q = Math.Max(-few, k - bandlimit); q <= Math.Min(few, k + bandlimit); q++)
            {
                ((double cr, double ci), (double pr, double pi)) = (Mode(f, k - q), Mode(psi, q));
                (re, im) = (re - q * (cr * pi + ci * pr), im + q * (cr * pr - ci * pi));
            }
            (expected[2 * k - 1], expected[2 * k]) = (Math.Sqrt(2) * k * im, Math.Sqrt(2) * k * re);
        }
        double error = Fields.RelativeDifference(actual, expected);
        output.WriteLine($"L = {bandlimit}, L_Φ = {few}, n = {transform.GridSize}: {error:E2}");
        Assert.InRange(error, 0, 1e-14);
        Assert.Equal(0.0, actual[0]);
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(50, 10)]
    [InlineData(1200, 34)]
    public void Is_what_its_own_calls_in_sequence_give_for_softmax(int bandlimit, int few)
    {
        HarmonicTransform transform = HarmonicTransform.Create(2, bandlimit, 2 * bandlimit + 3 * few);
        double[] f = Fields.Random(2 * bandlimit + 1, seed: 1), psi = Fields.Random(2 * few + 1, seed: 2);
        for (int i = 0; i < psi.Length; i++)
            psi[i] /= 100;
        int n = transform.GridSize;
        double[] values = new double[n], flux = new double[n], well = new double[n], expected = new double[f.Length], actual = new double[f.Length];
        transform.Synthesize(f, values);
        transform.SynthesizeGradient(psi, flux);
        transform.Synthesize(psi, well);
        for (int i = 0; i < n; i++)
        {
            double d = Math.Max(1 + Softmax.Beta * well[i], Math.Abs(flux[i]));
            flux[i] *= (1 + values[i]) / d - 1;
        }
        transform.AnalyzeDivergence(flux, expected);
        transform.AnalyzeWeightedGradient(f, psi, Softmax, actual);
        Assert.InRange(Fields.RelativeDifference(actual, expected), 0, 1e-13);
    }

    // Rounding of the large field must not reach the small one: a power of two is a factor of every bit.
    [Fact]
    public void A_potential_a_billion_times_smaller_loses_no_digit()
    {
        HarmonicTransform transform = HarmonicTransform.Create(2, 500, 1027);
        double[] f = Fields.Random(1001, seed: 3), psi = Fields.Random(55, seed: 4), small = new double[55];
        double[] result = new double[f.Length], scaled = new double[f.Length];
        double tiny = Math.ScaleB(1, -30);
        for (int i = 0; i < psi.Length; i++)
            small[i] = tiny * psi[i];
        transform.AnalyzeWeightedGradient(f, psi, Plain, result);
        transform.AnalyzeWeightedGradient(f, small, Plain, scaled);
        for (int i = 0; i < result.Length; i++)
            Assert.Equal(tiny * result[i], scaled[i]);
    }

    [Fact]
    public void What_was_transformed_before_leaves_no_trace()
    {
        var used = new CircleTransform(900, new CircleGrid(2048));
        var fresh = new CircleTransform(900, new CircleGrid(2048));
        double[] f = Fields.Random(1801, seed: 5), many = Fields.Random(101, seed: 6), few = Fields.Random(21, seed: 7);
        double[] a = new double[f.Length], b = new double[f.Length], values = new double[2048], freshValues = new double[2048];
        used.AnalyzeWeightedGradient(f, many, Softmax, a);
        used.AnalyzeWeightedGradient(f, few, Plain, a);
        fresh.AnalyzeWeightedGradient(f, few, Plain, b);
        Assert.Equal(b, a);
        used.Synthesize(few, values);
        fresh.Synthesize(few, freshValues);
        Assert.Equal(freshValues, values);
    }

    [Fact]
    public void Few_degrees_are_the_same_as_all_of_them_up_to_rounding()
    {
        var transform = new CircleTransform(900, new CircleGrid(2048));
        double[] few = Fields.Random(63, seed: 8), all = new double[1801], expected = new double[2048], actual = new double[2048];
        few.CopyTo(all, 0);
        foreach (bool gradient in (bool[])[false, true])
        {
            Apply(all, expected);
            Apply(few, actual);
            Assert.InRange(Fields.RelativeDifference(actual, expected), 0, 1e-14);

            void Apply(double[] coefficients, double[] values)
            {
                if (gradient)
                    transform.SynthesizeGradient(coefficients, values);
                else
                    transform.Synthesize(coefficients, values);
            }
        }
    }

    [Fact]
    public void Allocates_nothing_after_the_first_call()
    {
        HarmonicTransform transform = HarmonicTransform.Create(2, 500, 1100);
        double[] f = Fields.Random(1001, seed: 9), psi = Fields.Random(41, seed: 10), result = new double[f.Length];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            transform.AnalyzeWeightedGradient(f, psi, Plain, result);
            transform.AnalyzeWeightedGradient(f, psi, Softmax, result);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(62, 64)] // 63 points at least, and 63 is not smooth
    [InlineData(64, 128)]
    [InlineData(300, 384)]
    [InlineData(16383, 16384)]
    [InlineData(16384, 17280)] // 128·135
    public void Grids_are_the_smallest_that_suit_the_transforms(int degree, int points)
    {
        Assert.Equal(points, CircleGrid.ForDegree(degree).Size);
        Assert.Equal(points, HarmonicTransform.GridPoints(2, degree));
    }

    // c_k = (a(k,+1) − i a(k,−1))/√2 and c_(−k) = conj c_k
    private static (double Re, double Im) Mode(double[] a, int k) =>
        k == 0 ? (a[0], 0) : (Math.Sqrt(0.5) * a[2 * Math.Abs(k) - 1], -Math.Sign(k) * Math.Sqrt(0.5) * a[2 * Math.Abs(k)]);
}
