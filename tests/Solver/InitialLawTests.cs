using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Random numbers, tokens and the von Mises–Fisher law.</summary>
public class InitialLawTests
{
    [Fact]
    public void Random_numbers_have_their_moments()
    {
        const int Count = 200_000;
        var random = new RandomNumbers(7);
        double[] uniform = [.. Enumerable.Range(0, Count).Select(_ => random.NextUniform())];
        Assert.All([uniform.Min(), uniform.Max()], u => Assert.InRange(u, double.Epsilon, 1 - 1e-16));
        AssertMean(0.5, uniform);
        AssertMean(1.0 / 12, Array.ConvertAll(uniform, u => (u - 0.5) * (u - 0.5)));
        AssertMean(0, [.. uniform.Zip(uniform.Skip(1), (u, v) => (u - 0.5) * (v - 0.5))]);
        (double First, double Second)[] pairs = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormals())];
        foreach (double[] normal in new[] { Array.ConvertAll(pairs, p => p.First), Array.ConvertAll(pairs, p => p.Second) })
        {
            AssertMean(0, normal);
            AssertMean(1, Array.ConvertAll(normal, x => x * x));
            AssertMean(0, Array.ConvertAll(normal, x => x * x * x));
            AssertMean(3, Array.ConvertAll(normal, x => x * x * x * x));
        }
        AssertMean(0, Array.ConvertAll(pairs, p => p.First * p.Second));
        AssertMean(1, Array.ConvertAll(pairs, p => p.First * p.First * p.Second * p.Second));
    }

    [Fact]
    public void Random_numbers_resume_by_position()
    {
        var whole = new RandomNumbers(3);
        for (int i = 0; i < 5; i++) _ = whole.NextNormals();
        var resumed = new RandomNumbers(3, whole.Position);
        Assert.Equal(10UL, whole.Position);
        for (int i = 0; i < 5; i++) Assert.Equal(whole.NextNormals(), resumed.NextNormals());
        Assert.NotEqual(new RandomNumbers(3).NextUniform(), new RandomNumbers(4).NextUniform());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void First_tokens_do_not_depend_on_their_number(int dimension)
    {
        TokenSample few = TokenSample.Uniform(dimension, 7, 9), many = TokenSample.Uniform(dimension, 100, 9);
        Assert.Equal(few.Positions.ToArray(), many.Positions[..few.Positions.Length].ToArray());
        for (int i = 0; i < many.Count; i++)
            Assert.Equal(1, many.Positions.Slice(i * dimension, dimension).ToArray().Sum(x => x * x), 1e-15);
    }

    /// <summary>V09: with S = N Σ_m a_ℓm², E S = N(ℓ,d) and Var S = 2 N(ℓ,d)(1 − 1/N) for every N, as χ² has for N → ∞.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void Token_moments_obey_the_central_limit(int dimension, int degree)
    {
        const int Tokens = 10, Samples = 20_000;
        int multiplicity = (int)Multiplicity.Of(dimension, degree);
        var basis = new HarmonicBasis(dimension, degree);
        var sizes = new double[Samples];
        var first = new double[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] moments = TokenSample.Uniform(dimension, Tokens, (ulong)(100 + sample)).Moments(degree);
            for (int i = basis.Start(degree); i < basis.Count; i++) sizes[sample] += Tokens * moments[i] * moments[i];
            first[sample] = Tokens * moments[^1] * moments[^1];
        }
        AssertMean(1, first); // E a² = 1/N for a single coefficient
        AssertMean(multiplicity, sizes);
        AssertMean(2 * multiplicity * (1 - 1.0 / Tokens), Array.ConvertAll(sizes, s => (s - multiplicity) * (s - multiplicity)));
    }

    [Fact]
    public void Moments_are_means_of_harmonics()
    {
        TokenSample circle = TokenSample.Uniform(2, 50, 2);
        double[] moments = circle.Moments(6);
        for (int k = 1; k <= 6; k++)
        {
            double[] angles = [.. Enumerable.Range(0, 50).Select(i => k * Math.Atan2(circle.Positions[2 * i + 1], circle.Positions[2 * i]))];
            Assert.Equal(Math.Sqrt(2) * angles.Average(Math.Cos), moments[2 * k - 1], 1e-14);
            Assert.Equal(Math.Sqrt(2) * angles.Average(Math.Sin), moments[2 * k], 1e-14);
        }
        TokenSample sphere = TokenSample.Uniform(3, 50, 2);
        moments = sphere.Moments(2);
        (double X, double Y, double Z)[] points = [.. Enumerable.Range(0, 50).Select(i => (sphere.Positions[3 * i], sphere.Positions[3 * i + 1], sphere.Positions[3 * i + 2]))];
        double r3 = Math.Sqrt(3), r5 = Math.Sqrt(5), r15 = Math.Sqrt(15);
        Func<(double X, double Y, double Z), double>[] harmonics =
        [
            _ => 1, p => r3 * p.Y, p => r3 * p.Z, p => r3 * p.X, p => r15 * p.X * p.Y, p => r15 * p.Y * p.Z,
            p => r5 * (1.5 * p.Z * p.Z - 0.5), p => r15 * p.X * p.Z, p => 0.5 * r15 * (p.X * p.X - p.Y * p.Y),
        ];
        for (int i = 0; i < harmonics.Length; i++) Assert.Equal(points.Average(harmonics[i]), moments[i], 1e-14);
    }

    [Theory]
    [InlineData(2, 6)]
    [InlineData(3, 6)]
    [InlineData(8, 6)]
    [InlineData(64, 20)]
    public void Von_Mises_Fisher_has_its_density(int dimension, double concentration)
    {
        double[] mean = new double[dimension];
        if (dimension == 3) mean = [0.48, -0.6, 0.64]; else mean[^1] = 1;
        HarmonicTransform transform = HarmonicTransform.Create(dimension, 47, 200);
        double[] coefficients = new double[transform.Basis.Count], density = new double[transform.GridSize];
        VonMisesFisher.Add(transform.Basis, mean, concentration, 1, coefficients);
        Assert.Equal(1, coefficients[0], 1e-15);
        CircleGrid circle = CircleGrid.ForDegree(200);
        SphereGrid sphere = SphereGrid.ForDegree(200);
        transform.Synthesize(coefficients, density);
        double scale = FunkHecke.Lambda(dimension, 0, concentration), largest = Math.Exp(concentration) / scale;
        for (int i = 0; i < density.Length; i++)
            Assert.Equal(Math.Exp(concentration * Cosine(i)) / scale, density[i], 1e-12 * largest);

        double Cosine(int i)
        {
            if (transform is ZonalTransform zonal) return zonal.Cosines[i];
            if (dimension == 2) return circle.PointAt(i).Y;
            (double x, double y, double z) = sphere.PointAt(i);
            return mean[0] * x + mean[1] * y + mean[2] * z;
        }
    }

    /// <summary>The sample mean lies within three standard errors.</summary>
    private static void AssertMean(double expected, double[] values)
    {
        double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
        Assert.Equal(expected, mean, 3 * Math.Sqrt(variance / values.Length));
    }
}
