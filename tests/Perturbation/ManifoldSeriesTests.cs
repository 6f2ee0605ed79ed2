using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>Unstable manifolds of one eigenspace (THEORY 3.3; V12–V15, V17).</summary>
public class ManifoldSeriesTests
{
    private static readonly double Root = Math.Sqrt(2);

    /// <summary>C_{mq}^(n) of orders 1 … 15 against 40-digit mode equations: both normalizations, noise, β = 0 and β &lt; 0.</summary>
    [Theory]
    [InlineData(1, Normalization.None, 5, 0, 3)]
    [InlineData(2, Normalization.Softmax, 5, 0, 3)]
    [InlineData(3, Normalization.Softmax, 5, 0.02, 3)]
    [InlineData(4, Normalization.None, 2, 0.1, 2)]
    [InlineData(5, Normalization.None, 0, 0, 1)]
    [InlineData(5, Normalization.Softmax, 0, 0, 1)]
    [InlineData(6, Normalization.Softmax, -1, 0, 1)]
    public void Circle_coefficients_agree_with_the_reference(int reference, Normalization normalization, double beta, double noise, int q)
    {
        var basis = new HarmonicBasis(2, 15 * q);
        ManifoldSeries series = ManifoldSeries.Of(new Attention(normalization, beta, noise), basis, Expansions.Harmonic(basis, q, 1, Root), 15);
        double[][] rows = [.. ReferenceTable.Read("manifold.csv").Where(row => (int)row[0] == reference)];
        Assert.NotEmpty(rows);
        for (int n = 1; n <= 15; n++)
        {
            double[] term = series.Coefficients(n).ToArray();
            double scale = Math.Max(1, Expansions.Norm(term));
            for (int degree = 1; degree <= Math.Min(n * q, basis.Bandlimit); degree++)
            {
                double expected = rows.FirstOrDefault(row => row[1] == n && row[2] * q == degree)?[3] ?? 0;
                if (degree % q != 0 || (degree / q - n) % 2 != 0) Assert.Equal(0, term[2 * degree - 1]); // exactly
                Assert.Equal(expected, Expansions.Fourier(term, degree), 1e-13 * scale);
                Assert.Equal(0, term[2 * degree], 1e-13 * scale);
            }
        }
    }

    /// <summary>V12, V13, V15: h = 1.181165, −1/2, 0.335984, −1.279271 at β = 5, q = 3; z/√(1+z²) at β = 0.</summary>
    [Fact]
    public void Published_coefficients_are_reproduced()
    {
        var basis = new HarmonicBasis(2, 45);
        ManifoldSeries series = ManifoldSeries.Of(new Attention(Normalization.None, 5), basis, Expansions.Harmonic(basis, 3, 1, Root), 15);
        Assert.Equal(1.181165, Expansions.Fourier(series.Coefficients(2), 6), 5e-7);
        Assert.Equal(-0.5, Expansions.Fourier(series.Coefficients(3), 3), 1e-13);
        Assert.Equal(-1.279271, Expansions.Fourier(series.Coefficients(4), 6), 5e-7);
        Assert.Equal(0.335984, Expansions.Fourier(series.Coefficients(5), 3), 5e-7);
        ManifoldSeries kuramoto = ManifoldSeries.Of(new Attention(Normalization.None, 0), basis, Expansions.Harmonic(basis, 1, 1, Root), 15);
        double binomial = 1;
        for (int n = 1; n <= 15; n += 2)
        {
            Assert.Equal(binomial, Expansions.Fourier(kuramoto.Coefficients(n), 1), 1e-13);
            binomial *= -(n / 2 + 0.5) / (n / 2 + 1);
        }
        var coefficients = new double[basis.Count];
        double time = Math.Log(0.2) / kuramoto.Rate;
        kuramoto.Evaluate(time, coefficients);
        Assert.Equal(0.2 / Math.Sqrt(1.04), Expansions.Fourier(coefficients, 1), 1e-11);
        Assert.InRange(Math.Abs(0.2 / Math.Sqrt(1.04) * Root - coefficients[1]), 0, kuramoto.TruncationError(time));
    }

