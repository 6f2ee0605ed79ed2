namespace Meanfield.Solver;

/// <summary>A state at one output time.</summary>
/// <param name="Time">The model's own time.</param>
/// <param name="Bandlimit">Largest degree in <paramref name="Coefficients"/>.</param>
/// <param name="Coefficients">∫Y dμ in the order of <see cref="Spectral.HarmonicBasis"/>; owned by the snapshot.</param>
/// <param name="Observables">Scalars at this time.</param>
public sealed record Snapshot(double Time, int Bandlimit, double[] Coefficients, Observables Observables)
{
    /// <summary>Whether the state has moments of higher degree that are not recorded (tokens), rather than none (a density in harmonics).</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Positions [n·d] of the tokens that are recorded, token after token; null for a scheme without tokens.</summary>
    public double[]? Positions { get; init; }

    /// <summary>Cluster [n] of each recorded token, by falling mass; −1 for a straggler; null where clusters were not counted.</summary>
    public int[]? ClusterIds { get; init; }
}

/// <summary>Receives the snapshots of a run, in order of time.</summary>
public interface ISnapshotSink
{
    /// <summary>Takes one snapshot; the solver does not touch it again.</summary>
    void Accept(Snapshot snapshot);
}

/// <summary>Where a run stands.</summary>
/// <param name="Time">The model's own time reached.</param>
/// <param name="Until">Where the run ends.</param>
/// <param name="Steps">Accepted steps so far.</param>
/// <param name="Rejected">Rejected steps so far.</param>
/// <param name="Observables">Scalars at the last output time.</param>
public readonly record struct Progress(double Time, double Until, long Steps, long Rejected, Observables Observables);

/// <summary>Shows progress.</summary>
public interface IProgressSink
{
    /// <summary>Called after each accepted step and each snapshot; must return quickly.</summary>
    void Report(in Progress progress);
}
