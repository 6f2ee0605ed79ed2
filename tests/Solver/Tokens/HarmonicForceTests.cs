using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>Harmonic forces beside direct sums, and the rule that picks.</summary>
public class HarmonicForceTests
{
    private static readonly NormSettings Post = new();

    [Theory]
    [InlineData(2, Normalization.Softmax)]
    [InlineData(2, Normalization.None)]
    [InlineData(3, Normalization.Softmax)]
    [InlineData(3, Normalization.None)]
    public void Harmonic_and_direct_forces_agree(int d, Normalization normalization)
    {
        const int Count = 400;
        double[] x = TokenClouds.Uniform(d, Count, 3), direct = new double[x.Length], harmonic = new double[x.Length];
        foreach (double beta in (double[])[0.1, 1, 9, 50, -3])
        {
            foreach (double[]? weights in (double[]?[])[null, TokenClouds.Weights(Count, 4)])
            {
                if (weights is not null && Math.Abs(beta) > 10) continue; // a light token's error bound
                TokenModel model = TokenRun.Model(normalization, beta, d) with { Weights = weights };
                var pairs = new DirectForce(model, Count);
                var sums = new HarmonicForce(model, Count);
                pairs.Velocity(x, direct);
                sums.Velocity(x, harmonic);
                double scale = TokenClouds.Largest(direct);
                Assert.True(TokenClouds.Distance(direct, harmonic) <= 1e-12 * scale, $"β = {beta}: {TokenClouds.Distance(direct, harmonic) / scale}");
                Assert.Equal(1, sums.Energy(0) / pairs.Energy(0), 1e-12);
                Assert.Equal(1, sums.Dissipation(harmonic, 0) / pairs.Dissipation(direct, 0), 1e-11);
            }
        }
    }

    [Fact]
    public void Auto_says_what_it_takes_and_why()
    {
        Assert.Contains("harmonics", Select(TokenRun.Model(Normalization.Softmax, 9, 3), 20_000).Reason, StringComparison.Ordinal);
        Assert.Contains("tokens on", Select(TokenRun.Model(Normalization.Softmax, 9, 3), 500).Reason, StringComparison.Ordinal);
        Assert.Contains("dimension 5", Select(TokenRun.Model(Normalization.Softmax, 9, 5), 500).Reason, StringComparison.Ordinal);
        Assert.Contains("causal", Select(TokenRun.Model(Normalization.Softmax, 9, 3) with { Causal = true }, 20_000).Reason, StringComparison.Ordinal);
        Assert.Contains("matrices", Select(TokenRun.Model(Normalization.Softmax, 9, 2) with { Value = [1, 0, 0, 1] }, 20_000).Reason, StringComparison.Ordinal);
        Assert.Contains("err by", Select(TokenRun.Model(Normalization.Softmax, -20, 2), 20_000).Reason, StringComparison.Ordinal);
        Assert.IsType<MeanForce>(Select(TokenRun.Model(Normalization.Softmax, 0, 2), 20_000).Force);
        Assert.Throws<ArgumentException>(() => ForceSelection.Create(TokenRun.Model(Normalization.None, 1, 4), 10, ForceChoice.Harmonic, Post, 1e-8));
        Assert.Throws<ArgumentException>(() => new HarmonicForce(TokenRun.Model(Normalization.Softmax, -30, 3), 10));

        static ForceSelection Select(TokenModel model, int count) => ForceSelection.Create(model, count, ForceChoice.Auto, Post, 1e-8);
    }

    [Fact]
    public void Cost_is_measured_for_the_forces_that_a_run_takes()
    {
        TokenSettings settings = TokenRun.Settings(1e-8, 0, 1);
        ForceCost pairs = ForceCost.Measure(TokenRun.Model(Normalization.Softmax, 2, 4), 40_000, settings);
        Assert.Contains("direct", pairs.Forces, StringComparison.Ordinal);
        Assert.InRange(pairs.Seconds, 1.6e9 * 1e-11, 1.6e9 * 1e-7); // 0.01 … 100 ns a pair
        Assert.Contains("harmonics", ForceCost.Measure(TokenRun.Model(Normalization.Softmax, 2, 3), 40_000, settings).Forces, StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_and_nothing_is_allocated()
    {
        const int Count = 5000;
        TokenModel model = TokenRun.Model(Normalization.Softmax, 4, 3);
        double[] x = TokenClouds.Uniform(3, Count, 3), one = new double[x.Length], many = new double[x.Length];
        new HarmonicForce(model, Count, 1).Velocity(x, one);
        var force = new HarmonicForce(model, Count, 4);
        for (int i = 0; i < 3; i++) force.Velocity(x, many);
        Assert.Equal(one, many);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++) force.Velocity(x, many);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
