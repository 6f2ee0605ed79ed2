namespace Meanfield.Solver;

/// <summary>All that a density run needs to go on with the same bits.</summary>
/// <remarks>N at the state is evaluated anew: with the same flow (bandlimit, oversampling, engine) it has the bits of the last stage of the step before.</remarks>
/// <param name="Time">The model's own time reached.</param>
/// <param name="Bandlimit">Largest degree of the state.</param>
/// <param name="Oversampling">That of its flow, <see cref="DensityFlow.Oversampling"/>.</param>
/// <param name="Coefficients">[Count] the state; owned by the checkpoint.</param>
/// <param name="Step">Step to try next.</param>
/// <param name="LastStep">Last step taken.</param>
/// <param name="PreviousRatio">Error over tolerance of the last accepted step.</param>
/// <param name="Outputs">Output times published.</param>
/// <param name="PublishedTime">Time of the last snapshot; −∞ before the first.</param>
/// <param name="Steps">Accepted steps.</param>
/// <param name="Rejected">Rejected steps.</param>
/// <param name="Evaluations">Right-hand sides evaluated.</param>
/// <param name="Observables">Scalars at the last snapshot.</param>
/// <param name="Warnings">Sentences so far.</param>
/// <param name="Truth">What the monitors remember.</param>
public sealed record DensityCheckpoint(
    double Time, int Bandlimit, int Oversampling, double[] Coefficients, double Step, double LastStep, double PreviousRatio,
    int Outputs, double PublishedTime, long Steps, long Rejected, long Evaluations, Observables Observables, IReadOnlyList<string> Warnings, TruthCheckpoint Truth);
