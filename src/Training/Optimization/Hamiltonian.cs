using System.Numerics.Tensors;

namespace Meanfield.Training;

/// <summary>The Hamiltonian H = p·ȧ(a, W) + (λ/2)‖W‖² at the control that minimizes it, W = −G(a, p)/λ, G = (∂N/∂W)ᵀp, along a trajectory.</summary>
/// <remarks>
/// H = ∫[∇φ·(v[μ] + PWσ) + κΔφ]dμ + (λ/2)‖W‖², constant in t along an optimum of the continuous problem (THEORY 5.2, A6; p are the coefficients of φ).
/// It is evaluated at every <paramref name="stride"/>-th step. Along a discrete optimum it is constant to O(h²).
/// </remarks>
/// <param name="problem">The problem.</param>
/// <param name="stride">Steps between evaluations.</param>
public sealed class Hamiltonian(ControlProblem problem, int stride) : IAdjointObserver
{
    private readonly double[] _control = new double[problem.Flow.Model.ControlSize];
    private readonly double[] _state = new double[problem.Flow.Basis.Count];
    private double _sum;
    private int _count;

    /// <summary>Smallest value since <see cref="Start"/>.</summary>
    public double Minimum { get; private set; }

    /// <summary>Largest value since <see cref="Start"/>.</summary>
    public double Maximum { get; private set; }

    /// <summary>Mean of the values since <see cref="Start"/>.</summary>
    public double Mean => _sum / _count;

    /// <summary>Forgets the values.</summary>
    public void Start() => (_sum, _count, Minimum, Maximum) = (0, 0, double.PositiveInfinity, double.NegativeInfinity);

    /// <inheritdoc/>
    public void Observe(int step, ReadOnlySpan<double> state, ReadOnlySpan<double> adjoint)
    {
        if (step % stride != 0 && step != problem.Map.Steps) return;
        double value = At(state, adjoint);
        _sum += value;
        _count++;
        (Minimum, Maximum) = (Math.Min(Minimum, value), Math.Max(Maximum, value));
    }

    /// <summary>H at a state and an adjoint state.</summary>
    public double At(ReadOnlySpan<double> state, ReadOnlySpan<double> adjoint)
    {
        _control.AsSpan().Clear();
        _state.AsSpan().Clear();
        problem.Flow.AddTransposed(state, adjoint, _state, _control);
        TensorPrimitives.Multiply(_control, -1 / problem.Regularization, _control);
        problem.Flow.Steer(_control);
        return problem.Flow.Pairing(state, adjoint) + 0.5 * problem.Regularization * TensorPrimitives.SumOfSquares<double>(_control);
    }
}
