namespace Meanfield.Solver;

/// <summary>A time read off a run (docs/phases.md).</summary>
/// <param name="Time">The model's own time; NaN where the run does not show it.</param>
/// <param name="Uncertainty">How far it may be off between the output times; NaN with it.</param>
public readonly record struct PhaseTime(double Time, double Uncertainty)
{
    /// <summary>Not shown by the run.</summary>
    public static PhaseTime None { get; } = new(double.NaN, double.NaN);

    /// <summary>Whether the run shows it.</summary>
    public bool IsKnown => !double.IsNaN(Time);

    /// <summary>What a series says, or <see cref="None"/>.</summary>
    internal static PhaseTime Of((double Time, double Uncertainty)? found) => found is (double time, double uncertainty) ? new(time, uncertainty) : None;
}
