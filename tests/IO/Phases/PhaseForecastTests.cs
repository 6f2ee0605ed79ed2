using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>The end of the linear phase as it is foretold, against the flow itself.</summary>
public class PhaseForecastTests
{
    /// <summary>Several modes at once, the fastest q = 3 not the largest: the expansion places α_q = δ to 2e−3 of 1/γ, where degree q alone is off by more than a hundredth.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_expansion_foretells_the_end_of_the_linear_phase(int dimension)
    {
        var attention = new Attention(Normalization.None, 5);
        int order = dimension == 2 ? 1 : 0;
        double[] initial = Run.Modes(new HarmonicBasis(dimension, 12), (3, order, 0.02), (2, order, 0.012), (1, order, 0.015), (4, order, 0.012));
        double rate = FunkHecke.Rate(attention, dimension, 3);
        PhaseForecast forecast = PhaseForecast.Of(attention, new HarmonicBasis(dimension, 12), initial, null)!;
        Assert.Equal(PredictionMethod.Expansion, forecast.LinearEndBy);
        var run = Run.Of(attention, dimension, initial, 12, new DensitySettings { Tolerance = 1e-9, OutputTimes = [.. Enumerable.Range(0, 61).Select(k => 0.05 * k / rate)] });
        MeasuredPhases measured = MeasuredPhases.Of(AmplitudeHistory.Of(attention, dimension, SnapshotHistory.Of(run.Snapshots)), 3, []);
        Assert.Equal(measured.LinearEnd.Time, forecast.LinearEnd, 2e-3 / rate);
        double alone = Math.Log(MeasuredPhases.Threshold / (0.02 / Math.Sqrt(Multiplicity.Of(dimension, 3)))) / rate;
        Assert.True(Math.Abs(measured.LinearEnd.Time - alone) > 0.01 / rate);
        Assert.Null(forecast.LinearEndLaw);
        Assert.Equal(dimension == 2, forecast.Polygon is not null);
    }

    /// <summary>Data without the fastest degree have no time; data of one degree alone have Landau's.</summary>
    [Fact]
    public void What_cannot_be_foretold_is_not()
    {
        var attention = new Attention(Normalization.None, 5);
        var basis = new HarmonicBasis(2, 6);
        PhaseForecast without = PhaseForecast.Of(attention, basis, Run.Modes(basis, (2, 1, 0.01)), null)!;
        Assert.Equal((double.NaN, PredictionMethod.None), (without.LinearEnd, without.LinearEndBy));
        Assert.Null(without.Clusters);
        PhaseForecast single = PhaseForecast.Of(attention, basis, Run.Modes(basis, (3, 1, 1e-3)), 1000)!;
        double start = 1e-3 / Math.Sqrt(2), rate = FunkHecke.Rate(attention, 2, 3);
        Assert.Equal(Math.Log(0.1 / Math.Sqrt(0.99) / start) / rate, single.LinearEnd, 1e-3 / rate); // THEORY 3.4: −|c|²c; the next term is of order δ⁴
        Assert.Equal(single.LinearEnd + Math.Log(Math.Sqrt(0.99) / 0.1) / rate, single.ClusteringStart, 1e-12);
        Assert.Equal(0, single.Asymmetry);
        Assert.Equal(double.PositiveInfinity, single.Polygon!.Lifetime);
        Assert.Null(PhaseForecast.Of(attention with { Noise = 10 }, basis, Run.Modes(basis, (3, 1, 1e-3)), null)); // nothing grows
    }
}
