using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>The census counts what was planted, sees nothing in uniform clouds, and turns with the cloud.</summary>
public class ClusterCensusTests
{
    [Theory]
    [InlineData(2, 2, 0.3)]
    [InlineData(2, 7, 0.1)]
    [InlineData(2, 20, 0.04)]
    [InlineData(2, 50, 0.02)]
    [InlineData(3, 2, 0.2)]
    [InlineData(3, 12, 0.1)]
    [InlineData(3, 50, 0.1)]
    [InlineData(8, 10, 0.1)]
    [InlineData(8, 50, 0.1)]
    [InlineData(64, 2, 0.1)]
    [InlineData(64, 50, 0.1)]
    public void Planted_clusters_are_found(int dimension, int clusters, double angle)
    {
        const int Count = 10_000;
        double width = angle / 6; // |x − centre| ≈ width
        double concentration = (dimension - 1) / (width * width);
        PlantedCloud planted = PlantedCloud.Create(dimension, clusters, Count, concentration, 3.5 * angle, 0.02, 5);
        ClusterCensus census = ClusterCensus.Take(new Cloud(dimension, planted.Positions), new ClusterRule(angle, 3 * angle));
        Assert.Equal(clusters, census.Clusters.Count);
        Assert.Equal(1, census.StragglerMass + census.Clusters.Sum(cluster => cluster.Mass), 1e-12);
        double cap = clusters * (dimension == 2 ? 2 * angle / Math.PI : angle * angle); // uniform mass near the clusters, at most
        Assert.InRange(census.StragglerMass, 0.02 * (1 - cap) - 0.003, 0.021);
        int[] plantedOf =
        [
            .. Enumerable.Range(0, clusters).Select(c => planted.Labels[Enumerable.Range(0, Count).First(i => census.Labels[i] == c && planted.Labels[i] >= 0)]),
        ];
        Assert.Equal(clusters, plantedOf.Distinct().Count());
        for (int i = 0; i < Count; i++)
            if (planted.Labels[i] >= 0 && census.Labels[i] >= 0) Assert.Equal(planted.Labels[i], plantedOf[census.Labels[i]]);
        foreach ((Cluster cluster, int label) in census.Clusters.Zip(plantedOf))
        {
            Assert.Equal(0.98 / clusters, cluster.Mass, 0.1 * 0.98 / clusters);
            double away = Math.Sqrt(cluster.Centre.Zip(planted.Centres[label], (a, b) => (a - b) * (a - b)).Sum());
            Assert.InRange(away, 0, 0.3 * width);
            Assert.InRange(cluster.Radius, 0.7 * width, 1.6 * width);
            Assert.True(cluster.Extent >= cluster.Radius);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(64)]
    public void Uniform_cloud_has_no_clusters(int dimension)
    {
        foreach (int count in new[] { 1000, 20_000 })
        {
            foreach (double beta in new[] { 0.5, 9, 50 })
            {
                double[] positions = TokenSample.Uniform(dimension, count, 11).ByCoordinate();
                ClusterCensus census = ClusterCensus.Take(new Cloud(dimension, positions), ClusterRule.For(beta));
                Assert.Empty(census.Clusters);
                Assert.Equal(1, census.StragglerMass);
                Assert.All(census.Labels, label => Assert.Equal(-1, label));
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Census_turns_with_the_cloud(int dimension)
    {
        const int Count = 12_000;
        PlantedCloud planted = PlantedCloud.Create(dimension, 6, Count, 400, 0.8, 0.05, 3);
        double[,] rotation = Rotation(dimension);
        var turned = new double[planted.Positions.Length];
        for (int i = 0; i < Count; i++)
            for (int k = 0; k < dimension; k++)
                for (int l = 0; l < dimension; l++) turned[k * Count + i] += rotation[k, l] * planted.Positions[l * Count + i];
        ClusterCensus before = ClusterCensus.Take(new Cloud(dimension, planted.Positions), ClusterRule.For(9));
        ClusterCensus after = ClusterCensus.Take(new Cloud(dimension, turned), ClusterRule.For(9));
        Assert.Equal(6, before.Clusters.Count);
        Assert.Equal(before.Labels, after.Labels);
        foreach ((Cluster a, Cluster b) in before.Clusters.Zip(after.Clusters))
        {
            Assert.Equal(a.Mass, b.Mass);
            Assert.Equal(a.Radius, b.Radius, 1e-13);
            for (int k = 0; k < dimension; k++)
                Assert.Equal(Enumerable.Range(0, dimension).Sum(l => rotation[k, l] * a.Centre[l]), b.Centre[k], 1e-13);
        }
    }

    /// <summary>Point masses 5/8, 2/8, 1/8: masses, places and radii to the bit; ids by mass, then by first token.</summary>
    [Fact]
    public void Point_masses_are_exact()
    {
        double[][] places = [[0.6, 0, 0.8], [0, 1, 0], [0, 0, -1]];
        int[] order = [2, 0, 1, 0, 0, 1, 0, 0];
        ClusterRule rule = ClusterRule.For(9);
        ClusterCensus census = ClusterCensus.Take(new Cloud(3, At(order, places)), rule with { MinimumMass = 0.2 });
        Assert.Equal([0.625, 0.25], census.Clusters.Select(cluster => cluster.Mass));
        Assert.Equal([-1, 0, 1, 0, 0, 1, 0, 0], census.Labels);
        Assert.Equal(0.125, census.StragglerMass);
        Assert.Equal(places[0], census.Clusters[0].Centre);
        Assert.All(census.Clusters, cluster => Assert.Equal(0, cluster.Radius + cluster.Extent));

        ClusterCensus tied = ClusterCensus.Take(new Cloud(3, At([1, 2, 2, 1], places)), rule);
        Assert.Equal([0, 1, 1, 0], tied.Labels);
        ClusterCensus weighted = ClusterCensus.Take(new Cloud(3, At([1, 2, 2, 1], places), [1, 3, 2, 0]), rule);
        Assert.Equal([1, 0, 0, 1], weighted.Labels);
        Assert.Equal(5.0 / 6, weighted.LargestMass, 1e-15);
        Assert.Equal(1, ClusterCensus.Take(new Cloud(3, places[0]), rule).LargestMass);

        static double[] At(int[] order, double[][] places) => new TokenSample(3, [.. order.SelectMany(i => places[i])]).ByCoordinate();
    }

    /// <summary>Ten tokens in groups of 3, 3, 4: few tokens count as well.</summary>
    [Fact]
    public void Few_tokens_form_clusters()
    {
        var positions = new double[20];
        for (int i = 0; i < 10; i++) (positions[10 + i], positions[i]) = Math.SinCos(2 * Math.PI / 3 * (i % 3) + 0.01 * i);
        ClusterCensus census = ClusterCensus.Take(new Cloud(2, positions), ClusterRule.For(5));
        Assert.Equal([0.4, 0.3, 0.3], census.Clusters.Select(cluster => cluster.Mass));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], census.Labels);
    }

    /// <summary>Three clusters of a circle run at β = 5 about to form, and a band about the equator, which is dense but spread out.</summary>
    [Fact]
    public void Broad_clusters_count_and_bands_do_not()
    {
        var law = new VonMisesFisherTokens(2, [([1, 0], 40, 1), ([-0.5, Math.Sqrt(0.75)], 40, 1), ([-0.5, -Math.Sqrt(0.75)], 40, 1.2)]);
        ClusterCensus circle = ClusterCensus.Take(new Cloud(2, TokenSample.Draw(law, 20_000, 2).ByCoordinate()), ClusterRule.For(5));
        Assert.Equal(3, circle.Clusters.Count);
        Assert.Equal(1.2 / 3.2, circle.LargestMass, 0.015);

        TokenSample ring = TokenSample.Uniform(2, 5000, 3);
        var band = new double[15_000];
        ring.ByCoordinate().CopyTo(band, 0);
        ClusterCensus equator = ClusterCensus.Take(new Cloud(3, band), ClusterRule.For(9));
        Assert.Empty(equator.Clusters);
    }

    [Fact]
    public void A_radius_of_1e_minus_10_keeps_its_digits()
    {
        const double Width = 1e-10;
        double[] positions = new double[3 * 4000];
        for (int i = 0; i < 4000; i++) (positions[4000 + i], positions[i]) = Math.SinCos(1 + (i % 2 == 0 ? Width : -Width));
        Cluster cluster = Assert.Single(ClusterCensus.Take(new Cloud(3, positions), ClusterRule.For(new Attention(Normalization.None, 5))).Clusters);
        Assert.Equal(1, cluster.Radius / Width, 2e-6);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Cloud(3, new double[4]).Count);
        Assert.Throws<ArgumentException>(() => new Cloud(2, new double[4], new double[3]).Count);
        Assert.Throws<ArgumentException>(() => new Cloud(2, new double[4], [1, double.NaN]).Count);
        Assert.Throws<ArgumentException>(() => new Cloud(2, new double[4], new double[2]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterCensus.Take(new Cloud(2, [1, 1, 0, 0]), new ClusterRule(0, 1)));
    }

    private static double[,] Rotation(int dimension)
    {
        TokenSample gaussian = TokenSample.Uniform(dimension, dimension, 77);
        MathNet.Numerics.LinearAlgebra.Matrix<double> matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .DenseOfRowMajor(dimension, dimension, gaussian.Positions.ToArray());
        return matrix.QR().Q.ToArray();
    }
}
