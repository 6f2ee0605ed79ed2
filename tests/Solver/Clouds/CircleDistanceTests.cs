using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Transport on the circle against assignment, closed forms and the law of iid tokens (V41).</summary>
public class CircleDistanceTests
{
    [Fact]
    public void Agrees_with_assignment()
    {
        int rows = 0;
        foreach (double[] row in ReferenceTable.Read("circle_transport.csv"))
        {
            int n = (int)row[2], m = (int)row[3];
            var first = new Cloud(2, Places(row.AsSpan(4, n)), row.AsSpan(4 + n, n));
            var second = new Cloud(2, Places(row.AsSpan(4 + 2 * n, m)), row.AsSpan(4 + 2 * n + m, m));
            double w2 = CircleDistance.Second(first, second), back = CircleDistance.Second(second, first);
            Assert.Equal(row[0], CircleDistance.First(first, second), 1e-12);
            Assert.Equal(row[1], w2 * w2, 1e-12);
            Assert.Equal(row[1], back * back, 1e-12);
            rows++;
        }
        Assert.Equal(48, rows);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3.0)]
    [InlineData(1e-9)]
    public void Turned_clouds(double angle)
    {
        double[] angles = [.. Enumerable.Range(0, 500).Select(i => 0.9 * Math.Sin(i * 1.7) + 0.2)]; // within an arc: no shorter way than turning
        double[] turned = [.. angles.Select(a => a + angle)];
        Cloud first = new(2, Places(angles)), second = new(2, Places(turned));
        double expected = angles.Zip(turned, (a, b) => b - a).Average();
        Assert.Equal(0, CircleDistance.Second(first, first));
        Assert.Equal(1, CircleDistance.Second(new Cloud(2, Places([2.0])), new Cloud(2, Places([2.0 + angle]))) / angle, 1e-6);
        if (angle > 2) return; // going round the other way pays for some
        Assert.Equal(expected, CircleDistance.Second(first, second), 1e-13);
        Assert.Equal(expected, CircleDistance.First(first, second), 1e-13);
    }

    [Fact]
    public void Is_a_metric()
    {
        double[][] clouds = [.. Enumerable.Range(0, 6).Select(i => TokenSample.Uniform(2, 20 + 7 * i, (ulong)i).ByCoordinate())];
        foreach (double[] a in clouds)
        {
            foreach (double[] b in clouds)
            {
                double direct = CircleDistance.Second(new Cloud(2, a), new Cloud(2, b));
                Assert.Equal(direct, CircleDistance.Second(new Cloud(2, b), new Cloud(2, a)), 1e-13);
                Assert.True(CircleDistance.First(new Cloud(2, a), new Cloud(2, b)) <= direct + 1e-13); // W₁ ≤ W₂
                foreach (double[] c in clouds)
                    Assert.True(direct <= CircleDistance.Second(new Cloud(2, a), new Cloud(2, c)) + CircleDistance.Second(new Cloud(2, c), new Cloud(2, b)) + 1e-13);
            }
        }
    }

    /// <summary>N equal masses at the n-gon: W₂ = π/(N√3); the closed form is the limit of clouds of many points.</summary>
    [Fact]
    public void Distance_to_uniform_is_that_to_a_fine_polygon()
    {
        Assert.Equal(Math.PI / (7 * Math.Sqrt(3)), CircleDistance.SecondToUniform(new Cloud(2, Polygon(7, 0.4))), 1e-14);
        double[] tokens = TokenSample.Uniform(2, 40, 9).ByCoordinate();
        double[] weights = [.. Enumerable.Range(0, 40).Select(i => 1.0 + i % 3)];
        double exact = CircleDistance.SecondToUniform(new Cloud(2, tokens, weights));
        const int Fine = 100_000;
        double fine = CircleDistance.Second(new Cloud(2, tokens, weights), new Cloud(2, Polygon(Fine, 0)));
        Assert.Equal(exact, fine, 2 * Math.PI / (Fine * Math.Sqrt(3)));
    }

    /// <summary>V41: N·E W₂² → π²/3.</summary>
    [Fact]
    public void Iid_tokens_obey_their_law()
    {
        const int Tokens = 400, Samples = 2000;
        double[] scaled = [.. Enumerable.Range(0, Samples).Select(sample =>
        {
            double w2 = CircleDistance.SecondToUniform(new Cloud(2, TokenSample.Uniform(2, Tokens, (ulong)(sample + 1)).ByCoordinate()));
            return Tokens * w2 * w2;
        })];
        double mean = scaled.Average(), error = Math.Sqrt(scaled.Average(s => (s - mean) * (s - mean)) / Samples);
        Assert.Equal(Math.PI * Math.PI / 3, mean, 3 * error + 2.0 / Tokens);
    }

    [Fact]
    public void Other_dimensions_are_refused() =>
        Assert.Throws<ArgumentException>(() => CircleDistance.SecondToUniform(new Cloud(3, [1, 0, 0])));

    private static double[] Polygon(int count, double start) => Places([.. Enumerable.Range(0, count).Select(i => start + 2 * Math.PI * i / count)]);

    private static double[] Places(ReadOnlySpan<double> angles)
    {
        var positions = new double[2 * angles.Length];
        for (int i = 0; i < angles.Length; i++) (positions[angles.Length + i], positions[i]) = Math.SinCos(angles[i]);
        return positions;
    }
}
