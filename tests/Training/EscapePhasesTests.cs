using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>Phases read off planted curves.</summary>
public class EscapePhasesTests
{
    [Fact]
    public void Boundary_layer_of_an_exponential_control_is_its_time_constant()
    {
        double[] sizes = [.. Enumerable.Range(0, 400).Select(k => 3 * Math.Exp(-4.0 * (2 - (k + 0.5) * 0.005)))];
        Assert.Equal(0.25, EscapePhases.Of([0, 2], [0, 1], sizes).BoundaryLayer, 1e-12);
    }

    /// <summary>F = min(t, 1, 5 − 2t…): a rise of slope 1 to 1, a plateau to t = 3, a fall of slope ½: crossings at 0.98 and 3.04.</summary>
    [Fact]
    public void Plateau_lies_within_its_band()
    {
        double[] times = [.. Enumerable.Range(0, 401).Select(k => 0.01 * k)];
        double[] energies = [.. times.Select(t => Math.Min(Math.Min(t, 1), 1 - 0.5 * (t - 3)))];
        EscapePhases phases = EscapePhases.Of(times, energies, new double[4]);
        Assert.Equal(0.98, phases.Clustering, 1e-9);
        Assert.Equal(3.04, phases.Escape, 1e-9);
        Assert.Equal(0.5, phases.Drop, 1e-12);
        Assert.Equal(2.06, phases.Plateau(4), 1e-9);
        Assert.True(double.IsNaN(phases.BoundaryLayer)); // no control
    }

    [Fact]
    public void A_flow_that_stays_does_not_escape()
    {
        EscapePhases phases = EscapePhases.Of([0, 1, 2, 3], [0, 1, 1.5, 1.6], [1, 1, 1]);
        Assert.True(double.IsNaN(phases.Escape));
        Assert.Equal(0, phases.Drop);
    }
}