    /// <summary>
    /// V15: a run of the PDE from a single mode of 1e−8, which has reached the manifold to 1e−11 by z = 0.1, against truncations: errors of c_q fall as z^{N+2}.
    /// </summary>
    [Fact]
    public void Truncation_error_on_the_circle_falls_with_its_power()
    {
        var attention = new Attention(Normalization.None, 5);
        const double Start = 1e-8;
        double[] sizes = [0.1, 0.3, 0.5];
        double rate = FunkHecke.Rate(attention, 2, 3);
        Run run = Run.Of(attention, 2, [(3, 1, Root * Start)], 1e-13, [0, .. sizes.Select(z => Math.Log(z / Start) / rate)]);
        var basis = new HarmonicBasis(2, 48);
        var coefficients = new double[basis.Count];
        foreach ((int order, double slope, double between) in new[] { (1, 3, 0.25), (3, 5, 0.1), (7, 9, 0.1), (15, 17, 0.5) })
        {
            ManifoldSeries series = ManifoldSeries.Of(attention, basis, Expansions.Harmonic(basis, 3, 1, Root), order, Start);
            double[] errors = Array.ConvertAll([0, 1, 2], i =>
            {
                double time = run.Snapshots[i + 1].Time;
                series.Evaluate(time, coefficients);
                double whole = Expansions.Distance(run.Snapshots[i + 1].Coefficients, coefficients);
                Assert.InRange(whole, 0, 1.3 * series.TruncationError(time) + 3e-11);
                if (i < 2) Assert.InRange(series.TruncationError(time), 0, 2.5 * whole + 3e-11);
                return Math.Abs(Expansions.Fourier(run.Snapshots[i + 1].Coefficients, 3) - Expansions.Fourier(coefficients, 3));
            });
            if (order < 15) Assert.Equal(slope, Math.Log(errors[1] / errors[0]) / Math.Log(3), between * 2);
            else Assert.InRange(errors[0], 0, 1e-11);
            Assert.Equal(slope, Math.Log(errors[2] / errors[1]) / Math.Log(0.5 / 0.3), 4 * between);
        }
    }

    /// <summary>On S¹, S² (a random element) and S⁴ (zonal) the PDE's right-hand side leaves a residual ∝ z^{N+1} at the truncated manifold.</summary>
    [Theory]
    [InlineData(2, 3, Normalization.None, 5, 0)]
    [InlineData(2, 3, Normalization.Softmax, 5, 0.02)]
    [InlineData(3, 3, Normalization.None, 5, 0)]
    [InlineData(3, 3, Normalization.Softmax, 5, 0)]
    [InlineData(3, 2, Normalization.None, 4, 0.05)]
    [InlineData(3, 3, Normalization.Softmax, 6, 0.02)]
    [InlineData(5, 2, Normalization.None, 5, 0)]
    [InlineData(5, 2, Normalization.Softmax, 5, 0)]
    public void Residual_in_the_PDE_has_the_order_of_the_truncation(int dimension, int degree, Normalization normalization, double beta, double noise)
    {
        var attention = new Attention(normalization, beta, noise);
        var basis = new HarmonicBasis(dimension, 32);
        double[] element = Expansions.Element(basis, degree, 17);
        var flow = new DensityFlow(attention, dimension, basis.Bandlimit, oversampling: 6);
        foreach (int order in new[] { 1, 2, 3, 4, 6, 8 })
        {
            ManifoldSeries series = ManifoldSeries.Of(attention, basis, element, order);
            double small = Expansions.Residual(series, flow, 0.04), large = Expansions.Residual(series, flow, 0.08);
            Assert.InRange(large, 1e-13, 1);
            Assert.Equal(order + 1, Math.Log(large / small) / Math.Log(2), 0.15);
        }
    }

    /// <summary>From linear data to z = 0.3 on the sphere: a run of the PDE joins the manifold, noise and softmax included.</summary>
    [Theory]
    [InlineData(Normalization.None, 5, 0)]
    [InlineData(Normalization.Softmax, 5, 0.02)]
    public void Runs_on_the_sphere_join_the_manifold(Normalization normalization, double beta, double noise)
    {
        var attention = new Attention(normalization, beta, noise);
        var basis = new HarmonicBasis(3, 27);
        double[] element = Expansions.Element(basis, 3, 23), initial = Array.ConvertAll(element, value => 1e-8 * value);
        initial[0] = 1;
        ManifoldSeries series = ManifoldSeries.Of(attention, basis, element, 8, 1e-8);
        double time = Math.Log(0.3e8) / series.Rate;
        Run run = Run.Of(attention, 3, initial[..basis.Start(4)], 3, new DensitySettings { Tolerance = 1e-10, OutputTimes = [0, time] });
        var coefficients = new double[basis.Count];
        series.Evaluate(time, coefficients);
        double error = Expansions.Distance(run.Snapshots[^1].Coefficients, coefficients);
        Assert.InRange(error, 0, 1.1 * series.TruncationError(time) + 1e-8);
        Assert.InRange(error, 0, 1e-4);
    }

