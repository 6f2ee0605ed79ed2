using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Meanfield.Perturbation;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>Predictions for the three phases (THEORY 3.2, 3.5, 3.6, 6.1, 6.5; V10, V11, V18, V20, V29, V32).</summary>
public class PhaseTests
{
    /// <summary>V10: γT = ½ log N + log(δ/√(1−δ²)) + ½G on the circle, G Gumbel: mean, π/√24, quantiles −log(−log p).</summary>
    [Theory]
    [InlineData(0.5, 1, 1e4, 0.2)]
    [InlineData(5, 3, 1e6, 0.05)]
    public void Exit_time_on_the_circle_is_Gumbel(double beta, int q, double tokens, double threshold)
    {
        var attention = new Attention(Normalization.None, beta);
        ExitTime time = ExitTime.Of(attention, 2, q, tokens, threshold, landau: true);
        double rate = FunkHecke.Rate(attention, 2, q), shift = 0.5 * Math.Log(tokens) + Math.Log(threshold / Math.Sqrt(1 - threshold * threshold));
        Assert.Equal(shift + 0.5 * 0.57721566490153286, rate * time.Mean, 1e-10);
        Assert.Equal(Math.PI / Math.Sqrt(24), rate * time.StandardDeviation, 1e-12);
        foreach (double p in new[] { 0.001, 0.1, 0.5, 0.9, 0.999 })
        {
            Assert.Equal(shift - 0.5 * Math.Log(-Math.Log(p)), rate * time.Quantile(p), 1e-10);
            Assert.Equal(p, time.Probability(time.Quantile(p)), 1e-10);
        }
        double slope = (ExitTime.Of(attention, 2, q, 100 * tokens, threshold, true).Mean - time.Mean) / Math.Log(100); // V11
        Assert.Equal(1 / (2 * rate), slope, 1e-10);
    }

    /// <summary>General d against moments of χ²_D drawn from MathNet's own sampler: 4 standard errors.</summary>
    [Theory]
    [InlineData(3, 3, 7)]
    [InlineData(8, 2, 35)]
    public void Exit_time_in_higher_dimension_follows_chi_squared(int dimension, int degree, int multiplicity)
    {
        const int Count = 200000;
        const double Tokens = 1e5, Threshold = 0.1;
        var attention = new Attention(Normalization.Softmax, 6);
        ExitTime time = ExitTime.Of(attention, dimension, degree, Tokens, Threshold, landau: false);
        double rate = FunkHecke.Rate(attention, dimension, degree);
        Assert.Equal(multiplicity, time.Multiplicity);
        var samples = new double[Count];
        ChiSquared.Samples(new Random(5), samples, multiplicity);
        double[] times = Array.ConvertAll(samples, x => Math.Log(Tokens * Threshold * Threshold / x) / (2 * rate));
        double mean = times.Average(), deviation = Math.Sqrt(times.Sum(t => (t - mean) * (t - mean)) / (Count - 1));
        Assert.Equal(mean, time.Mean, 4 * deviation / Math.Sqrt(Count));
        Assert.Equal(1, time.StandardDeviation / deviation, 0.012);
        foreach (double p in new[] { 0.05, 0.5, 0.95 })
        {
            double share = times.Count(t => t <= time.Quantile(p)) / (double)Count;
            Assert.Equal(p, share, 4 * Math.Sqrt(p * (1 - p) / Count));
            Assert.Equal(p, time.Probability(time.Quantile(p)), 1e-9);
        }
    }

    [Fact]
    public void Trigamma_has_its_closed_values()
    {
        Assert.Equal(Math.PI * Math.PI / 6, Trigamma.Of(1), 1e-14);
        Assert.Equal(Math.PI * Math.PI / 2, Trigamma.Of(0.5), 2e-14);
        Assert.Equal(Math.PI * Math.PI / 2 - 4 - 4.0 / 9, Trigamma.Of(2.5), 1e-14);
        Assert.Equal(1 / 1e8 + 0.5e-16, Trigamma.Of(1e8), 1e-23);
    }

