using Meanfield.Solver;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>Statistics and fits that verdicts rest on.</summary>
public class SampleTests
{
    [Fact]
    public void Standard_errors_are_those_of_the_normal_law()
    {
        const int Count = 200_000;
        var random = new RandomNumbers(3);
        var draws = new double[Count];
        for (int i = 0; i < Count; i += 2) (draws[i], draws[i + 1]) = random.NextNormals();
        Sample sample = Sample.Of(draws);
        Assert.Equal(1 / Math.Sqrt(Count), sample.MeanError, 2e-5);
        Assert.Equal(1 / Math.Sqrt(2.0 * Count), sample.DeviationError, 2e-5);
        (double median, double error) = sample.Quantile(0.5);
        Assert.Equal(0, median, 4 * error);
        Assert.Equal(Math.Sqrt(Math.PI / 2 / Count), error, 3e-4);
    }

    /// <summary>y = 2 + 3x with residuals orthogonal to 1 and x: slope, intercept and error by hand.</summary>
    [Fact]
    public void A_line_is_fitted_with_its_error()
    {
        double[] x = [-1, 0, 1], residual = [0.1, -0.2, 0.1];
        LineFit fit = LineFit.Through(x, [.. x.Zip(residual, (at, r) => 2 + 3 * at + r)])!.Value;
        Assert.Equal(3, fit.Slope, 1e-14);
        Assert.Equal(2, fit.Intercept, 1e-14);
        Assert.Equal(Math.Sqrt(0.06 / 2), fit.SlopeError, 1e-14);
        Assert.Equal(-1.5, LineFit.Power([1, 2, 4, 8], ((double[])[1, 2, 4, 8]).Select(at => 7 * Math.Pow(at, -1.5)))!.Value.Slope, 1e-13);
        Assert.Null(LineFit.Through([1, 2, 3], [1, 2, 3], [0, 1, 0]));
    }
}
