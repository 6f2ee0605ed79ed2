using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Sliced and Sobolev distances: closed forms, metric properties, rates of iid tokens.</summary>
public class SphereDistanceTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(100)]
    public void Two_points_are_their_chord_apart(int dimension)
    {
        TokenSample points = TokenSample.Uniform(dimension, 2, 4);
        double[] x = points.Positions[..dimension].ToArray(), y = points.Positions[dimension..].ToArray();
        double chord = Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
        Assert.Equal(chord / Math.Sqrt(dimension), SlicedDistance.Between(new Cloud(dimension, x), new Cloud(dimension, y)), 1e-14);
    }

    /// <summary>√d·SW ≤ W₂ for the chord, by all 720 assignments of six tokens; symmetry, triangle, zero.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Sliced_distance_is_a_lower_bound_and_a_metric(int dimension)
    {
        TokenSample[] samples = [.. Enumerable.Range(0, 4).Select(i => TokenSample.Uniform(dimension, 6, (ulong)i))];
        double[][] clouds = [.. samples.Select(sample => sample.ByCoordinate())];
        for (int a = 0; a < 4; a++)
        {
            Assert.Equal(0, Sliced(a, a));
            for (int b = 0; b < 4; b++)
            {
                if (a == b) continue;
                Assert.Equal(Sliced(a, b), Sliced(b, a), 1e-15);
                Assert.True(Math.Sqrt(dimension) * Sliced(a, b) <= Math.Sqrt(BestAssignment(samples[a], samples[b])) + 1e-14);
                for (int c = 0; c < 4; c++) Assert.True(Sliced(a, b) <= Sliced(a, c) + Sliced(c, b) + 1e-14);
            }
        }

        double Sliced(int a, int b) => SlicedDistance.Between(new Cloud(dimension, clouds[a]), new Cloud(dimension, clouds[b]));
    }

    [Fact]
    public void Weights_are_repeated_tokens()
    {
        double[] tokens = TokenSample.Uniform(3, 3, 1).Positions.ToArray(), other = TokenSample.Uniform(3, 50, 2).ByCoordinate();
        double[] repeated = new TokenSample(3, [.. tokens[..3], .. tokens[..3], .. tokens[3..6], .. tokens[6..], .. tokens[6..], .. tokens[6..]]).ByCoordinate();
        double weighted = SlicedDistance.Between(new Cloud(3, new TokenSample(3, tokens).ByCoordinate(), [2, 1, 3]), new Cloud(3, other));
        Assert.Equal(SlicedDistance.Between(new Cloud(3, repeated), new Cloud(3, other)), weighted, 1e-14);
    }

    /// <summary>The mean over all axes against Monte Carlo over rotated copies of both clouds, whose axes are other ones: within 3 %.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(16)]
    public void Fixed_axes_stand_for_all(int dimension)
    {
        var law = new VonMisesFisherTokens(dimension, [([.. Enumerable.Range(0, dimension).Select(k => k == 1 ? 1.0 : 0)], 3.0 * dimension, 1)]);
        double[] first = TokenSample.Draw(law, 300, 1).Positions.ToArray(), second = TokenSample.Uniform(dimension, 300, 2).Positions.ToArray();
        double fixedAxes = SlicedDistance.Between(
            new Cloud(dimension, new TokenSample(dimension, [.. first]).ByCoordinate()), new Cloud(dimension, new TokenSample(dimension, [.. second]).ByCoordinate()));
        TokenSample axes = TokenSample.Uniform(dimension, 1000, 3);
        double sum = 0;
        for (int a = 0; a < axes.Count; a++)
        {
            double[] axis = axes.Positions.Slice(a * dimension, dimension).ToArray(), x = Project(first, axis), y = Project(second, axis);
            sum += x.Zip(y, (p, q) => (p - q) * (p - q)).Average() / axes.Count;
        }
        Assert.Equal(1, fixedAxes / Math.Sqrt(sum), 0.03);

        double[] Project(double[] tokens, double[] axis)
        {
            double[] places = [.. Enumerable.Range(0, 300).Select(i => axis.Select((e, k) => e * tokens[i * dimension + k]).Sum())];
            Array.Sort(places);
            return places;
        }
    }

    /// <summary>Two independent samples of a law: the projections' W₂² falls like 1/N, so SW like N^(−1/2), in every dimension.</summary>
    [Fact]
    public void Iid_tokens_come_closer_at_the_rate_of_the_line()
    {
        double Mean(int count) => Enumerable.Range(0, 8).Average(i => SlicedDistance.Between(
            new Cloud(3, TokenSample.Uniform(3, count, (ulong)(2 * i)).ByCoordinate()), new Cloud(3, TokenSample.Uniform(3, count, (ulong)(2 * i + 1)).ByCoordinate())));
        Assert.Equal(-0.5, Math.Log(Mean(1600) / Mean(100)) / Math.Log(16), 0.06);
    }

    /// <summary>On the circle at s = 1: D² of δ_0 and δ_φ is Σ (2/k²)(2 − 2cos kφ) = 2πφ − φ² for all degrees; L terms leave less than 8/L.</summary>
    [Fact]
    public void Sobolev_distance_has_its_closed_form()
    {
        const double Angle = 0.8;
        foreach (int bandlimit in new[] { 100, 10_000 })
        {
            var circle = new CircularHarmonics(bandlimit);
            double[] a = new double[circle.Basis.Count], b = new double[circle.Basis.Count];
            circle.Evaluate(1, 0, a);
            circle.Evaluate(Math.Cos(Angle), Math.Sin(Angle), b);
            double distance = HarmonicDistance.Sobolev(circle.Basis, a, b, 1);
            Assert.InRange(2 * Math.PI * Angle - Angle * Angle - distance * distance, 0, 8.0 / bandlimit);
        }
    }

    /// <summary>Close to uniform D at s = 1 is W₂: for 1 + ε√2 cos θ both are ε to first order.</summary>
    [Fact]
    public void Sobolev_distance_is_transport_near_uniform()
    {
        const double Size = 0.01;
        const int Count = 20_000;
        var basis = new HarmonicBasis(2, 1);
        // θ + √2 Size (−sin θ) moves the uniform law to 1 + √2 Size cos θ + O(Size²)
        var positions = new double[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            double angle = 2 * Math.PI * (i + 0.5) / Count;
            (positions[Count + i], positions[i]) = Math.SinCos(angle - Math.Sqrt(2) * Size * Math.Sin(angle));
        }
        double distance = HarmonicDistance.Sobolev(basis, [1, Size, 0], [1, 0, 0], 1);
        Assert.Equal(1, distance / CircleDistance.SecondToUniform(new Cloud(2, positions)), 1e-4);
    }

    /// <summary>s = 0 on iid tokens: E Σ a² = (number of moments)/N, so D falls like N^(−1/2).</summary>
    [Fact]
    public void Sobolev_distance_of_iid_tokens()
    {
        var basis = new HarmonicBasis(3, 4);
        double[] uniform = [1, .. new double[basis.Count - 1]];
        double[] squares = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(HarmonicDistance.Sobolev(basis, TokenSample.Uniform(3, 100, (ulong)i).Moments(4), uniform, 0), 2))];
        double mean = squares.Average(), error = Math.Sqrt(squares.Average(s => (s - mean) * (s - mean)) / squares.Length);
        Assert.Equal((basis.Count - 1) / 100.0, mean, 3 * error);
    }

    private static double BestAssignment(TokenSample first, TokenSample second)
    {
        int d = first.Dimension;
        return Best(0, 0);

        double Best(int i, int taken)
        {
            if (i == first.Count) return 0;
            double best = double.PositiveInfinity;
            for (int j = 0; j < first.Count; j++)
            {
                if ((taken >> j & 1) == 1) continue;
                double square = 0;
                for (int k = 0; k < d; k++) square += Math.Pow(first.Positions[i * d + k] - second.Positions[j * d + k], 2);
                best = Math.Min(best, square / first.Count + Best(i + 1, taken | 1 << j));
            }
            return best;
        }
    }
}
