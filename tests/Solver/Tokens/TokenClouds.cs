using Meanfield.Solver;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>Seeded positions, coordinate after coordinate, and plain sums over them.</summary>
internal static class TokenClouds
{
    public static double[] Uniform(int dimension, int count, ulong seed) => Transposed(TokenSample.Uniform(dimension, count, seed).Positions, dimension);

    /// <summary>Token after token to coordinate after coordinate.</summary>
    public static double[] Transposed(ReadOnlySpan<double> tokens, int dimension)
    {
        int count = tokens.Length / dimension;
        var positions = new double[tokens.Length];
        for (int i = 0; i < tokens.Length; i++) positions[i % dimension * count + i / dimension] = tokens[i];
        return positions;
    }

    public static double[] Matrix(int dimension, ulong seed, double scale = 0.5)
    {
        var random = new RandomNumbers(seed);
        var matrix = new double[dimension * dimension];
        for (int i = 0; i < matrix.Length; i++) matrix[i] = scale * random.NextNormals().First;
        return matrix;
    }

    public static double[] Weights(int count, ulong seed)
    {
        var random = new RandomNumbers(seed);
        var weights = new double[count];
        for (int i = 0; i < count; i++) weights[i] = random.NextUniform();
        double sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }

    public static double[] Token(ReadOnlySpan<double> positions, int dimension, int i)
    {
        int count = positions.Length / dimension;
        var x = new double[dimension];
        for (int k = 0; k < dimension; k++) x[k] = positions[k * count + i];
        return x;
    }

    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    public static double Largest(IEnumerable<double> values) => values.Max(Math.Abs);

    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double largest = 0;
        for (int i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }
}
