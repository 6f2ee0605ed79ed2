using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

public class HighDimensionTests
{
    /// <summary>In 1024 dimensions the grid, not max_bandlimit, ends the climb: the run loses resolution in words, never in an underflow.</summary>
    [Fact]
    public void Grids_that_would_underflow_are_not_built()
    {
        var attention = new Attention(Normalization.Softmax, 300);
        int largest = DensitySimulation.LargestBandlimit(attention, 1024, 1023);
        Assert.InRange(largest, 64, 1022);
        Assert.True(DensityFlow.Fits(attention, 1024, largest, AliasingMonitor.Refinement));
        Assert.False(DensityFlow.Fits(attention, 1024, largest + 1, AliasingMonitor.Refinement));
        Run run = Run.Of(attention, 1024, [(1, 0, 0.5), (2, 0, 0.4), (3, 0, 0.4)], 1e-8, 0, 10);
        Assert.Equal(OutcomeKind.ResolutionLost, run.Outcome.Kind);
        Assert.Contains($"bandlimit {largest}", run.Outcome.Message);
    }

    /// <summary>Up to its limit the grid exists, and its weights are those of a probability measure.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    public void Largest_grid_exists(int dimension)
    {
        int nodes = Math.Min(600, ZonalTransform.LargestGrid(dimension));
        var rule = GaussGegenbauerRule.Create(dimension, nodes);
        Assert.True(rule.Weights[0] > 1e-285);
        double sum = 0;
        foreach (double weight in rule.Weights) sum += weight;
        Assert.Equal(1, sum, 1e-14);
    }
}
