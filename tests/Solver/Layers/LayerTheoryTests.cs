using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver.Tokens;
using Xunit;

namespace Meanfield.Tests.Solver.Layers;

/// <summary>Layers made by our own flow give back its β, its time and the structure of its states.</summary>
public class LayerTheoryTests
{
    /// <summary>Tokens of a particle run, recorded every 0.1 (or 0.1 of e^−β): β within 5 %, time within 3 %, nearly all of the change reproduced.</summary>
    [Theory]
    [InlineData(Normalization.Softmax, 2, false)]
    [InlineData(Normalization.Softmax, 6, false)]
    [InlineData(Normalization.None, 3, false)]
    [InlineData(Normalization.Softmax, 4, true)]
    public void Beta_of_a_run_is_recovered(Normalization normalization, double beta, bool causal)
    {
        const int D = 8, N = 120;
        double step = normalization == Normalization.None ? 0.1 * Math.Exp(-beta) * N / 20 : 0.1;
        TokenModel model = new(new Attention(normalization, beta), D) { Causal = causal };
        TokenRun run = TokenRun.Of(model, TokenSample.Uniform(D, N, 6).Positions.ToArray(), TokenRun.Settings(1e-9, TokenRun.Times(step, 4)));
        LayerMeasures[] layers = LayerCloud.Measure(new LayerSettings(D, [N]) { Causal = causal }, [.. run.Snapshots.Select(snapshot => snapshot.Positions!)]);
        foreach (LayerMeasures layer in layers.Skip(1))
        {
            EffectiveFlow flow = Assert.Single(layer.Flows, flow => flow.Normalization == normalization);
            Assert.Equal(beta, flow.Beta, 0.05 * beta);
            Assert.InRange(flow.Beta, flow.BetaLow, flow.BetaHigh);
            Assert.Equal(step, flow.Time, 0.03 * step);
            Assert.InRange(flow.Explained, 0.999, 1);
        }
    }

    /// <summary>Run backwards the same tokens move apart: the time is negative.</summary>
    [Fact]
    public void Tokens_that_move_apart_have_a_negative_time()
    {
        const int D = 5, N = 80;
        TokenRun run = TokenRun.Of(TokenRun.Model(Normalization.Softmax, 3, D), TokenSample.Uniform(D, N, 2).Positions.ToArray(), TokenRun.Settings(1e-9, 0, 0.2));
        LayerMeasures[] layers = LayerCloud.Measure(new LayerSettings(D, [N]), [run.Snapshots[1].Positions!, run.Snapshots[0].Positions!]);
        EffectiveFlow flow = layers[1].Flows.First(flow => flow.Normalization == Normalization.Softmax);
        Assert.Equal(-0.2, flow.Time, 0.01);
        Assert.Equal(3, flow.Beta, 0.15);
    }

    /// <summary>Vertices of a regular q-gon in a plane of R^20: two equal variances, α_q = α_2q = 1 and nothing between; of the octahedron: three, and only even degrees.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Polygons_show_their_degree(int corners)
    {
        const int D = 20, N = 240;
        double[] a = Direction(D, 1), b = Direction(D, 2), c = Direction(D, 3);
        var rows = new double[N * D];
        for (int i = 0; i < N; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / corners + 0.3);
            for (int k = 0; k < D; k++) rows[i * D + k] = cosine * a[k] + sine * b[k];
        }
        PrincipalHarmonics polygon = LayerCloud.Measure(new LayerSettings(D, [N]), [rows])[0].Harmonics;
        Assert.Equal(0.5, polygon.Shares[0], 1e-9);
        Assert.Equal(0.5, polygon.Shares[1], 1e-9);
        for (int k = 1; k <= PrincipalHarmonics.CircleDegrees; k++) Assert.Equal(k % corners == 0 ? 1 : 0, polygon.Circle[k - 1], 1e-7);

