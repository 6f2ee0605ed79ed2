using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>How a difference D depends on a number x that the runs differ in: D ∝ x^exponent.</summary>
/// <param name="Quantity">tokens: N of particle runs, D to the first run in L²; amplitude: initial deviation of perturbation runs, D to the run of another scheme from the same data.</param>
/// <param name="Time">The common output time at which D is taken.</param>
/// <param name="Exponent">Slope of log D in log x by least squares.</param>
/// <param name="Uncertainty">Its standard error from the residuals.</param>
/// <param name="Points">x and D of every run.</param>
public sealed record DifferenceScaling(string Quantity, double Time, double Exponent, double Uncertainty, IReadOnlyList<ScalingPoint> Points)
{
    /// <summary>Fits the exponent.</summary>
    /// <param name="quantity">What x is.</param>
    /// <param name="time">When D is taken.</param>
    /// <param name="points">x and D.</param>
    /// <returns>Null with fewer than three different x, or a D that is 0.</returns>
    public static DifferenceScaling? Of(string quantity, double time, IReadOnlyList<ScalingPoint> points)
    {
        if (points.Select(point => point.X).Distinct().Count() < 3 || points.Any(point => !(point.X > 0 && point.Difference > 0))) return null;
        return LineFit.Power(points.Select(point => point.X), points.Select(point => point.Difference)) is { } line
            ? new DifferenceScaling(quantity, time, line.Slope, line.SlopeError, points)
            : null;
    }
}

/// <summary>One run of a scaling.</summary>
/// <param name="Label">The run.</param>
/// <param name="X">N or the initial deviation.</param>
/// <param name="Difference">D in L².</param>
public sealed record ScalingPoint(string Label, double X, double Difference);
