using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Tokens drawn from every law of initial data have its moments (4σ) and its histogram (χ²).</summary>
public class TokenLawTests
{
    private const int Count = 100_000;

    public static TheoryData<int, double> Concentrations => new()
    {
        { 2, 0.7 }, { 2, 30 }, { 3, 0 }, { 3, 1e-7 }, { 3, 4 }, { 3, 1e4 }, { 4, 2 }, { 5, 100 }, { 8, 6 }, { 64, 20 }, { 64, 1000 },
    };

    /// <summary>E P_ℓ(x·m) = λ_ℓ/λ_0 for ℓ = 1, 2 (the first is the mean resultant A_d(c)); isotropy about m.</summary>
    [Theory]
    [MemberData(nameof(Concentrations))]
    public void Von_Mises_Fisher_moments(int dimension, double concentration)
    {
        int count = dimension > 8 ? Count / 10 : Count;
        double[] mean = TokenSample.Uniform(dimension, 1, 6).Positions.ToArray();
        TokenSample tokens = TokenSample.Draw(new VonMisesFisherTokens(dimension, [(mean, concentration, 2)]), count, 1);
        double[] cosines = Cosines(tokens, mean);
        double lambda = concentration == 0 ? 1 : FunkHecke.Lambda(dimension, 0, concentration < 600 ? concentration : 600);
        if (concentration < 600) // the power series overflows beyond
        {
            AssertMean(FunkHecke.Lambda(dimension, 1, concentration) / lambda, cosines);
            AssertMean(FunkHecke.Lambda(dimension, 2, concentration) / lambda, Array.ConvertAll(cosines, t => (dimension * t * t - 1) / (dimension - 1)));
        }
        if (dimension == 3 && concentration > 1) AssertMean(1 / Math.Tanh(concentration) - 1 / concentration, cosines);
        double[] across = TokenSample.Uniform(dimension, 1, 8).Positions.ToArray();
        double along = across.Zip(mean, (a, m) => a * m).Sum();
        across = [.. across.Zip(mean, (a, m) => a - along * m)];
        double square = across.Sum(a => a * a);
        double[] sides = Cosines(tokens, across);
        AssertMean(0, sides);
        AssertMean(0, [.. sides.Zip(cosines, (s, t) => s * s / square - (1 - t * t) / (dimension - 1))]); // no direction about m preferred
    }

    /// <summary>d = 3: (e^{ct} − e^{−c})/(e^c − e^{−c}) is uniform; d = 2 through bins of the integrated density.</summary>
    [Fact]
    public void Von_Mises_Fisher_histograms()
    {
        const double C = 3;
        TokenSample sphere = TokenSample.Draw(new VonMisesFisherTokens(3, [([0, 0.6, 0.8], C, 1)]), Count, 3);
        AssertUniform(Cosines(sphere, [0, 0.6, 0.8]).Select(t => (Math.Exp(C * t) - Math.Exp(-C)) / (Math.Exp(C) - Math.Exp(-C))));
        TokenSample circle = TokenSample.Draw(new VonMisesFisherTokens(2, [([1, 0], C, 1)]), Count, 4);
        AssertUniform(Angles(circle).Select(CircleLaw(angle => Math.Exp(C * Math.Cos(angle)))));
    }

    /// <summary>The mean of a mixture is the mean of the means; tokens do not depend on their number.</summary>
    [Fact]
    public void Mixtures_weigh_their_components()
    {
        var law = new VonMisesFisherTokens(5, [([1, 0, 0, 0, 0], 8, 1), ([0, 0, 1, 0, 0], 2, 3)]);
        TokenSample tokens = TokenSample.Draw(law, Count, 2), few = TokenSample.Draw(law, 9, 2);
        AssertMean(0.25 * FunkHecke.Lambda(5, 1, 8) / FunkHecke.Lambda(5, 0, 8), Cosines(tokens, [1, 0, 0, 0, 0]));
        AssertMean(0.75 * FunkHecke.Lambda(5, 1, 2) / FunkHecke.Lambda(5, 0, 2), Cosines(tokens, [0, 0, 1, 0, 0]));
        Assert.Equal(few.Positions.ToArray(), tokens.Positions[..45].ToArray());
        Assert.NotEqual(few.Positions.ToArray(), TokenSample.Draw(law, 9, 3).Positions.ToArray());
        Assert.Equal(few.Positions[7 * 5 + 2], few.ByCoordinate()[2 * 9 + 7]);
    }

