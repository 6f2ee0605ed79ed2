namespace Meanfield.Validation;

/// <summary>A claim, what was predicted and measured, and the verdict: all that a page about it needs.</summary>
public sealed record ClaimReport
{
    /// <summary>The claim.</summary>
    public required Claim Claim { get; init; }

    /// <summary>Level of the measurement.</summary>
    public required Level Level { get; init; }

    /// <summary>Seed of the whole validation, from the command line.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version and commit of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The verdict.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Hypotheses that a run violated.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Predicted beside measured.</summary>
    public IReadOnlyList<FigureReport> Figures { get; init; } = [];

    /// <summary>Curves, predicted beside measured.</summary>
    public IReadOnlyList<CurveReport> Curves { get; init; } = [];

    /// <summary>What went wrong where the measurement broke off.</summary>
    public string? Problem { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The figure that uses up most of its tolerance, bounds and printed ones last; null where there is none.</summary>
    public FigureReport? Tightest() => Figures.MaxBy(figure => figure.Tolerance > 0 && !figure.Printed ? Math.Abs(figure.Error) / figure.Tolerance : 0);

    /// <summary>A report that waits for its verdict.</summary>
    internal static ClaimReport Of(Claim claim, Trial trial) =>
        new() { Claim = claim, Level = trial.Level, Seed = trial.Root, Version = ValidationReport.ProgramVersionText };
}