    /// <summary>Runner-up ratios quoted in THEORY 3.2: 0.879 (k = 4) at β = 5, 0.939 (k = 3) at β = 7, ≤ 0.50 at β = 0.5.</summary>
    [Theory]
    [InlineData(5, 3, 4, 0.879)]
    [InlineData(7, 4, 3, 0.939)]
    [InlineData(4.7, 3, 4, 0.844)]
    [InlineData(0.5, 1, 2, 0.49487)] // 4I_2(½)/I_1(½)
    public void Selectivity_has_the_quoted_ratio(double beta, int fastest, int runnerUp, double ratio)
    {
        ModeSelectivity selectivity = ModeSelectivity.Of(new Attention(Normalization.None, beta), 2);
        Assert.Equal((fastest, runnerUp), (selectivity.Fastest.Degree, selectivity.RunnerUp.Degree));
        Assert.Equal(0.5 * (1 - ratio), selectivity.Exponent, 6e-4);
        Assert.Equal(Math.Exp(-selectivity.Exponent * Math.Log(1e6)), selectivity.Ratio(1e6), 1e-12);
    }

    /// <summary>The centres are the maxima of the density 1 + the mode of degree q, wherever its phase points; masses 1/q.</summary>
    [Theory]
    [InlineData(5, 3, 0.4, 0.3)]
    [InlineData(7, 4, -0.4, -0.3)]
    [InlineData(5, 3, -0.1, 0.9)]
    public void Clusters_are_announced_where_the_mode_has_its_maxima(double beta, int q, double cosine, double sine)
    {
        var coefficients = new double[2 * q + 1];
        (coefficients[0], coefficients[1], coefficients[2 * q - 1], coefficients[2 * q]) = (1, 0.3, cosine, sine);
        ClusterForecast forecast = ClusterForecast.Of(new Attention(Normalization.Softmax, beta), coefficients);
        Assert.Equal((q, 1.0 / q), (forecast.Count, forecast.Mass));
        Assert.Equal(q, forecast.Centres.Count);
        double largest = Math.Sqrt(cosine * cosine + sine * sine);
        foreach (double centre in forecast.Centres)
        {
            Assert.InRange(centre, 0, 2 * Math.PI);
            Assert.Equal(largest, cosine * Math.Cos(q * centre) + sine * Math.Sin(q * centre), 1e-14);
        }
        Assert.All(forecast.Centres.Zip(forecast.Centres.Skip(1)), pair => Assert.Equal(2 * Math.PI / q, pair.Second - pair.First, 1e-12));
    }

    /// <summary>V18: eigenvalues of the analytic Jacobian of n = 12 tokens at the polygon: −s_q (n − q times) and Λ_p.</summary>
    [Theory]
    [InlineData(5, 3, Normalization.None)]
    [InlineData(5, 3, Normalization.Softmax)]
    [InlineData(7, 4, Normalization.Softmax)]
    [InlineData(2, 2, Normalization.None)]
    [InlineData(-0.5, 3, Normalization.None)]
    [InlineData(-0.8, 3, Normalization.Softmax)]
    public void Polygon_spectrum_is_that_of_the_Jacobian(double beta, int q, Normalization normalization)
    {
        const int Tokens = 12;
        double[] angles = [.. Enumerable.Range(0, Tokens).Select(i => 2 * Math.PI * (i % q) / q)];
        double partition = normalization == Normalization.Softmax ? angles.Sum(angle => Math.Exp(beta * Math.Cos(angle))) / Tokens : 1;
        var jacobian = Matrix<double>.Build.Dense(Tokens, Tokens);
        for (int i = 0; i < Tokens; i++)
        {
            for (int j = 0; j < Tokens; j++)
            {
                if (i == j) continue;
                double slope = Slope(angles[i] - angles[j]) / (Tokens * partition);
                jacobian[i, j] += slope;
                jacobian[i, i] -= slope;
            }
        }
        double[] found = [.. jacobian.Evd().EigenValues.Select(value => value.Real).Order()];
        var polygon = new RegularPolygon(new Attention(normalization, beta), q);
        double[] expected = [.. Enumerable.Repeat(-polygon.Contraction, Tokens - q).Concat(polygon.Rates.ToArray()).Order()];
        for (int i = 0; i < Tokens; i++) Assert.Equal(found[i], expected[i], 1e-12 * Math.Abs(polygon.Contraction) * Tokens);

        double Slope(double angle) => Math.Exp(beta * Math.Cos(angle)) * (Math.Cos(angle) - beta * Math.Sin(angle) * Math.Sin(angle));
    }

