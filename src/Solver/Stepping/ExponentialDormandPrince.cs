using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// Exponential Runge–Kutta pair of order 5(4) for ȧ = γa + N(a): Dormand–Prince around the exact flow of the frozen equation.
/// </summary>
/// <remarks>
/// In a step from a_n with N_n = N(a_n), write
/// <code>
///   a(t_n + τ) = e^{γτ} a_n + τ φ₁(γτ) N_n + e^{γτ} y(τ),      y' = e^{−γτ} (N(a) − N_n),   y(0) = 0,   φ₁(z) = (e^z − 1)/z
/// </code>
/// and integrate y with the Dormand–Prince pair (J. Comput. Appl. Math. 6, 1980; 6 new evaluations, the last is the first of the next
/// step). The classical order is kept, the linear dynamics is exact, stationary states are kept exactly at every step size, and
/// since the nodes cᵢ never decrease, damped modes only meet factors e^{γ(cᵢ−c_j)h} ≤ 1: noise is not stiff.
/// (Generalized Lawson method: Krogstad, J. Comput. Phys. 203, 2005.)
/// </remarks>
public sealed class ExponentialDormandPrince
{
    /// <summary>Order of the solution.</summary>
    public const int Order = 5;

    /// <summary>Order of the embedded solution whose difference estimates the error.</summary>
    public const int EmbeddedOrder = 4;

    private const int Stages = 7;

    private static readonly double[] Nodes = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

