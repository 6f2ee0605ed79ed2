using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>Steps of dX = v dt + √(2κ) dB with weak order 2: half a step of noise, a step of the flow, half a step of noise.</summary>
/// <remarks>
/// Strang splitting, symmetric; the flow is stepped by the midpoint rule on the sphere, the noise by <see cref="BrownianStep"/> (exact on the circle).
/// Two forces per step. Step n uses substeps 2n and 2n + 1 of the noise, so a run resumes from its step number alone.
/// </remarks>
public sealed class NoisyStepper
{
    /// <summary>Forces evaluated by a step: the midpoint rule between two halves of diffusion.</summary>
    public const int EvaluationsPerStep = 2;

    private readonly TokenForce _force;
    private readonly BrownianStep _noise;
    private readonly double[] _velocity;
    private readonly double[] _middle;
    private readonly double[] _state;

    /// <summary>Starts at positions [d·N].</summary>
    public NoisyStepper(TokenForce force, ReadOnlySpan<double> positions, ulong seed, int threads = 0)
    {
        _force = force;
        _noise = new BrownianStep(force.Model.Dimension, force.Count, seed, threads);
        _state = positions.ToArray();
        _velocity = new double[_state.Length];
        _middle = new double[_state.Length];
    }

    /// <summary>The positions reached, [d·N].</summary>
    public ReadOnlySpan<double> State => _state;

    /// <summary>Forces evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Advances by h.</summary>
    /// <param name="step">h.</param>
    /// <param name="number">Number n of this step in the run, from 0.</param>
    public void Step(double step, long number)
    {
        double spread = 0.5 * _force.Model.Attention.Noise * step;
        _noise.Move(_state, spread, 2 * (ulong)number);
        _force.Velocity(_state, _velocity);
        Advance(0.5 * step, _middle);
        _force.Velocity(_middle, _velocity);
        Advance(step, _state);
        Evaluations += EvaluationsPerStep;
        _noise.Move(_state, spread, 2 * (ulong)number + 1);
    }

    /// <summary>
    /// The step whose weak error (hΛ)²/12 stays below a tenth of the sampling error 1/√N or the tolerance, whichever is larger; at most ½/Λ.
    /// Λ is <see cref="TokenModel.FastestRate"/>.
    /// </summary>
    public static double StepFor(TokenModel model, int count, double tolerance)
    {
        double share = Math.Max(tolerance, 0.1 / Math.Sqrt(count));
        double step = Math.Min(0.5, Math.Sqrt(12 * share)) / model.FastestRate;
        return Math.Min(step, 2 * BrownianStep.LargestSpread(model.Dimension) / model.Attention.Noise);
    }

    // target = (x + τ v)/|x + τ v|
    private void Advance(double time, double[] target)
    {
        TensorPrimitives.MultiplyAdd(_velocity, time, _state, target);
        int count = _force.Count;
        for (int i = 0; i < count; i++)
        {
            double square = 0;
            for (int at = i; at < target.Length; at += count) square += target[at] * target[at];
            double scale = 1 / Math.Sqrt(square);
            for (int at = i; at < target.Length; at += count) target[at] *= scale;
        }
    }
}