    /// <summary>THEORY 3.6: Λ_max = 0.348861 and 0.00704403 at β = 5 (V19), ratios at k_max, the q = 2 value e^{−β}, and s_q = Σ_m γ_mq.</summary>
    [Fact]
    public void Polygon_has_the_quoted_values()
    {
        var none = new RegularPolygon(new Attention(Normalization.None, 5), 3);
        Assert.Equal(0.348861, none.FastestRate, 5e-7);
        Assert.Equal(0.00704403, new RegularPolygon(new Attention(Normalization.Softmax, 5), 3).FastestRate, 5e-9);
        Assert.Equal(Math.Log(1e6) / none.FastestRate, none.Lifetime(1e-6), 1e-10);
        double sum = 0;
        for (int m = -8; m <= 8; m++) sum += FunkHecke.Rate(new Attention(Normalization.None, 5), 2, 3 * Math.Abs(m));
        Assert.Equal(sum, none.Contraction, 1e-12 * sum);
        foreach ((double beta, int q, double ratio, double digits) in new[] { (5, 3, 0.007085, 1e-6), (7, 4, 0.02586, 1e-5), (9, 4, 0.00445, 1e-5), (25, 7, 0.00456, 1e-5), (100.0, 14, 0.00359, 1e-5) })
        {
            var polygon = new RegularPolygon(new Attention(Normalization.Softmax, beta), q);
            Assert.Equal(ratio, polygon.FastestRate / polygon.Contraction, digits);
        }
        Assert.Equal(Math.Exp(-3), new RegularPolygon(new Attention(Normalization.None, 3), 2).FastestRate, 1e-15);
    }

    /// <summary>V20: 3-gon, Λ_1 = e^{−β/2}(½ + ¾β), which changes sign at β = −2/3.</summary>
    [Theory]
    [InlineData(-0.5)]
    [InlineData(-0.8)]
    [InlineData(-2.0 / 3)]
    [InlineData(4)]
    public void Triangle_has_its_closed_rate(double beta)
    {
        var triangle = new RegularPolygon(new Attention(Normalization.None, beta), 3);
        double expected = Math.Exp(-beta / 2) * (0.5 + 0.75 * beta);
        Assert.Equal(expected, triangle.Rates[1], 1e-14);
        Assert.Equal(expected, triangle.Rates[2], 1e-14);
        if (beta < -0.7) Assert.Equal(double.PositiveInfinity, triangle.Lifetime(0.01));
    }

    [Fact]
    public void Merge_times_agree_with_the_reference() =>
        Assert.All(ReferenceTable.Read("merge.csv"), row =>
        {
            var pair = new PairMerging(new Attention(row[0] == 1 ? Normalization.Softmax : Normalization.None, row[1]), row[2]);
            Assert.Equal(1, pair.Duration(row[3], row[4]) / row[5], 1e-10);
        });