    /// <summary>Rotating the element rotates the series: the sine of degree 3 is the cosine turned by π/6.</summary>
    [Fact]
    public void Phase_is_carried_by_every_harmonic()
    {
        var basis = new HarmonicBasis(2, 24);
        var attention = new Attention(Normalization.Softmax, 5);
        double angle = 0.7;
        var turned = new double[basis.Count];
        (turned[5], turned[6]) = (Math.Cos(3 * angle), Math.Sin(3 * angle));
        ManifoldSeries straight = ManifoldSeries.Of(attention, basis, Expansions.Harmonic(basis, 3, 1, 1), 8), rotated = ManifoldSeries.Of(attention, basis, turned, 8);
        for (int n = 1; n <= 8; n++)
        {
            for (int k = 3; k <= 3 * n; k += 3)
            {
                double cosine = straight.Coefficients(n)[2 * k - 1];
                Assert.Equal(cosine * Math.Cos(k * angle), rotated.Coefficients(n)[2 * k - 1], 1e-13);
                Assert.Equal(cosine * Math.Sin(k * angle), rotated.Coefficients(n)[2 * k], 1e-13);
            }
        }
    }

    [Fact]
    public void Series_is_never_evaluated_beyond_its_radius()
    {
        var basis = new HarmonicBasis(2, 60);
        ManifoldSeries series = ManifoldSeries.Of(new Attention(Normalization.None, 0), basis, Expansions.Harmonic(basis, 1, 1, Root), 20, 0.01);
        // r = z/√(1+z²) as a Poisson kernel: all of it converges in L² for |z| < 1/√2, each degree alone for |z| < 1
        Assert.InRange(Math.Sqrt(0.5), series.RadiusOfConvergence.Lower, series.RadiusOfConvergence.Upper * 1.002);
        Assert.Equal(1, series.RadiusOf(1).Estimate, 2e-2);
        Assert.Equal(Math.Log(Math.Sqrt(0.5) / 0.01) / 0.5, series.ValidUntil, 0.05);
        var coefficients = new double[basis.Count];
        series.Evaluate(series.ValidUntil, coefficients);
        Assert.Throws<ArgumentOutOfRangeException>(() => series.Evaluate(series.ValidUntil + 1e-6, coefficients));
        Assert.Throws<ArgumentOutOfRangeException>(() => series.TruncationError(double.NaN));
        Assert.Throws<ArgumentException>(() => series.Evaluate(0, new double[3]));
    }

    /// <summary>At the β where 2γ_1 = γ_2 (circle, softmax) order 2 has no pure exponential.</summary>
    [Fact]
    public void Resonance_is_reported()
    {
        // γ_2 = 2γ_1 ⇔ 4I_2 = 2I_1: bisect with the independent power series
        double low = 0.1, high = 20;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (2 * FunkHecke.Lambda(2, 2, middle) < FunkHecke.Lambda(2, 1, middle)) low = middle; else high = middle;
        }
        var basis = new HarmonicBasis(2, 20);
        double[] element = Expansions.Harmonic(basis, 1, 1, 1);
        ResonanceException exception = Assert.Throws<ResonanceException>(() => ManifoldSeries.Of(new Attention(Normalization.Softmax, low), basis, element, 4));
        Assert.Equal((2, 2), (exception.Order, exception.Degree));
        Assert.Throws<ResonanceException>(() => LandauEquation.OnCircle(new Attention(Normalization.Softmax, low), 1));
        Assert.Equal(4, ManifoldSeries.Of(new Attention(Normalization.Softmax, 1.1 * low), basis, element, 4).Order);
    }

    [Fact]
    public void Elements_that_span_degrees_or_do_not_grow_are_refused()
    {
        var basis = new HarmonicBasis(3, 8);
        Assert.Throws<ArgumentException>(() => ManifoldSeries.Of(new Attention(Normalization.None, 5), basis, [1, 0, 0.1, 0, 0.2, 0, 0, 0, 0], 3));
        Assert.Throws<ArgumentException>(() => ManifoldSeries.Of(new Attention(Normalization.None, 5), basis, [1, 0, 0, 0], 3));
        Assert.Throws<ArgumentException>(() => ManifoldSeries.Of(new Attention(Normalization.None, 5, 100), basis, [1, 0, 1, 0], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ManifoldSeries.Of(new Attention(Normalization.None, 5), basis, [1, 0, 1, 0], 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => ManifoldSeries.Of(new Attention(Normalization.None, 5), basis, [1, 0, 1, 0], 0));
    }

    [Fact]
    public void Order_64_order_15_of_256_modes_and_order_8_on_the_sphere_are_quick()
    {
        Assert.InRange(Expansions.Quickest(Work), 0, 0.3);

        static void Work()
        {
            var circle = new HarmonicBasis(2, 256);
            ManifoldSeries.Of(new Attention(Normalization.None, 5), circle, Expansions.Harmonic(circle, 3, 1, 1), 15);
            ManifoldSeries.Of(new Attention(Normalization.Softmax, 5), circle, Expansions.Harmonic(circle, 3, 1, 1), 64);
            var sphere = new HarmonicBasis(3, 63);
            ManifoldSeries.Of(new Attention(Normalization.Softmax, 5), sphere, Expansions.Element(sphere, 3, 3), 8);
        }
    }
}
