using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Where a run stands: the checkpoint of the solver at work, and what came before it.</summary>
public sealed record RunCheckpoint
{
    /// <summary>The density in harmonics, if that is at work.</summary>
    public DensityCheckpoint? Density { get; init; }

    /// <summary>The density along characteristics, if that is at work.</summary>
    public CharacteristicCheckpoint? Characteristics { get; init; }

    /// <summary>The tokens, if they are at work.</summary>
    public TokenCheckpoint? Tokens { get; init; }

    /// <summary>Outputs published of a perturbation series, which is computed again; null for another scheme.</summary>
    public int? SeriesOutputs { get; init; }

    /// <summary>The hand-over behind the characteristics; null where there was none.</summary>
    public RunHandover? Handover { get; init; }

    /// <summary>The outcome of a run that was interrupted here.</summary>
    /// <param name="validUntil">Its last output time.</param>
    /// <param name="message">One sentence.</param>
    public Outcome Interrupted(double validUntil, string message)
    {
        (long steps, long rejected, long evaluations, IReadOnlyList<string> warnings) = this switch
        {
            { Density: { } d } => (d.Steps, d.Rejected, d.Evaluations, d.Warnings),
            { Characteristics: { } c } => (c.Steps, c.Rejected, c.Evaluations, c.Warnings),
            { Tokens: { } t } => (t.Steps, t.Rejected, t.Evaluations, []),
            _ => (0, 0, 0, []),
        };
        return Handover?.Spectral is { } before
            ? new Outcome(OutcomeKind.Stopped, validUntil, message, [.. before.Warnings, .. warnings], before.Steps + steps, before.Rejected + rejected, before.Evaluations + evaluations)
            : new Outcome(OutcomeKind.Stopped, validUntil, message, warnings, steps, rejected, evaluations);
    }
}

/// <summary>A density in harmonics that was handed over to characteristics.</summary>
/// <param name="Time">When.</param>
/// <param name="Bandlimit">The bandlimit that no longer resolved it.</param>
/// <param name="Spectral">How the run in harmonics ended.</param>
public sealed record RunHandover(double Time, int Bandlimit, Outcome Spectral);
