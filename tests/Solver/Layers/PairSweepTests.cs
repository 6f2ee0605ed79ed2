using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.Solver.Layers;

/// <summary>Laws of pairs, neighbours and clusters of clouds whose answers are known.</summary>
public class PairSweepTests
{
    /// <summary>All results have the same bits for one, two and three threads, and for tokens added in other pieces.</summary>
    [Fact]
    public void Bits_do_not_depend_on_threads_or_pieces()
    {
        const int D = 20, N = 300;
        double[][] layers = [LayerCloud.Gaussian(D * N, 1), LayerCloud.Gaussian(D * N, 2)];
        LayerMeasures[][] all =
        [
            .. new[] { (1, 50), (2, 300), (3, 7) }.Select(how => LayerCloud.Measure(new LayerSettings(D, [N - 120, 120]) { Threads = how.Item1 }, layers, how.Item2)),
        ];
        foreach (LayerMeasures[] other in all.Skip(1))
        {
            for (int l = 0; l < 2; l++)
            {
                Assert.Equal(all[0][l].Pairs.Shares, other[l].Pairs.Shares);
                Assert.Equal(all[0][l].Pairs.Energies, other[l].Pairs.Energies);
                Assert.Equal(all[0][l].CentredPairs.MeanCosine, other[l].CentredPairs.MeanCosine);
                Assert.Equal(all[0][l].Neighbours, other[l].Neighbours);
                Assert.Equal(all[0][l].Ranks, other[l].Ranks);
                Assert.Equal(all[0][l].Harmonics.Shares, other[l].Harmonics.Shares);
                Assert.Equal(all[0][l].MeanCosineWithin, other[l].MeanCosineWithin);
                Assert.Equal(all[0][l].Flows, other[l].Flows);
            }
        }
    }

    /// <summary>Beyond 8192 tokens pairs are sampled: a uniform cloud on S³, whose moments are closed forms, within four standard errors; means over all tokens stay exact.</summary>
    [Fact]
    public void Sampled_pairs_come_with_their_error()
    {
        const int D = 4, N = 9000;
        double[] rows = TokenSample.Uniform(D, N, 4).Positions.ToArray();
        LayerMeasures m = Assert.Single(LayerCloud.Measure(new LayerSettings(D, [N]), [rows], 1000));
        Assert.Equal(LayerSettings.SampledTokens, m.HeldTokens);
        double[] mean = [.. Enumerable.Range(0, D).Select(k => Enumerable.Range(0, N).Average(i => rows[i * D + k]))];
        Assert.Equal(1 - mean.Sum(x => x * x), m.TokenVariance, 1e-13);
        for (int b = 0; b < PairLaw.Betas.Count; b++)
        {
            double beta = PairLaw.Betas[b], expected = MeanExponential(beta);
            double energy = (Math.Exp(beta) / N + (1 - 1.0 / N) * expected) / (2 * beta);
            Assert.InRange(m.Pairs.EnergyErrors[b], 1e-9 * energy, 0.2 * energy);
            Assert.InRange(Math.Abs(m.Pairs.Energies[b] - energy), 0, 4 * m.Pairs.EnergyErrors[b]);
        }
        Assert.InRange(m.IntrinsicDimension.TwoNearest, 2.7, 3.3);
        Assert.InRange(m.IntrinsicDimension.MaximumLikelihood, 2.7, 3.3);

        // ∫e^{βt} of the law (2/π)√(1−t²) of t = x·y on S³, by the trapezoid rule in the angle, exact to rounding
        static double MeanExponential(double beta) => Enumerable.Range(0, 400)
            .Sum(i => Math.Exp(beta * Math.Cos(Math.PI * i / 400)) * Math.Pow(Math.Sin(Math.PI * i / 400), 2)) / 200;
    }

