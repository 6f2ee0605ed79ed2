using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Means, pair cosines and energies of clouds.</summary>
public class CloudMeanTests
{
    [Fact]
    public void Variance_is_one_less_the_square_of_the_mean()
    {
        double[] positions = TokenSample.Uniform(5, 300, 1).ByCoordinate();
        double[] weights = [.. Enumerable.Range(0, 300).Select(i => 1.0 + i % 4)];
        CloudMean mean = CloudMean.Of(new Cloud(5, positions, weights));
        Assert.Equal(1 - mean.OrderParameter * mean.OrderParameter, mean.Variance, 1e-14);
        for (int k = 0; k < 5; k++)
            Assert.Equal(Enumerable.Range(0, 300).Sum(i => weights[i] * positions[k * 300 + i]) / weights.Sum(), mean.Mean[k], 1e-14);
        Assert.Equal(1, mean.Direction.Sum(m => m * m), 1e-14);
    }

    /// <summary>Two points at ±w about 1 rad: variance sin² w, of size 1e−20.</summary>
    [Fact]
    public void Variance_of_1e_minus_20_keeps_its_digits()
    {
        (double y, double x) = Math.SinCos(1 + 1e-10);
        (double v, double u) = Math.SinCos(1 - 1e-10);
        Assert.Equal(1, CloudMean.Of(new Cloud(2, [x, u, y, v])).Variance / 1e-20, 4e-6); // positions are rounded at 1e−16
        Assert.Equal(0.0, CloudMean.Of(new Cloud(2, [x, x, x, y, y, y])).Variance);
    }

    /// <summary>All pairs of the regular simplex have cosine −1/n; iid uniform cosines on S² are uniform on [−1, 1].</summary>
    [Fact]
    public void Pair_cosines()
    {
        var shares = new double[10];
        PairCosines.Histogram(new Cloud(4, EquiangularTokens.Create(4, 5, -0.25).ByCoordinate()), shares);
        Assert.Equal(1, shares[3], 1e-15);
        PairCosines.Histogram(new Cloud(2, [1, -1, 1, 0, 0, 0], [2, 1, 1]), shares); // pairs: cosine −1 of mass 2 + 1, cosine 1 of mass 2
        Assert.Equal([0.6, 0.4], [shares[0], shares[9]]);
        foreach (int count in new[] { 2000, 20_000 })
        {
            PairCosines.Histogram(new Cloud(3, TokenSample.Uniform(3, count, 2).ByCoordinate()), shares);
            Assert.All(shares, share => Assert.Equal(0.1, share, 4.0 / 2000));
        }
        Assert.Throws<ArgumentException>(() => PairCosines.Histogram(new Cloud(3, [1, 0, 0]), new double[3]));
    }

    /// <summary>E = (1/2βN²) Σ_ij e^{β xᵢ·xⱼ} by the double sum.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Energy_from_moments(int dimension)
    {
        const double Beta = 5;
        TokenSample tokens = TokenSample.Uniform(dimension, 40, 3);
        double sum = 0;
        for (int i = 0; i < 40; i++)
            for (int j = 0; j < 40; j++)
                sum += Math.Exp(Beta * Enumerable.Range(0, dimension).Sum(k => tokens.Positions[i * dimension + k] * tokens.Positions[j * dimension + k]));
        var basis = new HarmonicBasis(dimension, 40);
        double energy = DensityObserver.Energy(new AttentionKernel(dimension, Beta, 40), basis, tokens.Moments(40));
        Assert.Equal(1, energy / (sum / (2 * Beta * 1600)), 1e-13);
    }
}
