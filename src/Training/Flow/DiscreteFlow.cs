using System.Numerics.Tensors;
using Meanfield.Solver;

namespace Meanfield.Training;

/// <summary>The time-discrete forward map a_0, W_0 … W_(n−1) ↦ a_n and its exact adjoint, with checkpoints whose memory grows like √n.</summary>
/// <remarks>
/// Each of the n steps of size h = T/n has its own W_k, a layer of the network, and is one step of the exponential Runge–Kutta method of stiff
/// order 4 of Hochbruck and Ostermann with the noise γ_ℓ = −κℓ(ℓ+d−2) exact:
/// <code>
///   U_0 = a_k,  U_i = e^{cᵢγh} a_k + h Σ_{j&lt;i} a_ij(γh) N(U_j, W_k),   a_(k+1) = U_s
///   reverse, from Ū_s = p_(k+1):  N̄_j = h Σ_{i&gt;j} a_ij Ūᵢ,   Ū_j = (∂N/∂a(U_j))ᵀ N̄_j,   W̄_k = Σ_j (∂N/∂W(U_j))ᵀ N̄_j,   p_k = Ū_0 + Σ_{i&gt;0} e^{cᵢγh} Ūᵢ
/// </code>
/// Forward keeps every m-th state, m = √(n/s); reverse computes one segment of m steps again and keeps its stages: n/m + sm ≈ 2√(sn) states in all,
/// and each step is computed twice. Source: reverse mode of the tableau, written out; no continuous adjoint equation is discretized.
/// </remarks>
public sealed class DiscreteFlow
{
    private readonly ControlledFlow _flow;
    private readonly int _stages; // evaluations of N per step: U_0 … U_(s−1)
    private readonly double[][] _decay; // [i − 1][coefficient] e^{cᵢγh}
    private readonly double[]?[][] _weights; // [i − 1][j][coefficient] h a_ij, null where 0
    private readonly double[][] _slopes; // N_j, or N̄_j
    private readonly double[][] _checkpoints;
    private readonly double[][] _tape; // [m·s] stages of a segment
    private readonly double[] _bar;
    private readonly double[] _final;

    /// <summary>Prepares n steps over [0, T].</summary>
    /// <param name="flow">The flow; its <see cref="ControlledFlow.Steer"/> is called for every step.</param>
    /// <param name="horizon">T &gt; 0.</param>
    /// <param name="steps">n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">horizon or steps not greater than 0.</exception>
    public DiscreteFlow(ControlledFlow flow, double horizon, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        _flow = flow;
        (Horizon, Steps, Step) = (horizon, steps, horizon / steps);
        ExponentialTableau tableau = ExponentialTableau.HochbruckOstermann;
        _stages = tableau.Stages - 1;
        Segment = SegmentFor(steps, _stages);
        int count = flow.Basis.Count;
        _slopes = States(_stages, count);
        _checkpoints = States((steps + Segment - 1) / Segment, count);
        _tape = States(Segment * _stages, count);
        (_bar, _final) = (new double[count], new double[count]);
        (_decay, _weights) = Factors(tableau);
    }

    /// <summary>T.</summary>
    public double Horizon { get; }

    /// <summary>Number of steps n, the layers.</summary>
    public int Steps { get; }

    /// <summary>h = T/n.</summary>
    public double Step { get; }

    /// <summary>Steps between checkpoints m.</summary>
    public int Segment { get; }

    /// <summary>States held: checkpoints and the stages of one segment.</summary>
    public int StatesHeld => _checkpoints.Length + _tape.Length;

    /// <summary>Right-hand sides evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Transposed right-hand sides evaluated so far.</summary>
    public long TransposedEvaluations { get; private set; }

    /// <summary>a_n after the last <see cref="Forward"/>.</summary>
    public ReadOnlySpan<double> Final => _final;

    /// <summary>States held for n steps of any flow.</summary>
    public static int StatesFor(int steps)
    {
        int stages = ExponentialTableau.HochbruckOstermann.Stages - 1, segment = SegmentFor(steps, stages);
        return (steps + segment - 1) / segment + segment * stages;
    }

    /// <summary>Advances a_0 to a_n and keeps checkpoints for <see cref="Reverse"/>.</summary>
    /// <param name="initial">[Basis.Count] a_0.</param>
    /// <param name="controls">[n·ControlSize] W_0 … W_(n−1).</param>
    public void Forward(ReadOnlySpan<double> initial, ReadOnlySpan<double> controls)
    {
        initial.CopyTo(_final);
        for (int k = 0; k < Steps; k++)
        {
            int place = k % Segment;
            if (place == 0) _final.CopyTo(_checkpoints[k / Segment], 0);
            _final.CopyTo(_tape[place * _stages], 0);
            Advance(place, Control(controls, k), _final);
        }
    }