    /// <summary>V32: exact over leading·bracket is 1.023, 1.006, 1.0015 at β = 10, 20, 40 from ρ_0 = −0.2: 1 + O(β^−2), and beyond the range of double in logs.</summary>
    [Fact]
    public void Merge_times_have_their_asymptotics()
    {
        double[] gaps = Array.ConvertAll([10.0, 20, 40, 80], beta =>
        {
            var pair = new PairMerging(new Attention(Normalization.Softmax, beta));
            return pair.Duration(-0.2, 0.9) / pair.Asymptotic(-0.2) - 1;
        });
        Assert.Equal(0.023, gaps[0], 1e-3);
        Assert.Equal(0.006, gaps[1], 5e-4);
        Assert.Equal(0.0015, gaps[2], 1e-4);
        Assert.Equal(4, gaps[2] / gaps[3], 0.1);
        var frozen = new PairMerging(new Attention(Normalization.Softmax, 2000));
        Assert.Equal(double.PositiveInfinity, frozen.Duration(-0.2, 0.9));
        Assert.Equal(2000 * 1.2 - Math.Log(2 * 2000 * 0.96), frozen.LogDuration(-0.2, 0.9), 1e-3);
    }

    /// <summary>β = 0: ρ(t) = (e^{2t} − 1)/(e^{2t} + n − 1) from 0 (V30); two tokens are two clusters of mass ½; the rate is dρ/dt of the tokens themselves.</summary>
    [Fact]
    public void Equiangular_tokens_have_their_closed_forms()
    {
        foreach (Normalization normalization in new[] { Normalization.Softmax, Normalization.None })
        {
            foreach (int n in new[] { 2, 6, 32 })
            {
                double e = Math.Exp(2 * 1.3);
                Assert.Equal(1.3, new EquiangularTokens(new Attention(normalization, 0), n).Duration(0, (e - 1) / (e + n - 1)), 1e-12);
            }
            var attention = new Attention(normalization, 4);
            Assert.Equal(1, new EquiangularTokens(attention, 2).Duration(-0.6, 0.95) / new PairMerging(attention).Duration(-0.6, 0.95), 1e-11);
            Assert.Equal(new PairMerging(attention).Rate(0.3), new EquiangularTokens(attention, 2).Rate(0.3), 1e-13);
            Assert.Equal(GramRate(attention, 5, 0.35), new EquiangularTokens(attention, 5).Rate(0.35), 1e-12);
        }

        // d⟨x_1,x_2⟩/dt from ẋ_i = P_{x_i} Σ_j w_ij x_j, with inner products only
        static double GramRate(Attention attention, int n, double rho)
        {
            double near = Math.Exp(attention.Beta), far = Math.Exp(attention.Beta * rho);
            double partition = attention.Normalization == Normalization.Softmax ? near + (n - 1) * far : n;
            double toOther = near * rho + far * (1 + (n - 2) * rho), toSelf = near + (n - 1) * far * rho;
            return 2 * (toOther - toSelf * rho) / partition;
        }
    }

    [Fact]
    public void Predictions_refuse_what_they_do_not_cover()
    {
        var growing = new Attention(Normalization.None, 5);
        Assert.Throws<ArgumentException>(() => ExitTime.Of(growing with { Noise = 100 }, 2, 3, 1e4, 0.1, false));
        Assert.Throws<ArgumentException>(() => ExitTime.Of(growing, 2, 3, 1e4, 1.1, true));
        Assert.Throws<ArgumentException>(() => ExitTime.Of(growing, 3, 3, 1e4, 0.1, true));
        Assert.Throws<ArgumentException>(() => ModeSelectivity.Of(growing with { Noise = 100 }, 3));
        Assert.Throws<ArgumentException>(() => ClusterForecast.Of(growing, [1, 0.1, 0.1]));
        Assert.Throws<ArgumentException>(() => ClusterForecast.Of(growing, new double[9]));
        Assert.Throws<ArgumentException>(() => new RegularPolygon(growing with { Noise = 0.1 }, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegularPolygon(growing, 3).Lifetime(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairMerging(growing, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairMerging(growing).Duration(-1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EquiangularTokens(growing, 3).Duration(-0.5, 0.5));
    }
}
