namespace Meanfield.Training;

/// <summary>How a network is trained.</summary>
public enum TrainingMethod
{
    /// <summary>L-BFGS with a line search for the weak Wolfe conditions (MathNet).</summary>
    QuasiNewton,

    /// <summary>The relaxed fixed-point iteration W ← W − r (W + G/λ).</summary>
    FixedPoint,
}

/// <summary>Settings of the training.</summary>
public sealed record TrainingSettings
{
    /// <summary>Method.</summary>
    public TrainingMethod Method { get; init; } = TrainingMethod.QuasiNewton;

    /// <summary>Optimality residual ‖W + G/λ‖/‖W‖ at which training ends.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Evaluations of objective and gradient at most.</summary>
    public int Iterations { get; init; } = 500;

    /// <summary>Quasi-Newton: pairs of steps and gradients remembered.</summary>
    public int Memory { get; init; } = 20;

    /// <summary>Fixed point: first relaxation r, 0 … 1; it is halved until the objective falls and then grows again.</summary>
    public double Relaxation { get; init; } = 0.5;

    /// <summary>Vectors of controls held by the method.</summary>
    public int Vectors => Method == TrainingMethod.QuasiNewton ? 2 * Memory + 10 : 6;
}