        for (int i = 0; i < N; i++)
            for (int k = 0; k < D; k++) rows[i * D + k] = (i % 2 == 0 ? 1 : -1) * (i / 2 % 3 == 0 ? a[k] : i / 2 % 3 == 1 ? b[k] : c[k]);
        PrincipalHarmonics octahedron = LayerCloud.Measure(new LayerSettings(D, [N]), [rows])[0].Harmonics;
        Assert.All(octahedron.Shares, share => Assert.Equal(1.0 / 3, share, 1e-9));
        foreach (int odd in new[] { 1, 2, 3, 5 }) Assert.Equal(0, octahedron.Sphere[odd - 1], 1e-7); // octahedral harmonics begin with degree 4
        Assert.InRange(octahedron.Sphere[3], 0.5, 1);

        double[] Direction(int d, ulong seed)
        {
            double[][] basis = [.. Enumerable.Range(1, (int)seed).Select(s => LayerCloud.Gaussian(d, (ulong)s + 40))];
            for (int i = 0; i < basis.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double along = basis[i].Zip(basis[j], (x, y) => x * y).Sum();
                    for (int k = 0; k < d; k++) basis[i][k] -= along * basis[j][k];
                }
                double norm = Math.Sqrt(basis[i].Sum(x => x * x));
                for (int k = 0; k < d; k++) basis[i][k] /= norm;
            }
            return basis[^1];
        }
    }

    /// <summary>Known values of the adjusted Rand index, by hand from the contingency tables.</summary>
    [Fact]
    public void Partitions_agree_as_counted_by_hand()
    {
        Assert.Equal(4.0 / 7, PartitionAgreement.AdjustedRand([0, 0, 1, 2], [0, 0, 1, 1]), 1e-15); // pairs 1; 1 and 2 of 6: (1 − 1/3)/(3/2 − 1/3)
        Assert.Equal(1, PartitionAgreement.AdjustedRand([0, 0, 1, -1], [2, 2, 0, 1]));
        Assert.Equal(-0.5, PartitionAgreement.AdjustedRand([0, 0, 1, 1], [0, 1, 0, 1]), 1e-15);
        Assert.Equal(1, PartitionAgreement.AdjustedRand([0, 0, 0], [-1, -1, -1]));
        Assert.Throws<ArgumentException>(() => PartitionAgreement.AdjustedRand([0], [0, 1]));
    }

    /// <summary>Ten clusters that are reshuffled by two blocks and kept by three: stable from layer 2, the still blocks ranked first, intervals around the values.</summary>
    [Fact]
    public void The_last_change_of_the_clusters_is_found()
    {
        const int D = 40, N = 400;
        double[] centres = LayerCloud.Gaussian(10 * D, 3);
        double[] Layer(int shift, double noise, ulong seed)
        {
            double[] wobble = LayerCloud.Gaussian(N * D, seed);
            return [.. Enumerable.Range(0, N * D).Select(i => centres[(i / D + i / D / 10 * shift) % 10 * D + i % D] + noise * wobble[i])];
        }
        double[][] layers = [Layer(0, 0.02, 1), Layer(1, 0.02, 2), Layer(3, 0.02, 3), Layer(3, 0.02, 4), Layer(3, 0.05, 5), Layer(3, 0.02, 6)];
        LayerStability stability = LayerStability.Of(LayerCloud.Measure(new LayerSettings(D, [N]), layers), 1);
        Assert.Equal(new Interval(2, 2, 2), stability.StableFrom);
        Assert.Equal([3, 4, 5], stability.Ranking.Take(3).Select(block => block.Block).Order());
        Assert.Equal(3, stability.Ranking[0].Block);
        Assert.All(stability.Blocks, block =>
        {
            Assert.InRange(block.BlockInfluence.Value, block.BlockInfluence.Low, block.BlockInfluence.High);
            Assert.InRange(block.NeighbourOverlap.Value, 0, 1);
        });
        Assert.Equal(1, stability.Blocks[3].AdjustedRand.Value);
        Assert.InRange(stability.Blocks[0].AdjustedRand.High, -0.1, 0.2);
    }
}
