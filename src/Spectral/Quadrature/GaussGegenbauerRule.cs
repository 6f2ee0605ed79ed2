namespace Meanfield.Spectral;

/// <summary>
/// Gauss quadrature on [−1, 1] for the law of t = x·e under the uniform measure of S^(d−1),
/// the weight (1−t²)^((d−3)/2) normalized to mass 1: Gauss–Legendre for d = 3, Gauss–Chebyshev for d = 2.
/// </summary>
/// <remarks>
/// The rule with n nodes integrates polynomials of degree ≤ 2n − 1 exactly. Nodes and weights are correctly rounded up to
/// a few units in the last place for every n and d: roots are isolated by Sturm counts of the Jacobi matrix, then polished by
/// Newton steps in double-double arithmetic. Weights below 1e−300 of the largest are returned as 0.
/// </remarks>
public sealed class GaussGegenbauerRule
{
    private const double Tiny = 1.0 / (1L << 62) / (1L << 62); // 2^−124: values this small are rescaled
    private const int TinyExponent = 124;

    private readonly double[] _nodes;
    private readonly double[] _sines;
    private readonly double[] _weights;

    private GaussGegenbauerRule(int dimension, int count)
    {
        Dimension = dimension;
        _nodes = new double[count];
        _sines = new double[count];
        _weights = new double[count];
    }

    /// <summary>Dimension d of the ambient space.</summary>
    public int Dimension { get; }

    /// <summary>Nodes t = cos θ, descending (north to south).</summary>
    public ReadOnlySpan<double> Nodes => _nodes;

    /// <summary>sin θ = √(1 − t²) at the nodes.</summary>
    public ReadOnlySpan<double> Sines => _sines;

    /// <summary>Weights; their sum is 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Computes the rule with <paramref name="count"/> nodes.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="count">n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">dimension &lt; 2 or count &lt; 1.</exception>
    public static GaussGegenbauerRule Create(int dimension, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var rule = new GaussGegenbauerRule(dimension, count);
        double[] offDiagonal = SquaredOffDiagonal(dimension, count);
        int half = (count + 1) / 2;
        var weights = new DoubleDouble[half];
        var exponents = new int[half];
        double above = 1;
        for (int i = 0; i < half; i++) // the i-th largest root
        {
            double guess = 2 * i + 1 == count ? 0 : Isolate(offDiagonal, i, above);
            above = guess;
            DoubleDouble root = Polish(dimension, count, guess, out weights[i], out exponents[i]);
            rule._nodes[i] = (double)root;
            rule._nodes[count - 1 - i] = -(double)root;
            rule._sines[i] = rule._sines[count - 1 - i] = (double)((1 - root) * (1 + root)).SquareRoot();
        }
        rule.NormalizeWeights(weights, exponents);
        return rule;
    }

    /// <summary>b_k² = k (k+d−3) / ((2k+d−2)(2k+d−4)), the squared off-diagonal of the Jacobi matrix.</summary>
    private static double[] SquaredOffDiagonal(int d, int count)
    {
        var squares = new double[count];
        for (int k = 1; k < count; k++)
            squares[k] = d == 2 && k == 1 ? 0.5 : (double)k * (k + d - 3) / ((2.0 * k + d - 2) * (2.0 * k + d - 4));
        return squares;
    }

    /// <summary>Bisects with Sturm counts until the root with <paramref name="larger"/> roots above it is close.</summary>
    private static double Isolate(double[] squares, int larger, double above)
    {
        double low = 0, high = above;
        bool apartBelow = false, apartAbove = larger == 0;
        for (int extra = 0; extra < 8;)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) break;
            int count = RootsAbove(squares, middle);
            if (count > larger) (low, apartBelow) = (middle, count == larger + 1);
            else (high, apartAbove) = (middle, count == larger);
            if (apartBelow && apartAbove) extra++;
        }
        return 0.5 * (low + high);
    }

    /// <summary>Number of eigenvalues of the Jacobi matrix above t: signs of q_(k+1) = t − b_k²/q_k.</summary>
    private static int RootsAbove(double[] squares, double t)
    {
        int count = 0;
        double pivot = t;
        for (int k = 1; ; k++)
        {
            if (Math.Abs(pivot) < 1e-290) pivot = -1e-290;
            if (pivot < 0) count++;
            if (k == squares.Length) return count;
            pivot = t - squares[k] / pivot;
        }
    }

    /// <summary>Newton on P_n, first in double, then in double-double; returns (1−t²)/P_(n−1)² scaled by 2^exponent.</summary>
    private static DoubleDouble Polish(int d, int n, double guess, out DoubleDouble weight, out int exponent)
    {
        double t = guess;
        for (int iteration = 0; iteration < 4 && n > 1; iteration++)
        {
            double previous = 1, current = t; // P_0, P_1
            for (int k = 1; k < n; k++)
            {
                (previous, current) = (current, ((2.0 * k + d - 2) * t * current - k * previous) / (k + d - 2.0));
                if (Math.Abs(current) < Tiny && Math.Abs(previous) < Tiny) { current /= Tiny; previous /= Tiny; }
            }
            t -= current * (1 - t) * (1 + t) / (n * (previous - t * current));
        }
        DoubleDouble root = t;
        for (int iteration = 0; ; iteration++)
        {
            DoubleDouble previous = 1, current = root;
            exponent = 0;
            for (int k = 1; k < n; k++)
            {
                (previous, current) = (current, ((2.0 * k + d - 2) * root * current - k * previous) / (k + d - 2.0));
                if (Math.Abs(current.High) >= Tiny || Math.Abs(previous.High) >= Tiny) continue;
                current *= 1 / Tiny;
                previous *= 1 / Tiny;
                exponent += TinyExponent;
            }
            // (1−t²) P_n' = n (P_(n−1) − t P_n)
            DoubleDouble oneMinusSquare = (1 - root) * (1 + root);
            if (iteration == 1)
            {
                weight = oneMinusSquare / (previous * previous);
                return root;
            }
            root -= current * oneMinusSquare / (n * (previous - root * current));
        }
    }

    /// <summary>wᵢ ∝ (1−tᵢ²)/P_(n−1)(tᵢ)², scaled so that the sum is 1.</summary>
    private void NormalizeWeights(DoubleDouble[] weights, int[] exponents)
    {
        int count = _nodes.Length;
        int largest = exponents.Max();
        DoubleDouble sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] *= Math.ScaleB(1, 2 * (exponents[i] - largest));
            sum += 2 * i + 1 == count ? weights[i] : 2 * weights[i];
        }
        for (int i = 0; i < weights.Length; i++)
            _weights[i] = _weights[count - 1 - i] = (double)(weights[i] / sum);
    }
}