    /// <summary>c_k = r^k on the circle; |∫x dμ| = h_d(r) for d = 3, 4 (THEORY 4.3).</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.95)]
    public void Poisson_moments(double radius)
    {
        double[] angles = Angles(TokenSample.Draw(new HyperbolicPoissonTokens(radius, [1, 0]), Count, 1));
        for (int k = 1; k <= 5; k++)
        {
            AssertMean(Math.Pow(radius, k), Array.ConvertAll(angles, angle => Math.Cos(k * angle)));
            AssertMean(0, Array.ConvertAll(angles, angle => Math.Sin(k * angle)));
        }
        double r = radius, square = r * r;
        double sphere = r == 0 ? 0 : (1 + square) / (2 * r) - (1 - square) * (1 - square) / (4 * square) * Math.Log((1 + r) / (1 - r));
        AssertMean(sphere, Cosines(TokenSample.Draw(new HyperbolicPoissonTokens(r, [0.48, -0.6, 0.64]), Count, 2), [0.48, -0.6, 0.64]));
        AssertMean(1.5 * r - 0.5 * r * square, Cosines(TokenSample.Draw(new HyperbolicPoissonTokens(r, [0, 1, 0, 0]), Count, 2), [0, 1, 0, 0]));
    }

    /// <summary>Every moment up to twice the bandlimit is the coefficient: rejection and inversion follow the density.</summary>
    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    public void Tokens_of_coefficients(int dimension, int bandlimit)
    {
        double[] density = Positive(dimension, bandlimit, 0.9);
        TokenSample tokens = TokenSample.Draw(new HarmonicTokens(new HarmonicBasis(dimension, bandlimit), density), Count, 5);
        var basis = new HarmonicBasis(dimension, 2 * bandlimit);
        double[] moments = tokens.Moments(2 * bandlimit);
        double largest = 2 * dimension; // of the density: Var Y ≤ largest
        for (int i = 1; i < basis.Count; i++)
            Assert.Equal(i < density.Length ? density[i] : 0, moments[i], 4 * Math.Sqrt(largest / Count));
        Assert.Equal(tokens.Positions[..30].ToArray(), TokenSample.Draw(new HarmonicTokens(new HarmonicBasis(dimension, bandlimit), density), 30, 5).Positions[..30].ToArray());
    }

    [Fact]
    public void Histograms_of_coefficients()
    {
        // touches zero: 1 + cos 3θ
        var circle = new HarmonicBasis(2, 3);
        double[] touching = new double[circle.Count];
        (touching[0], touching[circle.IndexOf(3, 1)]) = (1, Math.Sqrt(0.5));
        double[] angles = Angles(TokenSample.Draw(new HarmonicTokens(circle, touching), Count, 1));
        AssertUniform(angles.Select(angle => 0.5 + (angle + Math.Sin(3 * angle) / 3) / (2 * Math.PI)));
        // 1 + ½ √5 P_2(z): ∫ = (1 + z)/2 + √5 (z³ − z)/8
        var sphere = new HarmonicBasis(3, 2);
        double[] zonal = new double[sphere.Count];
        (zonal[0], zonal[sphere.IndexOf(2, 0)]) = (1, 0.5);
        double[] heights = Cosines(TokenSample.Draw(new HarmonicTokens(sphere, zonal), Count, 2), [0, 0, 1]);
        AssertUniform(heights.Select(z => 0.5 * (1 + z) + Math.Sqrt(5) * (z * z * z - z) / 8));
    }

