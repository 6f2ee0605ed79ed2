using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Everything that goes into result.h5.</summary>
/// <param name="Header">What was computed.</param>
/// <param name="Snapshots">The states in order of time; bandlimits may differ, and recorded tokens be missing at first. Each is asked for twice at the most.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="OutputDegree">Coefficients are stored at least up to this degree.</param>
public sealed record Result(ResultHeader Header, SnapshotHistory Snapshots, Outcome Outcome, int OutputDegree)
{
    /// <summary>The phases predicted and measured; null where nothing grows about the uniform state.</summary>
    public PhaseReport? Phases { get; init; }

    /// <summary>The trained network; null for a run.</summary>
    public TrainingReport? Training { get; init; }

    /// <summary>Time at which a density in harmonics was handed over to characteristics; null if it was not.</summary>
    public double? HandoverTime { get; init; }
}
