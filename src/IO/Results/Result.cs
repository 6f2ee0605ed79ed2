using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Everything that goes into result.h5.</summary>
/// <param name="Header">What was computed.</param>
/// <param name="Snapshots">The states in order of time; bandlimits may differ. Each is asked for more than once.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="OutputDegree">Coefficients are stored at least up to this degree.</param>
public sealed record Result(ResultHeader Header, IReadOnlyList<Snapshot> Snapshots, Outcome Outcome, int OutputDegree)
{
    /// <summary>Tokens at the same output times, for schemes that have them.</summary>
    public TokenHistory? Tokens { get; init; }

    /// <summary>The phases predicted and measured; null where nothing grows about the uniform state.</summary>
    public PhaseReport? Phases { get; init; }

    /// <summary>Time at which a density in harmonics was handed over to characteristics; null if it was not.</summary>
    public double? HandoverTime { get; init; }
}
