using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Steps ȧ = γa + N(a) with an embedded exponential Runge–Kutta method; the coefficient functions depend on the degree only.</summary>
/// <remarks>Allocates nothing per step. Reductions have a fixed order, so the same run gives the same bits.</remarks>
public sealed class ExponentialRungeKutta
{
    private readonly ISemilinearFlow _flow;
    private readonly ExponentialTableau _tableau;
    private readonly double[][] _nonlinear;
    private readonly double[] _stage;
    private readonly double[] _error;
    private readonly double[] _factors; // [degree][row by row: e^{cᵢz}, h a_i0 … h a_i,i−1; last h e_0 … h e_last]
    private readonly int _slots;
    private double _factorStep = double.NaN;
    private double[] _state;
    private double[] _candidate;

    /// <summary>Starts at a state; evaluates N there.</summary>
    public ExponentialRungeKutta(ISemilinearFlow flow, ReadOnlySpan<double> state, ExponentialTableau tableau)
    {
        _flow = flow;
        _tableau = tableau;
        int count = flow.Basis.Count;
        _nonlinear = new double[tableau.Stages][];
        for (int i = 0; i < tableau.Stages; i++) _nonlinear[i] = new double[count];
        _stage = new double[count];
        _error = new double[count];
        _candidate = new double[count];
        _state = state.ToArray();
        _slots = RowOf(tableau.Stages) + tableau.Stages;
        _factors = new double[(flow.Basis.Bandlimit + 1) * _slots];
        flow.Nonlinear(_state, _nonlinear[0]);
        Evaluations = 1;
    }

    /// <summary>The last accepted state.</summary>
    public ReadOnlySpan<double> State => _state;

    /// <summary>The state proposed by the last <see cref="TryStep"/>.</summary>
    public ReadOnlySpan<double> Candidate => _candidate;

    /// <summary>Right-hand sides evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Advances a trial step of size h from <see cref="State"/> to <see cref="Candidate"/>.</summary>
    /// <returns>‖e‖₂/‖deviation from uniform‖₂, e the difference of the two orders: rotation-invariant in L²(σ).</returns>
    public double TryStep(double step)
    {
        PrepareFactors(step);
        for (int i = 1; i < _tableau.Stages; i++)
        {
            double[] target = i == _tableau.Stages - 1 ? _candidate : _stage;
            Combine(RowOf(i), i, target);
            _flow.Nonlinear(target, _nonlinear[i]);
            Evaluations++;
        }
        Combine(RowOf(_tableau.Stages) - 1, _tableau.Stages, _error, withState: false);
        double scale = Math.Max(TensorPrimitives.Norm<double>(_candidate.AsSpan(1)), TensorPrimitives.Norm<double>(_state.AsSpan(1)));
        double error = TensorPrimitives.Norm<double>(_error);
        return error == 0 ? 0 : error / scale;
    }

    /// <summary>Makes the candidate the state.</summary>
    public void Accept()
    {
        (_state, _candidate) = (_candidate, _state);
        (_nonlinear[0], _nonlinear[^1]) = (_nonlinear[^1], _nonlinear[0]);
    }

    /// <summary>Index of the factor of the state in stage i ≥ 1; the factors of N_0 … N_(i−1) follow it.</summary>
    private static int RowOf(int stage) => stage * (stage - 1) / 2 + stage - 1;

    private void PrepareFactors(double h)
    {
        if (h == _factorStep) return;
        _factorStep = h;
        ReadOnlySpan<double> rates = _flow.Rates;
        for (int degree = 0; degree < rates.Length; degree++)
        {
            double z = h * rates[degree];
            Span<double> slots = _factors.AsSpan(degree * _slots, _slots);
            for (int i = 1; i < _tableau.Stages; i++)
            {
                slots[RowOf(i)] = Math.Exp(_tableau.Nodes[i] * z);
                Span<double> weights = slots.Slice(RowOf(i) + 1, i);
                _tableau.StageWeights(i, z, weights);
                TensorPrimitives.Multiply(weights, h, weights);
            }
            Span<double> error = slots[^_tableau.Stages..];
            _tableau.ErrorWeights(z, error);
            TensorPrimitives.Multiply(error, h, error);
        }
    }

    /// <summary>target = e^{cz} a_n + Σ_{j&lt;terms} f_j N_j, degree by degree; the error has no term in a_n.</summary>
    private void Combine(int row, int terms, double[] target, bool withState = true)
    {
        HarmonicBasis basis = _flow.Basis;
        for (int degree = 0; degree <= basis.Bandlimit; degree++)
        {
            ReadOnlySpan<double> factors = _factors.AsSpan(degree * _slots + row, terms + 1);
            (int start, int end) = (basis.Start(degree), basis.Start(degree + 1));
            Span<double> block = target.AsSpan(start..end);
            if (withState) TensorPrimitives.Multiply(_state.AsSpan(start..end), factors[0], block);
            else block.Clear();
            for (int j = 0; j < terms; j++)
            {
                if (factors[j + 1] != 0)
                    TensorPrimitives.MultiplyAdd(_nonlinear[j].AsSpan(start..end), factors[j + 1], block, block);
            }
        }
    }
}