    /// <summary>a_ij for j ≥ 1; the weight of stage 0 is not needed, since N(a_n) − N_n = 0. The last row is b.</summary>
    private static readonly double[][] Weights =
    [
        [],
        [],
        [9.0 / 40],
        [-56.0 / 15, 32.0 / 9],
        [-25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [-355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    /// <summary>b − b̂ for stages 1 … 6.</summary>
    private static readonly double[] ErrorWeights =
    [
        0, 500.0 / 1113 - 7571.0 / 16695, 125.0 / 192 - 393.0 / 640, -2187.0 / 6784 + 92097.0 / 339200, 11.0 / 84 - 187.0 / 2100, -1.0 / 40,
    ];

    private readonly ISemilinearFlow _flow;
    private readonly double[][] _nonlinear = new double[Stages][];
    private readonly double[] _stage;
    private readonly double[] _error;
    private readonly double[] _factors; // [degree][slot], slots as laid out by PrepareFactors
    private double _factorStep = double.NaN;
    private double[] _state;
    private double[] _candidate;

    /// <summary>Starts at a state; evaluates N there.</summary>
    public ExponentialDormandPrince(ISemilinearFlow flow, ReadOnlySpan<double> state)
    {
        _flow = flow;
        int count = flow.Basis.Count;
        for (int i = 0; i < Stages; i++) _nonlinear[i] = new double[count];
        _stage = new double[count];
        _error = new double[count];
        _candidate = new double[count];
        _state = state.ToArray();
        _factors = new double[(flow.Basis.Bandlimit + 1) * Slots];
        flow.Nonlinear(_state, _nonlinear[0]);
        Evaluations = 1;
    }

    /// <summary>The last accepted state.</summary>
    public ReadOnlySpan<double> State => _state;

    /// <summary>The state proposed by the last <see cref="TryStep"/>.</summary>
    public ReadOnlySpan<double> Candidate => _candidate;

    /// <summary>Right-hand sides evaluated so far.</summary>
    public long Evaluations { get; private set; }

    private static int Slots { get; } = RowOf(Stages) + ErrorWeights.Length;

    /// <summary>Advances a trial step of size h from <see cref="State"/> to <see cref="Candidate"/>.</summary>
    /// <returns>‖e‖₂/‖deviation from uniform‖₂, e the difference of the two orders: rotation-invariant in L²(σ).</returns>
    public double TryStep(double step)
    {
        PrepareFactors(step);
        for (int i = 1; i < Stages; i++)
        {
            Span<double> target = i == Stages - 1 ? _candidate : _stage;
            Combine(i, target);
            _flow.Nonlinear(target, _nonlinear[i]);
            Evaluations++;
        }
        CombineError();
        double scale = Math.Max(TensorPrimitives.Norm<double>(_candidate.AsSpan(1)), TensorPrimitives.Norm<double>(_state.AsSpan(1)));
        double error = TensorPrimitives.Norm<double>(_error);
        return error == 0 ? 0 : error / scale;
    }

    /// <summary>Makes the candidate the state.</summary>
    public void Accept()
    {
        (_state, _candidate) = (_candidate, _state);
        (_nonlinear[0], _nonlinear[Stages - 1]) = (_nonlinear[Stages - 1], _nonlinear[0]);
    }

    /// <summary>Index of the factor of the state in stage i ≥ 1; the factors of N_0 … N_(i−1) follow it.</summary>
    private static int RowOf(int stage) => stage * (stage - 1) / 2 + stage - 1;

    /// <summary>
    /// Per degree and stage: e^{cᵢγh}; for N_0: cᵢh φ₁(cᵢγh) − Σ_j f_ij; for N_j: f_ij = h a_ij e^{(cᵢ−c_j)γh}. Then the error's h e_j e^{(1−c_j)γh}.
    /// </summary>
    private void PrepareFactors(double h)
    {
        if (h == _factorStep) return;
        _factorStep = h;
        ReadOnlySpan<double> rates = _flow.Rates;
        for (int degree = 0; degree < rates.Length; degree++)
        {
            double rate = rates[degree];
            Span<double> slots = _factors.AsSpan(degree * Slots, Slots);
            for (int i = 1; i < Stages; i++)
            {
                int row = RowOf(i);
                slots[row] = Math.Exp(Nodes[i] * h * rate);
                double first = Nodes[i] * h * Phi1(Nodes[i] * h * rate);
                for (int j = 1; j < i; j++)
                {
                    double factor = h * Weights[i][j - 1] * Math.Exp((Nodes[i] - Nodes[j]) * h * rate);
                    slots[row + 1 + j] = factor;
                    first -= factor;
                }
                slots[row + 1] = first;
            }
            for (int j = 1; j < Stages; j++)
                slots[Slots - Stages + j] = h * ErrorWeights[j - 1] * Math.Exp((1 - Nodes[j]) * h * rate);
        }
    }

    /// <summary>U_i = e^{cᵢγh} a_n + Σ_j f_ij N_j.</summary>
    private void Combine(int stage, Span<double> target)
    {
        HarmonicBasis basis = _flow.Basis;
        int row = RowOf(stage);
        for (int degree = 0; degree <= basis.Bandlimit; degree++)
        {
            ReadOnlySpan<double> factors = _factors.AsSpan(degree * Slots + row, stage + 1);
            (int start, int end) = (basis.Start(degree), basis.Start(degree + 1));
            Span<double> block = target[start..end];
            TensorPrimitives.Multiply(_state.AsSpan(start..end), factors[0], block);
            for (int j = 0; j < stage; j++)
                TensorPrimitives.MultiplyAdd(_nonlinear[j].AsSpan(start..end), factors[j + 1], block, block);
        }
    }

    /// <summary>e = Σ_j h e_j e^{(1−c_j)γh} (N_j − N_0).</summary>
    private void CombineError()
    {
        HarmonicBasis basis = _flow.Basis;
        for (int degree = 0; degree <= basis.Bandlimit; degree++)
        {
            ReadOnlySpan<double> factors = _factors.AsSpan(degree * Slots + Slots - Stages + 1, Stages - 1);
            (int start, int end) = (basis.Start(degree), basis.Start(degree + 1));
            Span<double> block = _error.AsSpan(start..end);
            TensorPrimitives.Multiply(_nonlinear[0].AsSpan(start..end), -TensorPrimitives.Sum(factors), block);
            for (int j = 1; j < Stages; j++)
                TensorPrimitives.MultiplyAdd(_nonlinear[j].AsSpan(start..end), factors[j - 1], block, block);
        }
    }

    /// <summary>φ₁(z) = (e^z − 1)/z = e^{z/2} sinh(z/2)/(z/2), without cancellation.</summary>
    private static double Phi1(double z)
    {
        if (z == 0) return 1;
        return Math.Abs(z) > 1 ? (Math.Exp(z) - 1) / z : Math.Exp(0.5 * z) * Math.Sinh(0.5 * z) / (0.5 * z);
    }
}
