namespace Meanfield.Solver;

/// <summary>Numerical settings of a token run.</summary>
public sealed record TokenSettings
{
    /// <summary>Output times, ascending, the first 0.</summary>
    public required IReadOnlyList<double> OutputTimes { get; init; }

    /// <summary>Relative error per step (<see cref="TokenStepper"/>); with noise it only bounds the fixed step from below.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Which forces.</summary>
    public ForceChoice Forces { get; init; } = ForceChoice.Auto;

    /// <summary>Layer normalization; anything but Post excludes noise.</summary>
    public NormSettings Norm { get; init; } = new();

    /// <summary>Largest degree of the moments in snapshots.</summary>
    public int Degree { get; init; } = 32;

    /// <summary>Tokens whose positions are recorded, taken evenly by index.</summary>
    public int RecordedTokens { get; init; } = 2000;

    /// <summary>Seed of the noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Step with noise; null for <see cref="NoisyStepper.StepFor"/>'s. Intervals between output times are divided evenly.</summary>
    public double? NoiseStep { get; init; }
}

/// <summary>All that a token run needs to go on with the same bits.</summary>
/// <param name="Time">The model's own time reached.</param>
/// <param name="SlopeTime">Time of the slope at the state, <see cref="TokenStepper.SlopeTime"/>.</param>
/// <param name="State">[rows·N] as in <see cref="TokenDynamics"/>; owned by the checkpoint.</param>
/// <param name="Step">Step to try next.</param>
/// <param name="LastStep">Last step taken.</param>
/// <param name="PreviousRatio">Error over tolerance of the last accepted step.</param>
/// <param name="Outputs">Output times published.</param>
/// <param name="IntervalSteps">Steps taken since the last of them.</param>
/// <param name="Steps">Accepted steps: with noise, the place in the stream of random numbers.</param>
/// <param name="Rejected">Rejected steps.</param>
/// <param name="Evaluations">Forces evaluated.</param>
/// <param name="Observables">Scalars at the last output time.</param>
public sealed record TokenCheckpoint(
    double Time, double SlopeTime, double[] State, double Step, double LastStep, double PreviousRatio, int Outputs, int IntervalSteps,
    long Steps, long Rejected, long Evaluations, Observables Observables);
