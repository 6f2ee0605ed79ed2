using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Tokens on S^(d−1) and the moments of their empirical measure.</summary>
public sealed class TokenSample
{
    private readonly double[] _positions;

    /// <summary>Takes positions, normalizing each to unit length.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="positions">[N·d], token after token.</param>
    /// <exception cref="ArgumentException">Not a whole number of tokens, none at all, or a token that is zero or not finite.</exception>
    public TokenSample(int dimension, double[] positions)
    {
        if (positions.Length == 0 || positions.Length % dimension != 0)
            throw new ArgumentException($"{positions.Length} numbers are not tokens of {dimension} coordinates", nameof(positions));
        Dimension = dimension;
        _positions = positions;
        for (int i = 0; i < Count; i++)
        {
            Span<double> x = positions.AsSpan(i * dimension, dimension);
            double square = 0;
            foreach (double coordinate in x) square += coordinate * coordinate;
            if (!(square > 0) || !double.IsFinite(square))
                throw new ArgumentException($"token {i} is zero or not finite", nameof(positions));
            double scale = 1 / Math.Sqrt(square);
            for (int k = 0; k < dimension; k++) x[k] *= scale;
        }
    }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Number of tokens N.</summary>
    public int Count => _positions.Length / Dimension;

    /// <summary>Positions [N·d], unit vectors.</summary>
    public ReadOnlySpan<double> Positions => _positions;

    /// <summary>N iid tokens of the uniform law: normalized Gaussian vectors of the seed's stream.</summary>
    public static TokenSample Uniform(int dimension, int count, ulong seed)
    {
        var random = new RandomNumbers(seed);
        var positions = new double[checked(count * dimension)];
        for (int i = 0; i < positions.Length; i += 2)
        {
            (double first, double second) = random.NextNormals();
            positions[i] = first;
            if (i + 1 < positions.Length) positions[i + 1] = second;
        }
        return new TokenSample(dimension, positions);
    }

    /// <summary>N iid tokens of a law. Token i reads the seed's stream from number 2^20 i on, so it depends on (law, seed, i) alone.</summary>
    /// <param name="source">The law.</param>
    /// <param name="count">N ≥ 1.</param>
    /// <param name="seed">Seed of the stream.</param>
    public static TokenSample Draw(ITokenSource source, int count, ulong seed)
    {
        var random = new RandomNumbers(seed);
        int dimension = source.Dimension;
        var positions = new double[checked(count * dimension)];
        for (int i = 0; i < count; i++)
        {
            random.Seek((ulong)i << 20);
            source.Draw(random, positions.AsSpan(i * dimension, dimension));
        }
        return new TokenSample(dimension, positions);
    }

    /// <summary>Positions [d·N], coordinate after coordinate, as the members of <see cref="Cloud"/> take them.</summary>
    public double[] ByCoordinate()
    {
        var turned = new double[_positions.Length];
        for (int i = 0, at = 0; i < Count; i++)
            for (int k = 0; k < Dimension; k++) turned[k * Count + i] = _positions[at++];
        return turned;
    }

    /// <summary>Empirical moments a_A = (1/N) Σᵢ Y_A(xᵢ) on the circle or the sphere.</summary>
    /// <exception cref="ArgumentException">d ≥ 4, where tokens are not zonal.</exception>
    public double[] Moments(int bandlimit)
    {
        var basis = new HarmonicBasis(Dimension, bandlimit);
        var sum = new double[basis.Count];
        var values = new double[basis.Count];
        var harmonics = new PointHarmonics(basis);
        if (Dimension > 3) throw new ArgumentException($"tokens in dimension {Dimension} are not a zonal density", nameof(bandlimit));
        for (int i = 0; i < Count; i++)
        {
            harmonics.Evaluate(Positions.Slice(i * Dimension, Dimension), values);
            TensorPrimitives.Add(sum, values, sum);
        }
        TensorPrimitives.Divide(sum, (double)Count, sum);
        sum[0] = 1;
        return sum;
    }

    /// <summary>
    /// The degree kept when tokens start a density: the largest whose growth rate exceeds 1 % of the fastest
    /// (or the kernel's bandlimit when no degree grows).
    /// </summary>
    public static int GrowingDegree(Attention attention, int dimension)
    {
        AttentionKernel kernel = DensityFlow.KernelFor(attention, dimension);
        double fastest = 0;
        for (int degree = 1; degree <= kernel.MaximumDegree; degree++) fastest = Math.Max(fastest, attention.GrowthRate(kernel, degree));
        for (int degree = kernel.MaximumDegree; fastest > 0 && degree >= 1; degree--)
            if (attention.GrowthRate(kernel, degree) > 0.01 * fastest) return degree;
        return kernel.MaximumDegree;
    }
}
