using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>Direct sums against the definition written out with <see cref="Math.Exp"/> (THEORY 1.1, 6.12).</summary>
public class DirectForceTests
{
    [Theory]
    [InlineData(2, Normalization.Softmax, 1, false, false, false)]
    [InlineData(3, Normalization.Softmax, 9, false, false, false)]
    [InlineData(3, Normalization.None, 4, false, false, true)]
    [InlineData(3, Normalization.None, -4, true, false, false)]
    [InlineData(3, Normalization.Softmax, 2, true, true, true)]
    [InlineData(2, Normalization.None, 2, false, true, false)]
    [InlineData(5, Normalization.Softmax, 1.5, true, false, true)]
    [InlineData(5, Normalization.None, 0.7, true, true, false)]
    [InlineData(17, Normalization.Softmax, -3, false, true, true)]
    [InlineData(3, Normalization.Softmax, -350, false, false, false)]
    [InlineData(4, Normalization.Softmax, 300, true, true, false)]
    [InlineData(3, Normalization.Softmax, 1e4, false, true, true)]
    public void Output_is_the_definition(int d, Normalization normalization, double beta, bool matrices, bool causal, bool weights)
    {
        foreach (int count in (int[])[1, 7, 16, 45])
        {
            var model = new TokenModel(new Attention(normalization, beta), d)
            {
                Query = matrices ? TokenClouds.Matrix(d, 1) : null,
                Key = matrices ? TokenClouds.Matrix(d, 2) : null,
                Value = matrices ? TokenClouds.Matrix(d, 3) : null,
                Weights = weights ? TokenClouds.Weights(count, 4) : null,
                Causal = causal,
            };
            double[] x = TokenClouds.Uniform(d, count, 5), found = new double[x.Length], tangent = new double[x.Length];
            var force = new DirectForce(model, count);
            force.Attend(x, found);
            double[] expected = Definition(model, x, count);
            double scale = TokenClouds.Largest(expected);
            double exponents = Math.Abs(beta) * (matrices ? d : 1);
            Assert.True(TokenClouds.Distance(expected, found) <= (2e-15 + 1e-16 * exponents) * 8 * scale, $"{count}: {TokenClouds.Distance(expected, found) / scale}");
            force.Velocity(x, tangent);
            TokenForce.Project(x, expected, count);
            Assert.True(TokenClouds.Distance(expected, tangent) <= (2e-15 + 1e-16 * exponents) * 8 * scale);
        }
    }

