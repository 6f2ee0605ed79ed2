namespace Meanfield.Solver;

/// <summary>A step that is rejected although it moves nothing: no smaller one will do.</summary>
/// <remarks>
/// A step h moves the state by about hΛ of its size, Λ the fastest rate, and the clock by h: when both are below a unit roundoff,
/// h ≤ 2⁻⁵² max(t, 1/Λ), the error that was too large is not one of the step.
/// </remarks>
public static class StepMonitor
{
    private const double Roundoff = 1.0 / (1L << 52);

    /// <summary>Whether a rejected step was so small.</summary>
    /// <param name="time">t.</param>
    /// <param name="step">h, rejected.</param>
    /// <param name="fastest">Λ ≥ 0; infinite where it is not known.</param>
    public static bool HasCollapsed(double time, double step, double fastest) => step <= Roundoff * Math.Max(time, 1 / fastest);
}
