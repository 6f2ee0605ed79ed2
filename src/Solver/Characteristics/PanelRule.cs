using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Polynomials on one panel [−1, 1], held by their values at p Gauss–Legendre nodes.</summary>
/// <remarks>
/// Quadrature is exact to degree 2p − 1. The last two Legendre coefficients tell whether a function is resolved;
/// halving a panel evaluates the polynomial at the nodes of both halves, so that integrals do not change.
/// </remarks>
public sealed class PanelRule
{
    private readonly double[] _nodes;
    private readonly double[] _weights;
    private readonly double[] _derivative; // [p·p] row i: f'(x_i) from the values
    private readonly double[][] _halves; // [2][p·p] row i: f at node i of the half
    private readonly double[][] _tail; // [2][p] functionals c_{p−1}, c_{p−2}
    private readonly double[] _barycentric;

    /// <summary>Computes the rule.</summary>
    /// <param name="order">p ≥ 3 nodes.</param>
    /// <exception cref="ArgumentOutOfRangeException">order &lt; 3.</exception>
    public PanelRule(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 3);
        GaussGegenbauerRule gauss = GaussGegenbauerRule.Create(3, order);
        _nodes = gauss.Nodes.ToArray();
        _weights = gauss.Weights.ToArray();
        Array.Reverse(_nodes);
        Array.Reverse(_weights);
        _barycentric = BarycentricWeights();
        _derivative = Derivative(_barycentric);
        _halves = [Half(-0.5), Half(0.5)];
        _tail = [LegendreFunctional(order - 1), LegendreFunctional(order - 2)];
    }

    /// <summary>p, the number of nodes.</summary>
    public int Order => _nodes.Length;

    /// <summary>Nodes on (−1, 1), ascending.</summary>
    public ReadOnlySpan<double> Nodes => _nodes;

    /// <summary>Quadrature weights of ½∫f dx; their sum is 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The largest of the last two Legendre coefficients |c_(p−1)|, |c_(p−2)| of values along a line of the panel.</summary>
    /// <param name="values">Where the line starts.</param>
    /// <param name="stride">Distance between neighbours on the line.</param>
    public double Tail(ReadOnlySpan<double> values, int stride)
    {
        double last = 0, before = 0;
        for (int i = 0; i < _nodes.Length; i++)
        {
            last += _tail[0][i] * values[i * stride];
            before += _tail[1][i] * values[i * stride];
        }
        return Math.Max(Math.Abs(last), Math.Abs(before));
    }

    /// <summary>f′(x_i) on [−1, 1] from the values along a line.</summary>
    public double Derivative(int node, ReadOnlySpan<double> values, int stride) => Row(_derivative, node, values, stride);

    /// <summary>f at a node of the lower (0) or upper (1) half.</summary>
    public double AtHalf(int half, int node, ReadOnlySpan<double> values, int stride) => Row(_halves[half], node, values, stride);

    /// <summary>The p numbers that turn values at the nodes into the value at x: barycentric interpolation.</summary>
    /// <param name="x">On [−1, 1].</param>
    /// <param name="cardinals">[p] receives the Lagrange polynomials at x.</param>
    public void Cardinals(double x, Span<double> cardinals)
    {
        double sum = 0;
        for (int j = 0; j < _nodes.Length; j++)
        {
            if (x == _nodes[j])
            {
                cardinals.Clear();
                cardinals[j] = 1;
                return;
            }
            cardinals[j] = _barycentric[j] / (x - _nodes[j]);
            sum += cardinals[j];
        }
        for (int j = 0; j < _nodes.Length; j++) cardinals[j] /= sum;
    }

    /// <summary>Relative error of p Gauss nodes on a wave that turns by <paramref name="angle"/> over the panel: (angle/4)^2p/(2p)!.</summary>
    public double WaveError(double angle)
    {
        double error = 1;
        for (int k = 1; k <= 2 * Order; k++) error *= angle / 4 / k;
        return Math.Min(1, error);
    }

    private double Row(double[] matrix, int row, ReadOnlySpan<double> values, int stride)
    {
        double sum = 0;
        for (int i = 0; i < _nodes.Length; i++) sum += matrix[row * _nodes.Length + i] * values[i * stride];
        return sum;
    }

    private double[] BarycentricWeights()
    {
        var weights = new double[_nodes.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double product = 1;
            for (int j = 0; j < weights.Length; j++)
                if (j != i) product *= 2 * (_nodes[i] - _nodes[j]);
            weights[i] = 1 / product;
        }
        return weights;
    }

    // D_ij = (b_j/b_i)/(x_i − x_j), rows summing to zero.
    private double[] Derivative(double[] barycentric)
    {
        int p = _nodes.Length;
        var matrix = new double[p * p];
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                if (j == i) continue;
                double entry = barycentric[j] / barycentric[i] / (_nodes[i] - _nodes[j]);
                matrix[i * p + j] = entry;
                matrix[i * p + i] -= entry;
            }
        }
        return matrix;
    }

    private double[] Half(double centre)
    {
        var matrix = new double[Order * Order];
        for (int i = 0; i < Order; i++) Cardinals(centre + 0.5 * _nodes[i], matrix.AsSpan(i * Order, Order));
        return matrix;
    }

    // c_k = (2k+1) ½∫ f P_k dx by the rule itself.
    private double[] LegendreFunctional(int degree)
    {
        var functional = new double[_nodes.Length];
        for (int i = 0; i < functional.Length; i++)
        {
            double value = 1, below = 0;
            for (int k = 0; k < degree; k++)
                (below, value) = (value, ((2 * k + 1) * _nodes[i] * value - k * below) / (k + 1));
            functional[i] = (2 * degree + 1) * _weights[i] * value;
        }
        return functional;
    }
}
