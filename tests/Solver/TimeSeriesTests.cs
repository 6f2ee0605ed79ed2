using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>What is read off a time series, on series known in closed form.</summary>
public class TimeSeriesTests
{
    private const double Rate = 3.7;

    private static TimeSeries Series(Func<double, double> f, double every, double until) =>
        new([.. Enumerable.Range(0, (int)(until / every) + 1).Select(k => k * every)],
            [.. Enumerable.Range(0, (int)(until / every) + 1).Select(k => f(k * every))]);

    [Fact]
    public void An_exponential_has_its_rate_and_crosses_at_the_exact_time()
    {
        TimeSeries series = Series(t => 1e-3 * Math.Exp(Rate * t), 0.1, 3);
        Assert.Equal(Rate, series.GrowthRate(1e-3, 0.1)!.Value.Rate, 1e-10);
        Assert.Equal(Math.Log(200) / Rate, series.FirstRise(0.2)!.Value.Time, 1e-10);
        Assert.Null(series.FirstRise(1e9));
        Assert.Null(series.GrowthRate(1e8, 1e9));
    }

    /// <summary>z/√(1+z²) with z = z₀e^{γt}: it crosses ½ at z = 1/√3, and its square rises fastest at small z, s/(1−s) at no summit.</summary>
    [Theory]
    [InlineData(0.1, 4e-5)]
    [InlineData(0.05, 2.5e-6)]
    public void A_crossing_between_output_times_is_found_to_fourth_order(double every, double tolerance)
    {
        TimeSeries series = Series(t => { double z = 1e-3 * Math.Exp(Rate * t); return z / Math.Sqrt(1 + z * z); }, every, 3);
        (double time, double uncertainty) = series.FirstRise(0.5)!.Value;
        Assert.Equal(Math.Log(1e3 / Math.Sqrt(3)) / Rate, time, tolerance);
        Assert.InRange(uncertainty, 0, 0.01);
    }

    /// <summary>log(1 + e^{…}) shaped growth: E = 1 + s with s logistic rises fastest, in the logarithm, where s(1−s)/(1+s) is largest: s = √2 − 1.</summary>
    [Fact]
    public void The_steepest_rise_is_found_within_its_uncertainty()
    {
        const double Middle = 1.234;
        TimeSeries series = Series(t => 1 + 1 / (1 + Math.Exp(-Rate * (t - Middle))), 0.05, 3);
        double s = Math.Sqrt(2) - 1, exact = Middle + Math.Log(s / (1 - s)) / Rate;
        (double time, double uncertainty) = series.SteepestRise()!.Value;
        Assert.InRange(Math.Abs(time - exact), 0, uncertainty);
        Assert.InRange(uncertainty, 0, 0.02);
        Assert.Null(Series(t => Math.Exp(-t), 0.1, 1).SteepestRise());
    }
}
