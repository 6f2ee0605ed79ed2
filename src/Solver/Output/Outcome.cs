namespace Meanfield.Solver;

/// <summary>How a run ended.</summary>
public enum OutcomeKind
{
    /// <summary>The end time was reached with every state resolved.</summary>
    Completed,

    /// <summary>The largest bandlimit no longer resolves the state; results are valid until the time stated.</summary>
    ResolutionLost,

    /// <summary>Stopped on request between two steps; it can be resumed from its checkpoint.</summary>
    Stopped,
}

/// <summary>The end of a run, in words that say what happened and what to change.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="ValidUntil">Last time whose state is resolved.</param>
/// <param name="Message">One sentence: what, when, and the remedy.</param>
/// <param name="Warnings">Sentences on anything short of a loss: positivity, monotonicity, quadrature.</param>
/// <param name="Steps">Accepted steps.</param>
/// <param name="Rejected">Rejected steps.</param>
/// <param name="Evaluations">Right-hand sides evaluated.</param>
public sealed record Outcome(OutcomeKind Kind, double ValidUntil, string Message, IReadOnlyList<string> Warnings, long Steps, long Rejected, long Evaluations);