    /// <summary>Carries p_n = ∂J/∂a_n back to p_0 along the trajectory of the last <see cref="Forward"/> and collects ∂J/∂W_k.</summary>
    /// <param name="controls">[n·ControlSize] those of <see cref="Forward"/>.</param>
    /// <param name="adjoint">[Basis.Count] p_n; receives p_0.</param>
    /// <param name="gradient">[n·ControlSize] receives ∂J/∂W_k.</param>
    /// <param name="observer">Sees (k, a_k, p_k) for k = n, n − 1, …, 0; may be null. It may use the flow.</param>
    public void Reverse(ReadOnlySpan<double> controls, Span<double> adjoint, Span<double> gradient, IAdjointObserver? observer = null)
    {
        gradient.Clear();
        observer?.Observe(Steps, _final, adjoint);
        for (int segment = _checkpoints.Length - 1; segment >= 0; segment--)
        {
            int first = segment * Segment, last = Math.Min(Steps, first + Segment);
            _checkpoints[segment].CopyTo(_tape[0], 0);
            for (int k = first; k < last; k++)
                Advance(k - first, Control(controls, k), k + 1 < last ? _tape[(k + 1 - first) * _stages] : _bar);
            for (int k = last - 1; k >= first; k--)
            {
                _flow.Steer(Control(controls, k));
                Retreat((k - first) * _stages, adjoint, gradient.Slice(k * _flow.Model.ControlSize, _flow.Model.ControlSize));
                observer?.Observe(k, _tape[(k - first) * _stages], adjoint);
            }
        }
    }

    // Steps between checkpoints that make checkpoints n/m and stages s m equal.
    private static int SegmentFor(int steps, int stages) => Math.Max(1, (int)Math.Round(Math.Sqrt((double)steps / stages)));

    private ReadOnlySpan<double> Control(ReadOnlySpan<double> controls, int step) =>
        controls.Slice(step * _flow.Model.ControlSize, _flow.Model.ControlSize);

    // From the state on the tape at a place, through the stages there, to the next state.
    private void Advance(int place, ReadOnlySpan<double> control, double[] next)
    {
        _flow.Steer(control);
        int start = place * _stages;
        for (int i = 1; i <= _stages; i++)
        {
            _flow.Nonlinear(_tape[start + i - 1], _slopes[i - 1]);
            double[] target = i == _stages ? next : _tape[start + i];
            TensorPrimitives.Multiply(_decay[i - 1], _tape[start], target);
            for (int j = 0; j < i; j++)
                if (_weights[i - 1][j] is { } weights) TensorPrimitives.MultiplyAdd(weights, _slopes[j], target, target);
        }
        Evaluations += _stages;
    }

    private void Retreat(int start, Span<double> adjoint, Span<double> gradient)
    {
        for (int j = 0; j < _stages; j++) Weigh(_stages, j, adjoint, clear: true);
        TensorPrimitives.Multiply(adjoint, _decay[_stages - 1], adjoint);
        for (int i = _stages - 1; i > 0; i--)
        {
            _bar.AsSpan().Clear();
            _flow.AddTransposed(_tape[start + i], _slopes[i], _bar, gradient);
            for (int j = 0; j < i; j++) Weigh(i, j, _bar, clear: false);
            TensorPrimitives.MultiplyAdd(_bar, _decay[i - 1], adjoint, adjoint);
        }
        _flow.AddTransposed(_tape[start], _slopes[0], adjoint, gradient);
        TransposedEvaluations += _stages;
    }

    // N̄_j (+)= h a_ij Ūᵢ
    private void Weigh(int i, int j, ReadOnlySpan<double> bar, bool clear)
    {
        if (clear) _slopes[j].AsSpan().Clear();
        if (_weights[i - 1][j] is { } weights) TensorPrimitives.MultiplyAdd(weights, bar, _slopes[j], _slopes[j]);
    }

    private (double[][] Decay, double[]?[][] Weights) Factors(ExponentialTableau tableau)
    {
        double[][] decay = States(_stages, _flow.Basis.Count);
        var weights = new double[]?[_stages][];
        var row = new double[_stages];
        for (int i = 1; i <= _stages; i++)
        {
            double[][] all = States(i, _flow.Basis.Count);
            for (int degree = 0; degree <= _flow.Basis.Bandlimit; degree++)
            {
                double z = Step * _flow.Rates[degree];
                tableau.StageWeights(i, z, row.AsSpan(0, i));
                for (int at = _flow.Basis.Start(degree); at < _flow.Basis.Start(degree + 1); at++)
                {
                    decay[i - 1][at] = Math.Exp(tableau.Nodes[i] * z);
                    for (int j = 0; j < i; j++) all[j][at] = Step * row[j];
                }
            }
            weights[i - 1] = [.. all.Select(values => Array.TrueForAll(values, value => value == 0) ? null : values)];
        }
        return (decay, weights);
    }

    private static double[][] States(int number, int count) => [.. Enumerable.Range(0, number).Select(_ => new double[count])];
}

/// <summary>Sees a trajectory and its adjoint from the end to the start.</summary>
public interface IAdjointObserver
{
    /// <summary>Called at step k with a_k and p_k, which it must copy to keep.</summary>
    void Observe(int step, ReadOnlySpan<double> state, ReadOnlySpan<double> adjoint);
}