    /// <summary>k tight clusters in general position: census, masses, radii, densities, mean cosine of the histogram.</summary>
    [Theory]
    [InlineData(3, 16)]
    [InlineData(12, 64)]
    [InlineData(25, 300)]
    public void Planted_clusters_are_counted_exactly(int clusters, int dimension)
    {
        int each = 600 / clusters, count = each * clusters;
        double[] centres = LayerCloud.Gaussian(clusters * dimension, 9), noise = LayerCloud.Gaussian(count * dimension, 10);
        var rows = new double[count * dimension];
        for (int i = 0; i < count; i++)
            for (int k = 0; k < dimension; k++) rows[i * dimension + k] = 3 * (centres[i % clusters * dimension + k] + 0.05 * noise[i * dimension + k]);
        LayerMeasures m = Assert.Single(LayerCloud.Measure(new LayerSettings(dimension, [count]), [rows]));
        Assert.Equal(clusters, m.Census.Clusters.Count);
        Assert.Equal(0, m.Census.StragglerMass);
        Assert.All(m.Census.Clusters, cluster =>
        {
            Assert.Equal(each, cluster.Tokens);
            Assert.Equal(1.0 / clusters, cluster.Mass, 1e-15);
            Assert.Equal(1.0 / clusters, cluster.Density, 1e-15); // the whole cluster lies within 30 degrees of each of its tokens
            Assert.InRange(cluster.Radius, 0.02, 0.08);
        });
        Assert.Equal([.. Enumerable.Range(0, count).Select(i => m.Census.Labels[i % clusters])], m.Census.Labels);
        Assert.Equal(1.0, PartitionAgreement.AdjustedRand(m.Census.Labels, [.. Enumerable.Range(0, count).Select(i => i % clusters)]));
    }

    /// <summary>The census of a cloud that both can take: the same labels, masses and radii as <see cref="ClusterCensus"/>.</summary>
    [Fact]
    public void The_census_is_that_of_clouds()
    {
        PlantedCloud planted = PlantedCloud.Create(8, 10, 2000, 700, 0.6, 0.05, 5);
        var rule = new ClusterRule(0.15, 1);
        ClusterCensus cloud = ClusterCensus.Take(new Cloud(8, planted.Positions), rule);
        double[] rows = [.. Enumerable.Range(0, 2000 * 8).Select(i => planted.Positions[i % 8 * 2000 + i / 8])];
        LayerCensus layer = Assert.Single(LayerCloud.Measure(new LayerSettings(8, [2000]) { Rule = rule }, [rows])).Census;
        Assert.Equal(10, layer.Clusters.Count);
        Assert.InRange(cloud.Labels.Zip(layer.Labels).Count(pair => pair.First != pair.Second), 0, 10); // representatives may reach a straggler more or less
        foreach ((Cluster a, LayerCluster b) in cloud.Clusters.Zip(layer.Clusters)) Assert.Equal(a.Radius, b.Radius, 0.01 * a.Radius);
    }

    /// <summary>hundred copies of one token and of its opposite: no intrinsic dimension, two clusters, and no number that is not one where there is one.</summary>
    [Fact]
    public void Coinciding_tokens_are_no_obstacle()
    {
        double[] rows = [.. Enumerable.Range(0, 200).SelectMany(i => new double[] { i % 2 == 0 ? 2 : -2, 0, 0 })];
        LayerMeasures m = LayerCloud.Measure(new LayerSettings(3, [200]), [rows, rows])[1];
        Assert.Equal(2, m.Census.Clusters.Count);
        Assert.Equal(1, m.TokenVariance);
        Assert.Equal(1, m.Ranks.Raw.Value, 1e-12);
        Assert.True(double.IsNaN(m.IntrinsicDimension.TwoNearest));
        Assert.Equal(0, m.Displacement!.BlockInfluence, 1e-15);
        Assert.Empty(m.Flows); // nothing moved

        double[] one = [.. Enumerable.Repeat(1.0, 60)];
        LayerMeasures collapsed = LayerCloud.Measure(new LayerSettings(3, [20]), [one])[0];
        Assert.Equal(1, Assert.Single(collapsed.Census.Clusters).Mass);
        Assert.Equal(0, collapsed.TokenVariance, 1e-15);
    }

    [Fact]
    public void A_token_without_direction_is_named()
    {
        double[] rows = LayerCloud.Gaussian(40, 1);
        rows.AsSpan(12, 4).Clear();
        Assert.Equal(3, Assert.Throws<DegenerateTokenException>(() => LayerCloud.Measure(new LayerSettings(4, [10]), [rows])).Token);
        rows[12] = 1e200;
        Assert.Contains("large", Assert.Throws<DegenerateTokenException>(() => LayerCloud.Measure(new LayerSettings(4, [10]), [rows])).Message, StringComparison.Ordinal);
    }
}
