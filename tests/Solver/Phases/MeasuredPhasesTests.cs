using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Phases;

/// <summary>Phases read off histories that are known in closed form, and off the flow.</summary>
public class MeasuredPhasesTests
{
    private const double Rate = 2, Start = 1e-4;

    private static readonly Attention Kuramoto = new(Normalization.None, 0);

    /// <summary>Kuramoto's flow from Poisson data (THEORY 4.3, V21): c_k = r^k with r = z/√(1+z²): r = 0.1 at z = 0.1/√0.99, and E = ½r² climbs fastest, and r = 1/√2, at z = 1.</summary>
    [Fact]
    public void Phases_of_the_exact_solution_end_at_the_exact_times()
    {
        AmplitudeHistory history = Poisson(0.05);
        MeasuredPhases phases = MeasuredPhases.Of(history, 1, []);
        Assert.Equal(Math.Log(0.1 / Math.Sqrt(0.99) / Start) / Rate, phases.LinearEnd.Time, 1e-6);
        Assert.InRange(Math.Abs(phases.ClusteringStart.Time - Math.Log(1 / Start) / Rate), 0, phases.ClusteringStart.Uncertainty);
        Assert.Equal(Math.Log(1 / Start) / Rate, phases.Saturation.Time, 1e-5);
        Assert.Equal(1, phases.LeadingDegree);
        Assert.False(phases.ClustersFormed.IsKnown);
        Assert.True(double.IsNaN(phases.ClusterCount));
        Assert.Equal(1, phases.Rates[0].Rate / Rate, 1e-6);
        Assert.InRange(Math.Abs(phases.Rates[0].Rate - Rate), 0, phases.Rates[0].Uncertainty);
        Assert.True(double.IsNaN(phases.Rates[1].Rate)); // c_2 = c_1² is forced, not free
    }

    /// <summary>The quarter of an interval that is stated shrinks with the interval, and covers the error.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.1)]
    [InlineData(0.025)]
    public void The_uncertainty_of_the_steepest_climb_covers_its_error(double every)
    {
        PhaseTime found = MeasuredPhases.Of(Poisson(every), 1, []).ClusteringStart;
        Assert.Equal(0.25 * every, found.Uncertainty, 1e-12);
        Assert.InRange(Math.Abs(found.Time - Math.Log(1 / Start) / Rate), 0, found.Uncertainty);
    }

    [Fact]
    public void Clusters_are_counted_from_where_the_energy_climbs()
    {
        AmplitudeHistory history = Poisson(0.1);
        int start = Array.FindIndex(history.Times, time => time >= Math.Log(1 / Start) / Rate);
        double[] clusters = [.. history.Times.Select((_, k) => k < start ? 7.0 : k < start + 3 ? 2 : k < start + 8 ? 4 : 3)];
        MeasuredPhases phases = MeasuredPhases.Of(history, 1, clusters);
        Assert.Equal(4, phases.ClusterCount);
        Assert.Equal(0.5 * (history.Times[start + 2] + history.Times[start + 3]), phases.ClustersFormed.Time, 1e-12);
        Assert.Equal(0.5 * (history.Times[start + 7] + history.Times[start + 8]), phases.FirstMerge.Time, 1e-12);
        Assert.Equal(0.05, phases.FirstMerge.Uncertainty, 1e-12);
        for (int k = 0; k < start + 3; k++) clusters[k] = double.NaN; // counting begins when they are there already
        Assert.False(MeasuredPhases.Of(history, 1, clusters).ClustersFormed.IsKnown);
        Assert.True(MeasuredPhases.Of(history, 1, clusters).FirstMerge.IsKnown);
    }

    /// <summary>The flow's own growth rates, circle and sphere, both normalizations, several degrees at once, to 1e−4 and within the uncertainty stated.</summary>
    [Theory]
    [InlineData(2, Normalization.None, 5.0)]
    [InlineData(2, Normalization.Softmax, 7.0)]
    [InlineData(3, Normalization.None, 5.0)]
    public void Rates_of_the_flow_are_those_of_linear_theory(int dimension, Normalization normalization, double beta)
    {
        var attention = new Attention(normalization, beta);
        int order = dimension == 2 ? -1 : 1;
        double fastest = Enumerable.Range(1, 6).Max(degree => FunkHecke.Rate(attention, dimension, degree));
        double[] times = [.. Enumerable.Range(0, 60).Select(k => 0.15 * k / fastest)];
        Run run = Run.Of(attention, dimension, [(2, order, 2e-5), (3, order, 1e-5), (4, order, 1.5e-5)], 1e-10, times);
        AmplitudeHistory history = AmplitudeHistory.Of(attention, dimension, SnapshotHistory.Of(run.Snapshots));
        MeasuredPhases phases = MeasuredPhases.Of(history, 3, []);
        foreach (int degree in new[] { 2, 3, 4 })
        {
            MeasuredRate rate = phases.Rates[degree - 1];
            double exact = FunkHecke.Rate(attention, dimension, degree);
            Assert.Equal(1, rate.Rate / exact, 1e-4);
            Assert.InRange(Math.Abs(rate.Rate - exact), 0, rate.Uncertainty);
        }
    }

    /// <summary>Rows with unknown moments: what is recorded counts, what is not is NaN, and a row that says nothing is passed over.</summary>
    [Fact]
    public void Unknown_moments_are_not_taken_for_zero()
    {
        var basis = new HarmonicBasis(2, 20);
        double[] Row(int k)
        {
            var row = new double[basis.Count];
            Array.Fill(row, double.NaN);
            if (k == 2) return row;
            row.AsSpan(0, basis.Start(5)).Fill(0.01 * (k + 1));
            row[0] = 1;
            return row;
        }
        AmplitudeHistory history = AmplitudeHistory.Of(Kuramoto, basis, [0, 1, 2], Row);
        Assert.Equal(4, history.Known);
        Assert.Equal(0.02, history.Amplitude(4).Values[1], 1e-15);
        Assert.True(double.IsNaN(history.Amplitude(4).Values[2]));
        Assert.All(history.Amplitude(5).Values, value => Assert.True(double.IsNaN(value)));
        Assert.Equal(0.01 * Math.Sqrt(8), history.Deviation.Values[0], 1e-15);
    }

    private static AmplitudeHistory Poisson(double every)
    {
        var basis = new HarmonicBasis(2, 32);
        double[] times = [.. Enumerable.Range(0, (int)(8 / every) + 1).Select(k => k * every)];
        return AmplitudeHistory.Of(Kuramoto, basis, times, k =>
        {
            double z = Start * Math.Exp(Rate * times[k]), r = z / Math.Sqrt(1 + z * z);
            var row = new double[basis.Count];
            row[0] = 1;
            for (int degree = 1; degree <= basis.Bandlimit; degree++) row[2 * degree - 1] = Math.Sqrt(2) * Math.Pow(r, degree);
            return row;
        });
    }
}
