using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver.Tokens;
using Xunit;

namespace Meanfield.Tests.Solver.Phases;

/// <summary>V19: three equal clusters of the circle at β = 5, one of them off by 1e−6, leave the triangle at the rate Λ_max.</summary>
public class PolygonEscapeTests
{
    /// <summary>THEORY: 0.348861 without normalization, 0.00704403 with softmax; slope of the log of the asymmetry between 1e−6 and 1e−3, within 1 %.</summary>
    [Theory]
    [InlineData(Normalization.None, 0.348861)]
    [InlineData(Normalization.Softmax, 0.00704403)]
    public void The_triangle_is_left_at_the_quoted_rate(Normalization normalization, double expected)
    {
        double[] angles = [0, 2 * Math.PI / 3 + 1e-6, 4 * Math.PI / 3];
        double[] tokens = [.. angles.SelectMany(angle => new[] { Math.Cos(angle), Math.Sin(angle) })];
        double[] times = TokenRun.Times(0.7 / expected, 20);
        TokenRun run = TokenRun.Of(TokenRun.Model(normalization, 5, 2), tokens, TokenRun.Settings(1e-12, times));
        double[] asymmetry = [.. run.Snapshots.Select(Asymmetry)];
        (double rate, _) = new TimeSeries(times, asymmetry).GrowthRate(1e-6, 1e-3)!.Value;
        Assert.Equal(1, rate / expected, 0.01);
        Assert.Equal(1, rate / new RegularPolygon(new Attention(normalization, 5), 3).FastestRate, 1e-3);
        Assert.InRange(asymmetry[^1], 1e-2, 10);
    }

    // Root of the sum of squares of (gap − 2π/3) over the three gaps.
    private static double Asymmetry(Snapshot snapshot)
    {
        double[] angles = [.. Enumerable.Range(0, 3).Select(i => Math.Atan2(snapshot.Positions![2 * i + 1], snapshot.Positions[2 * i]))];
        return Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(Math.IEEERemainder(angles[(i + 1) % 3] - angles[i] - 2 * Math.PI / 3, 2 * Math.PI), 2)));
    }
}
