using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public sealed class TokenProjectionTests
{
    [Fact]
    public void The_circle_lies_in_the_plane_and_the_sphere_stays_as_it_is()
    {
        double[] circle = [0.6, 0.8, -1, 0];
        Assert.Equal([0.6f, 0.8f, 0, -1, 0, 0], TokenProjection.Fit(2, circle).Apply(circle));
        double[] sphere = Random(3, 20, seed: 1);
        Assert.Equal(sphere.Select(x => (float)x), TokenProjection.Fit(3, sphere).Apply(sphere));
    }

    // Tokens ±q_k with multiplicities 9, 5, 3, 1, … give M = Σ (multiplicity/n) q_k q_kᵀ: the axes are q_0, q_1, q_2.
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void The_axes_are_those_of_the_heaviest_directions_heaviest_first(int dimension)
    {
        double[][] directions = Reflection(dimension, seed: 5);
        int[] order = [2, 0, 3];
        int[] multiplicities = [.. Enumerable.Repeat(1, dimension)];
        (multiplicities[order[0]], multiplicities[order[1]], multiplicities[order[2]]) = (9, 5, 3);
        double[] tokens = [.. Enumerable.Range(0, dimension).SelectMany(
            k => Enumerable.Range(0, multiplicities[k]).SelectMany(copy => directions[k].Select(x => copy % 2 == 0 ? x : -x)))];

        IReadOnlyList<double[]> axes = TokenProjection.Fit(dimension, tokens).Axes;
        for (int i = 0; i < 3; i++)
        {
            double[] expected = directions[order[i]];
            double sign = Math.Sign(expected.MaxBy(Math.Abs));
            for (int j = 0; j < dimension; j++)
                Assert.Equal(sign * expected[j], axes[i][j], 1e-13);
        }
    }

    [Fact]
    public void Tokens_that_span_three_dimensions_keep_their_inner_products()
    {
        const int Dimension = 11, Count = 30;
        double[][] frame = Reflection(Dimension, seed: 2);
        double[] inner = Random(3, Count, seed: 3);
        double[] tokens = new double[Dimension * Count];
        for (int i = 0; i < Count; i++)
            for (int j = 0; j < Dimension; j++)
                for (int k = 0; k < 3; k++)
                    tokens[i * Dimension + j] += inner[3 * i + k] * frame[k][j];
        float[] shown = TokenProjection.Fit(Dimension, tokens).Apply(tokens);
        for (int a = 0; a < Count; a++)
            for (int b = 0; b < Count; b++)
                Assert.Equal(Dot(inner, a, b), Dot(Array.ConvertAll(shown, x => (double)x), a, b), 1e-6);

        static double Dot(double[] x, int a, int b) =>
            x[3 * a] * x[3 * b] + x[3 * a + 1] * x[3 * b + 1] + x[3 * a + 2] * x[3 * b + 2];
    }

    // Ky Fan: Σ over three orthonormal axes of the kept square is largest for the principal ones.
    [Fact]
    public void No_other_three_axes_keep_more()
    {
        const int Dimension = 6;
        double[] tokens = Random(Dimension, 12, seed: 8);
        IReadOnlyList<double[]> axes = TokenProjection.Fit(Dimension, tokens).Axes;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                Assert.Equal(i == j ? 1 : 0, axes[i].Zip(axes[j], (x, y) => x * y).Sum(), 1e-14);
        double most = Kept(axes);
        for (int seed = 0; seed < 200; seed++)
            Assert.True(Kept(Reflection(Dimension, 100 + seed)[..3]) <= most);

        double Kept(IReadOnlyList<double[]> frame) =>
            frame.Sum(axis => tokens.Chunk(Dimension).Sum(x => Math.Pow(x.Zip(axis, (a, b) => a * b).Sum(), 2)));
    }

    [Fact]
    public void Tokens_turned_to_the_other_side_have_the_same_axes_and_one_token_is_enough()
    {
        double[] tokens = Random(5, 9, seed: 4);
        var projection = TokenProjection.Fit(5, tokens);
        Assert.Equal(projection.Axes, TokenProjection.Fit(5, Array.ConvertAll(tokens, x => -x)).Axes);
        Assert.Equal(projection.Apply(tokens)[..3], projection.Apply(tokens.AsSpan(0, 5)));

        double[] one = [0.5, -0.5, 0.7, 0.1];
        float[] shown = TokenProjection.Fit(4, one).Apply(one);
        Assert.Equal(1, shown[0], 1e-6);
        Assert.Equal(0, shown[1], 1e-6);
        Assert.Equal(0, shown[2], 1e-6);
    }

    [Fact]
    public void Positions_that_make_no_tokens_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => TokenProjection.Fit(1, [1, 1]));
        Assert.Throws<ArgumentException>(() => TokenProjection.Fit(4, []));
        Assert.Throws<ArgumentException>(() => TokenProjection.Fit(4, [1, 0, 0]));
        Assert.Throws<ArgumentException>(() => TokenProjection.Fit(4, [1, 0, 0, double.NaN]));
        Assert.Throws<ArgumentException>(() => TokenProjection.Fit(3, []).Apply([1.0, 0]));
    }

    // The rows of I − 2vvᵀ: an orthonormal frame.
    private static double[][] Reflection(int dimension, int seed)
    {
        double[] v = Random(dimension, 1, seed);
        return [.. Enumerable.Range(0, dimension).Select(
            i => Enumerable.Range(0, dimension).Select(j => (i == j ? 1 : 0) - 2 * v[i] * v[j]).ToArray())];
    }

    private static double[] Random(int dimension, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).SelectMany(_ =>
        {
            double[] x = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
            double norm = Math.Sqrt(x.Sum(c => c * c));
            return x.Select(c => c / norm);
        })];
    }
}
