using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

public class AttentionKernelTests
{
    /// <summary>λ_ℓ against mpmath's Bessel functions at 60 digits, d = 2 … 1024, β = 1e−3 … 1e4.</summary>
    [Fact]
    public void Multipliers_match_high_precision_Bessel_functions()
    {
        double worst = 0, worstLog = 0;
        foreach (double[] row in ReferenceTable.Read("kernel.csv"))
        {
            (int d, double beta, int degree) = ((int)row[0], row[1], (int)row[2]);
            var kernel = new AttentionKernel(d, beta, 200);
            worst = Math.Max(worst, Math.Abs(kernel.Relative(degree) / row[4] - 1));
            worstLog = Math.Max(worstLog, Math.Abs(kernel.LogLambda0 - row[3]) / Math.Max(1, beta));
            if (beta > 600) continue;
            double multiplier = Math.Exp(row[3]) * row[4] / beta;
            Assert.Equal(1, kernel.Multiplier(degree) / multiplier, 1e-12);
            Assert.Equal(1, new Attention(Normalization.None, beta).GrowthRate(kernel, Math.Max(1, degree))
                / (HarmonicBasis.LaplaceEigenvalue(Math.Max(1, degree), d) * kernel.Multiplier(Math.Max(1, degree))), 1e-12);
        }
        Assert.True(worst < 1e-13, $"relative error of λ_ℓ/λ_0: {worst:E1}");
        Assert.True(worstLog < 4e-15, $"error of log λ_0 over max(1, β): {worstLog:E1}");
    }

    /// <summary>Sum rules (V02): Σ N λ_ℓ = e^β and Σ N γ_ℓ = (d−1) e^β.</summary>
    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(2, 5)]
    [InlineData(3, 7)]
    [InlineData(3, 10)]
    [InlineData(4, 2)]
    [InlineData(8, 10)]
    [InlineData(64, 10)]
    public void Sum_rules_hold(int d, double beta)
    {
        var kernel = new AttentionKernel(d, beta, 120);
        var attention = new Attention(Normalization.None, beta);
        double mass = 0, rate = 0;
        for (int degree = 0; degree <= 120; degree++)
        {
            mass += Multiplicity.Of(d, degree) * beta * kernel.Multiplier(degree);
            rate += Multiplicity.Of(d, degree) * attention.GrowthRate(kernel, degree);
        }
        Assert.Equal(1, mass / Math.Exp(beta), 1e-12);
        Assert.Equal(1, rate / ((d - 1) * Math.Exp(beta)), 1e-12);
    }

    /// <summary>The definition itself: ∫e^{βt} P_ℓ(t) by an independent Gauss rule (V01).</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, -4)]
    [InlineData(5, 2)]
    [InlineData(16, 6)]
    public void Funk_Hecke_integral_gives_the_multiplier(int d, double beta)
    {
        var kernel = new AttentionKernel(d, beta, 12);
        var zonal = new ZonalTransform(d, 12, 60);
        double[] values = Array.ConvertAll(zonal.Cosines, t => Math.Exp(beta * t));
        var coefficients = new double[13];
        zonal.Analyze(values, coefficients);
        for (int degree = 0; degree <= 12; degree++)
        {
            // ∫ e^{βt} π_ℓ dσ = √N λ_ℓ
            double expected = Math.Sqrt(Multiplicity.Of(d, degree)) * kernel.Relative(degree) * Math.Exp(kernel.LogLambda0);
            Assert.Equal(expected, coefficients[degree], 1e-11 * Math.Exp(Math.Abs(beta)));
        }
    }

    [Fact]
    public void At_zero_temperature_inverse_the_kernel_is_the_inner_product()
    {
        var kernel = new AttentionKernel(3, 0, 5);
        Assert.Equal(1.0 / 3, kernel.Multiplier(1));
        Assert.Equal(0, kernel.Multiplier(2));
        var nearby = new AttentionKernel(3, 1e-9, 5);
        Assert.Equal(kernel.Multiplier(1), nearby.Multiplier(1), 1e-9);
        Assert.Equal(kernel.Multiplier(1), nearby.Multiplier(Normalization.Softmax, 1), 1e-9);
    }

    /// <summary>Beyond the bandlimit the kernel's Taylor remainder is below the tolerance: checked on the kernel's own series at t = 1.</summary>
    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 9)]
    [InlineData(3, 50)]
    [InlineData(64, 20)]
    public void Bandlimit_leaves_a_negligible_tail(int d, double beta)
    {
        var kernel = new AttentionKernel(d, beta, 400);
        int bandlimit = kernel.Bandlimit(1e-16);
        double kept = 0, tail = 0;
        for (int degree = 1; degree <= 400; degree++)
        {
            double term = degree * Multiplicity.Of(d, degree) * kernel.Relative(degree);
            if (degree <= bandlimit) kept = Math.Max(kept, term); else tail += term;
        }
        Assert.InRange(bandlimit, 10, 399);
        Assert.True(tail <= 1e-16 * kept);
    }
}