    /// <summary>Sums of one term have that term's relative error, so this is the error of the exponential: t in all of its range.</summary>
    [Fact]
    public void Exponential_is_good_to_two_roundings()
    {
        var random = new RandomNumbers(3);
        double worst = 0;
        for (int trial = 0; trial < 20000; trial++)
        {
            double t = Math.ScaleB(Math.Round(Math.ScaleB(-1020 + 2042 * random.NextUniform(), 30)), -30);
            double found = PowerOfTwo.Of(System.Runtime.Intrinsics.Vector512.Create(t))[trial % 8];
            double whole = Math.Floor(t), exact = Math.ScaleB((double)Power(t - whole), (int)whole);
            worst = Math.Max(worst, Math.Abs(found / exact - 1));
        }
        Assert.InRange(worst, 0, 4.5e-16);
        Assert.Equal(1, PowerOfTwo.Of(System.Runtime.Intrinsics.Vector512<double>.Zero)[0]);

        static decimal Power(double fraction) // 2^f by its series, in 28 digits
        {
            decimal x = (decimal)(long)Math.ScaleB(fraction, 30) / (1L << 30) * 0.6931471805599453094172321215m, term = 1, sum = 1;
            for (int k = 1; k < 30; k++) sum += term *= x / k;
            return sum;
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Bits_do_not_depend_on_threads_and_nothing_is_allocated(int d)
    {
        const int Count = 333;
        var model = new TokenModel(new Attention(Normalization.Softmax, 3), d) { Causal = d == 6 };
        double[] x = TokenClouds.Uniform(d, Count, 8), one = new double[x.Length], many = new double[x.Length];
        new DirectForce(model, Count, 1).Velocity(x, one);
        foreach (int threads in (int[])[2, 4, 8])
        {
            var force = new DirectForce(model, Count, threads);
            for (int i = 0; i < 3; i++) force.Velocity(x, many);
            Assert.Equal(one, many);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++) force.Velocity(x, many);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Mean_force_is_the_limit_of_small_beta()
    {
        const int Count = 50, D = 4;
        foreach (bool causal in (bool[])[false, true])
        {
            var model = new TokenModel(new Attention(Normalization.Softmax, 0), D) { Value = TokenClouds.Matrix(D, 6), Weights = TokenClouds.Weights(Count, 7), Causal = causal };
            var near = new TokenModel(new Attention(Normalization.Softmax, 1e-9), D) { Value = model.Value, Weights = model.Weights, Causal = causal };
            double[] x = TokenClouds.Uniform(D, Count, 8), mean = new double[x.Length], direct = new double[x.Length];
            new MeanForce(model, Count).Velocity(x, mean);
            new DirectForce(near, Count).Velocity(x, direct);
            Assert.True(TokenClouds.Distance(mean, direct) < 1e-8);
            new MeanForce(model with { Weights = null }, Count).Attend(x, mean);
            double[] expected = Definition(model with { Weights = null }, x, Count);
            Assert.True(TokenClouds.Distance(mean, expected) < 1e-14);
        }
    }

    [Fact]
    public void Impossible_models_are_refused_in_a_sentence()
    {
        var attention = new Attention(Normalization.None, 700);
        Assert.Contains("overflows", Assert.Throws<ArgumentOutOfRangeException>(() => new DirectForce(new TokenModel(attention, 3), 5)).Message, StringComparison.Ordinal);
        var model = new TokenModel(new Attention(Normalization.None, 1), 3);
        Assert.Contains("3 × 3", Assert.Throws<ArgumentException>(() => new DirectForce(model with { Query = [1, 0, 0, 1] }, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("weights", Assert.Throws<ArgumentException>(() => new DirectForce(model with { Weights = [0.5, 0.5] }, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("add up to 1", Assert.Throws<ArgumentException>(() => new DirectForce(model with { Weights = [0.5, 0.6] }, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("negative", Assert.Throws<ArgumentException>(() => new DirectForce(model with { Weights = [1.5, -0.5] }, 2)).Message, StringComparison.Ordinal);
    }

    /// <summary>A_i by the formula, one pair after the other.</summary>
    internal static double[] Definition(TokenModel model, double[] positions, int count)
    {
        int d = model.Dimension;
        var output = new double[positions.Length];
        for (int i = 0; i < count; i++)
        {
            double[] query = Apply(model.Query, TokenClouds.Token(positions, d, i)), sum = new double[d];
            int seen = model.Causal ? i + 1 : count;
            double[] exponents = [.. Enumerable.Range(0, seen).Select(j => model.Attention.Beta * TokenClouds.Dot(query, Apply(model.Key, TokenClouds.Token(positions, d, j))))];
            bool softmax = model.Attention.Normalization == Normalization.Softmax;
            double largest = softmax ? exponents.Max() : 0, partition = 0, mass = 0;
            for (int j = 0; j < seen; j++)
            {
                double weight = model.Weight(j, count), factor = weight * Math.Exp(exponents[j] - largest);
                (partition, mass) = (partition + factor, mass + weight);
                double[] value = Apply(model.Value, TokenClouds.Token(positions, d, j));
                for (int k = 0; k < d; k++) sum[k] += factor * value[k];
            }
            for (int k = 0; k < d; k++) output[k * count + i] = sum[k] / (softmax ? partition : model.Causal ? mass : 1);
        }
        return output;
    }

    private static double[] Apply(double[]? matrix, double[] x) =>
        matrix is null ? x : [.. Enumerable.Range(0, x.Length).Select(row => TokenClouds.Dot(matrix[(row * x.Length)..((row + 1) * x.Length)], x))];
}
