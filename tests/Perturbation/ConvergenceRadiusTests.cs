using Meanfield.Perturbation;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>Radii of convergence of series known in closed form.</summary>
public class ConvergenceRadiusTests
{
    /// <summary>(1 − z/R)^p: coefficients C(p,n)(−1/R)^n.</summary>
    [Theory]
    [InlineData(-1, 0.7)]
    [InlineData(-0.5, 2)]
    [InlineData(0.5, 1)]
    [InlineData(-2.5, 0.1)]
    [InlineData(-0.5, 1e-6)]
    public void Algebraic_singularities_are_located(double power, double radius)
    {
        foreach ((int terms, double accuracy) in new[] { (9, 0.05), (16, 0.01), (40, 0.002) })
        {
            var sizes = new double[terms];
            double coefficient = 1;
            for (int n = 1; n <= terms; n++) sizes[n - 1] = Math.Abs(coefficient *= (power - n + 1) / n / radius);
            ConvergenceRadius found = ConvergenceRadius.Of(sizes);
            Assert.Equal(1, found.Estimate / radius, accuracy);
            Assert.True(found.Lower <= found.Estimate && found.Estimate <= found.Upper);
        }
    }

    /// <summary>(1 + z²)^{−1/2} has every other coefficient only, 1/(1 − z²) + 3z/(1 − z²) two interleaved sequences: both have R = 1.</summary>
    [Fact]
    public void Vanishing_and_alternating_orders_do_no_harm()
    {
        double[] odd = new double[21], alternating = new double[12];
        double coefficient = 1;
        for (int n = 1; n <= 21; n += 2)
        {
            odd[n - 1] = Math.Abs(coefficient);
            coefficient *= -(n / 2 + 0.5) / (n / 2 + 1);
        }
        for (int n = 0; n < 12; n++) alternating[n] = n % 2 == 0 ? 3 : 1;
        Assert.Equal(1, ConvergenceRadius.Of(odd).Estimate, 5e-3);
        Assert.Equal(1, ConvergenceRadius.Of(alternating).Estimate, 1e-12);
    }

    /// <summary>Two singularities at R e^{±iφ} make coefficients oscillate: the interval must own up to it.</summary>
    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(2.2)]
    public void Oscillating_coefficients_widen_the_interval(double angle)
    {
        double[] sizes = [.. Enumerable.Range(1, 16).Select(n => Math.Abs(Math.Cos(angle * n + 0.3)) + 0.2)];
        ConvergenceRadius found = ConvergenceRadius.Of(sizes);
        Assert.InRange(1, found.Lower * 0.95, found.Upper * 1.05);
        Assert.True(found.Upper - found.Lower > 0.05);
    }

    /// <summary>e^z converges everywhere; a finite sum has no radius; one quotient alone is worth little.</summary>
    [Fact]
    public void Entire_finite_and_short_series_are_told_apart()
    {
        double term = 1;
        double[] exponential = [.. Enumerable.Range(1, 20).Select(n => term /= n)];
        Assert.InRange(ConvergenceRadius.Of(exponential).Lower, 15, double.PositiveInfinity);
        Assert.Equal(double.PositiveInfinity, ConvergenceRadius.Of([1, 0, 0, 0]).Lower);
        ConvergenceRadius brief = ConvergenceRadius.Of([1, 2, 4]);
        Assert.Equal(0.5, brief.Estimate, 1e-12);
        Assert.InRange(brief.Lower, 0.3, 0.45);
    }
}