    /// <summary>The coefficients of a von Mises–Fisher law, d ≥ 4, give its tokens back.</summary>
    [Theory]
    [InlineData(4, 5)]
    [InlineData(8, 6)]
    [InlineData(64, 60)]
    public void Zonal_tokens(int dimension, double concentration)
    {
        var basis = new HarmonicBasis(dimension, 100);
        double[] density = new double[basis.Count], axis = new double[dimension];
        axis[^1] = 1;
        VonMisesFisher.Add(basis, axis, concentration, 1, density);
        TokenSample tokens = TokenSample.Draw(new HarmonicTokens(basis, density), dimension > 8 ? Count / 10 : Count, 6);
        double[] cosines = Cosines(tokens, axis);
        double lambda = FunkHecke.Lambda(dimension, 0, concentration);
        AssertMean(FunkHecke.Lambda(dimension, 1, concentration) / lambda, cosines);
        AssertMean(FunkHecke.Lambda(dimension, 2, concentration) / lambda, Array.ConvertAll(cosines, t => (dimension * t * t - 1) / (dimension - 1)));
        axis[^1] = 0;
        axis[1] = 1;
        AssertMean(0, Cosines(tokens, axis));
        AssertMean(0, [.. Cosines(tokens, axis).Zip(cosines, (s, t) => s * s - (1 - t * t) / (dimension - 1))]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Negative_densities_are_refused(int dimension)
    {
        var basis = new HarmonicBasis(dimension, 2);
        double[] density = new double[basis.Count];
        (density[0], density[^1]) = (1, 1.2);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new HarmonicTokens(basis, density));
        Assert.Contains("negative", refusal.Message);
        density[^1] = double.NaN;
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => new HarmonicTokens(basis, density)).Message);
        Assert.Throws<ArgumentException>(() => new HarmonicTokens(basis, [1.0]));
    }

    /// <summary>Rejection needs a true bound: a zonal peak of degree 24 whose top lies between grid points.</summary>
    [Fact]
    public void Peaks_between_grid_points_are_filled()
    {
        const int Bandlimit = 24;
        var basis = new HarmonicBasis(3, Bandlimit);
        double[] density = new double[basis.Count], axis = [0.6, 0.64, 0.48];
        HyperbolicPoisson.Add(basis, 0.6, axis, density); // (1−r²)²/(1−r)⁴ = 16 at the top; degrees above 24 hold less than 1e−3
        TokenSample tokens = TokenSample.Draw(new HarmonicTokens(basis, density), Count, 1);
        double[] cosines = Cosines(tokens, axis);
        AssertMean(HyperbolicPoisson.Moment(3, 1, 0.6), cosines);
        AssertMean(HyperbolicPoisson.Moment(3, 2, 0.6), Array.ConvertAll(cosines, t => 1.5 * t * t - 0.5));
        double mass = 0;
        foreach (double cosine in cosines) mass += cosine > 0.999 ? 1.0 / Count : 0;
        double expected = 0;
        for (int i = 0; i < 100; i++) expected += 0.5e-5 * Math.Pow(0.64 / (1.36 - 1.2 * (0.999 + (i + 0.5) * 1e-5)), 2);
        Assert.Equal(expected, mass, 4 * Math.Sqrt(expected / Count));
    }

    /// <summary>Gram matrix (1−ρ)I + ρ11ᵀ to 1e−15·n.</summary>
    [Theory]
    [InlineData(4, 4, 0.3)]
    [InlineData(6, 6, 0.0)]
    [InlineData(6, 3, -0.49)]
    [InlineData(3, 4, -1.0 / 3)]
    [InlineData(5, 4, -1.0 / 3)]
    [InlineData(2, 2, -1.0)]
    [InlineData(64, 65, -1.0 / 64)]
    [InlineData(64, 64, 0.99)]
    [InlineData(3, 3, 1.0)]
    [InlineData(3, 1, 0.5)]
    public void Equiangular_tokens(int dimension, int count, double cosine)
    {
        TokenSample tokens = EquiangularTokens.Create(dimension, count, cosine);
        Assert.Equal(count, tokens.Count);
        for (int i = 0; i < count; i++)
        {
            double[] cosines = Cosines(tokens, tokens.Positions.Slice(i * dimension, dimension).ToArray());
            for (int j = 0; j < count; j++) Assert.Equal(i == j ? 1 : cosine, cosines[j], 1e-15 * Math.Max(2, count));
        }
    }

    [Theory]
    [InlineData(3, 4, 0.2)]
    [InlineData(3, 5, -0.25)]
    [InlineData(5, 4, -0.4)]
    [InlineData(5, 4, 1.1)]
    [InlineData(5, 4, double.NaN)]
    public void Impossible_angles_are_refused(int dimension, int count, double cosine) =>
        Assert.Throws<ArgumentException>(() => EquiangularTokens.Create(dimension, count, cosine));

    [Fact]
    public void Laws_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new VonMisesFisherTokens(3, []));
        Assert.Throws<ArgumentException>(() => new VonMisesFisherTokens(3, [([1, 1, 0], 1, 1)]));
        Assert.Throws<ArgumentException>(() => new VonMisesFisherTokens(3, [([1, 0, 0], -1, 1)]));
        Assert.Throws<ArgumentException>(() => new HyperbolicPoissonTokens(1, [1, 0]));
        Assert.Throws<ArgumentException>(() => new HyperbolicPoissonTokens(0.5, [1, 1]));
    }

    /// <summary>1 plus random harmonics whose sum stays within ±size.</summary>
    private static double[] Positive(int dimension, int bandlimit, double size)
    {
        var basis = new HarmonicBasis(dimension, bandlimit);
        HarmonicTransform transform = HarmonicTransform.Create(dimension, bandlimit, 20 * bandlimit);
        var random = new RandomNumbers(12);
        double[] coefficients = new double[basis.Count], values = new double[transform.GridSize];
        for (int i = 1; i < coefficients.Length; i++) coefficients[i] = random.NextNormals().First;
        transform.Synthesize(coefficients, values);
        double scale = size / values.Max(Math.Abs);
        for (int i = 1; i < coefficients.Length; i++) coefficients[i] *= scale;
        coefficients[0] = 1;
        return coefficients;
    }

    private static double[] Cosines(TokenSample tokens, double[] direction)
    {
        int d = tokens.Dimension;
        var cosines = new double[tokens.Count];
        for (int i = 0; i < cosines.Length; i++)
            for (int k = 0; k < d; k++) cosines[i] += tokens.Positions[i * d + k] * direction[k];
        return cosines;
    }

    private static double[] Angles(TokenSample circle) =>
        [.. Enumerable.Range(0, circle.Count).Select(i => Math.Atan2(circle.Positions[2 * i + 1], circle.Positions[2 * i]))];

    /// <summary>The distribution function on [−π, π] of a density, by a fine midpoint sum.</summary>
    private static Func<double, double> CircleLaw(Func<double, double> density)
    {
        const int Cells = 20_000;
        var sums = new double[Cells + 1];
        for (int i = 0; i < Cells; i++) sums[i + 1] = sums[i] + density(-Math.PI + 2 * Math.PI * (i + 0.5) / Cells);
        return angle =>
        {
            double place = (angle + Math.PI) / (2 * Math.PI) * Cells;
            int cell = Math.Min((int)place, Cells - 1);
            return (sums[cell] + (place - cell) * (sums[cell + 1] - sums[cell])) / sums[Cells];
        };
    }

    /// <summary>χ² of 64 equal bins of [0, 1] lies within four standard deviations √(2·63) of its mean 63.</summary>
    private static void AssertUniform(IEnumerable<double> values)
    {
        var bins = new double[64];
        foreach (double value in values) bins[Math.Clamp((int)(64 * value), 0, 63)]++;
        double expected = bins.Sum() / 64, square = bins.Sum(bin => (bin - expected) * (bin - expected) / expected);
        Assert.Equal(63, square, 4 * Math.Sqrt(126));
    }

    /// <summary>The sample mean lies within four standard errors.</summary>
    private static void AssertMean(double expected, double[] values)
    {
        double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
        Assert.Equal(expected, mean, 4 * Math.Sqrt(variance / values.Length) + 1e-15);
    }
}
