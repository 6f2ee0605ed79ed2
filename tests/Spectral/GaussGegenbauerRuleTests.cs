using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

public class GaussGegenbauerRuleTests
{
    /// <summary>Nodes, sines and weights against mpmath at 50 digits.</summary>
    [Fact]
    public void Rule_is_accurate_to_rounding()
    {
        foreach (double[] row in ReferenceTable.Read("gauss.csv"))
        {
            var rule = GaussGegenbauerRule.Create((int)row[0], (int)row[1]);
            int i = (int)row[2];
            Assert.Equal(row[3], rule.Nodes[i], 2e-16);
            Assert.Equal(1, rule.Sines[i] / row[4], 4e-16);
            Assert.Equal(1, rule.Weights[i] / row[5], 2e-15);
        }
    }

    /// <summary>∫t^{2k} dσ = (1·3·…·(2k−1)) / (d(d+2)…(d+2k−2)) up to the exact degree 2n − 1.</summary>
    [Theory]
    [InlineData(2, 9)]
    [InlineData(3, 1)]
    [InlineData(3, 10)]
    [InlineData(3, 1600)]
    [InlineData(8, 33)]
    [InlineData(1024, 30)]
    public void Moments_are_exact(int d, int n)
    {
        var rule = GaussGegenbauerRule.Create(d, n);
        double expected = 1;
        for (int k = 0; 2 * k <= Math.Min(2 * n - 1, 60); k++)
        {
            if (k > 0) expected *= (2 * k - 1.0) / (d + 2.0 * k - 2);
            double sum = 0;
            for (int i = 0; i < n; i++) sum += rule.Weights[i] * Math.Pow(rule.Nodes[i], 2 * k);
            Assert.Equal(1, sum / expected, 1e-13);
        }
    }

    [Fact]
    public void Every_small_rule_is_symmetric_ordered_and_sums_to_one()
    {
        for (int n = 1; n <= 200; n++)
        {
            var rule = GaussGegenbauerRule.Create(3, n);
            for (int i = 1; i < n; i++) Assert.True(rule.Nodes[i] < rule.Nodes[i - 1]);
            for (int i = 0; i < n; i++) Assert.Equal(rule.Nodes[i], -rule.Nodes[n - 1 - i]);
            double sum = 0;
            foreach (double w in rule.Weights) sum += w;
            Assert.Equal(1, sum, 1e-14);
        }
    }
}
