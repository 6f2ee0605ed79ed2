using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>
/// What a law expects, figure by figure and curve by curve. It can be written but not read: the only way out is
/// <see cref="Against"/>, which needs a finished measurement.
/// </summary>
public sealed class Prediction
{
    private readonly List<Expectation> _figures = [];
    private readonly List<(string Name, Func<double, double> Value, ExpectationKind Kind, double Tolerance)> _curves = [];
    private readonly List<(string Name, Func<double, double> Value, double Order, double Tolerance)> _limits = [];

    /// <summary>|measured/value − 1| ≤ tolerance.</summary>
    public Prediction Relative(string name, double value, double tolerance) => Add(new(name, ExpectationKind.Relative, value, tolerance));

    /// <summary>|measured − value| ≤ tolerance.</summary>
    public Prediction Absolute(string name, double value, double tolerance) => Add(new(name, ExpectationKind.Absolute, value, tolerance));

    /// <summary>|measured − value| ≤ sigmas standard errors, and these at most <paramref name="widest"/>.</summary>
    /// <param name="name">The figure.</param>
    /// <param name="value">Its expectation.</param>
    /// <param name="sigmas">How many standard errors; <see cref="Sample.Sigmas"/> unless there is a reason.</param>
    /// <param name="widest">Largest tolerance in units of the figure: what makes a noisy measurement fail.</param>
    public Prediction Within(string name, double value, double sigmas, double widest) => Add(new(name, ExpectationKind.Sigmas, value, sigmas, widest));

    /// <summary>measured ≥ bound.</summary>
    public Prediction AtLeast(string name, double bound) => Add(new(name, ExpectationKind.AtLeast, bound, 0));

    /// <summary>measured ≤ bound.</summary>
    public Prediction AtMost(string name, double bound) => Add(new(name, ExpectationKind.AtMost, bound, 0));

    /// <summary>A fitted exponent: |measured − value| ≤ tolerance and twice its standard error ≤ tolerance.</summary>
    public Prediction Exponent(string name, double value, double tolerance) => Add(new(name, ExpectationKind.Exponent, value, tolerance));

    /// <summary>The value of a statement that is false as printed: the measurement must miss it by more than the relative tolerance.</summary>
    public Prediction Printed(string name, double value, double tolerance) => Add(new(name, ExpectationKind.Relative, value, tolerance, Printed: true));

    /// <summary>A bound printed as an upper one that does not hold: the measurement must exceed it.</summary>
    public Prediction PrintedAtMost(string name, double bound) => Add(new(name, ExpectationKind.AtMost, bound, 0, Printed: true));

    /// <summary>A curve to compare with at every measured abscissa: |y/f(x) − 1| ≤ tolerance.</summary>
    public Prediction RelativeCurve(string name, Func<double, double> value, double tolerance)
    {
        _curves.Add((name, value, ExpectationKind.Relative, tolerance));
        return this;
    }

    /// <summary>A curve to compare with at every measured abscissa: |y − f(x)| ≤ tolerance; an infinite tolerance only draws it.</summary>
    public Prediction Curve(string name, Func<double, double> value, double tolerance)
    {
        _curves.Add((name, value, ExpectationKind.Absolute, tolerance));
        return this;
    }

    /// <summary>An asymptotic law: |y − f(x)| ∝ x^order over the measured abscissae of a curve, the order as in <see cref="Exponent"/>.</summary>
    /// <param name="name">The curve.</param>
    /// <param name="value">f, what the curve approaches.</param>
    /// <param name="order">Positive where x → 0, negative where x → ∞.</param>
    /// <param name="tolerance">Largest error of the order.</param>
    public Prediction Approaches(string name, Func<double, double> value, double order, double tolerance)
    {
        _limits.Add((name, value, order, tolerance));
        return this;
    }

    /// <summary>Holds every expectation against the measurement; one that was not measured does not hold, nor does a figure that nobody predicted.</summary>
    public Judgement Against(Measurement measurement)
    {
        var rows = new List<FigureReport>();
        var curves = new List<CurveReport>();
        foreach (Expectation figure in _figures)
            rows.Add(figure.Against(measurement.Figures.TryGetValue(figure.Name, out Figure found) ? found : new Figure(double.NaN, double.NaN)));
        foreach (string name in measurement.Figures.Keys.Except(_figures.Select(figure => figure.Name)))
            rows.Add(new FigureReport(name, ExpectationKind.Absolute, false, double.NaN, measurement.Figures[name].Value, measurement.Figures[name].Uncertainty, double.NaN, double.NaN, false));
        foreach ((string name, Func<double, double> value, ExpectationKind kind, double tolerance) in _curves)
        {
            Curve? found = measurement.Curves.FirstOrDefault(curve => curve.Name == name);
            if (found is { X.Count: > 0 })
            {
                double[] predicted = [.. found.X.Select(value)];
                curves.Add(CurveReport.Of(found, predicted, kind == ExpectationKind.Relative));
                if (double.IsFinite(tolerance)) rows.Add(Worst(found, predicted, kind, tolerance));
            }
            else
            {
                rows.Add(new FigureReport(name, kind, false, double.NaN, double.NaN, double.NaN, double.NaN, tolerance, false));
            }
        }
        foreach ((string name, Func<double, double> value, double order, double tolerance) in _limits)
        {
            Curve? found = measurement.Curves.FirstOrDefault(curve => curve.Name == name);
            LineFit? fit = found is null ? null : LineFit.Power(found.X, found.X.Zip(found.Y, (x, y) => Math.Abs(y - value(x))));
            rows.Add(new Expectation($"{name}: order of the deviation in {found?.Abscissa}", ExpectationKind.Exponent, order, tolerance)
                .Against(new Figure(fit?.Slope ?? double.NaN, fit?.SlopeError ?? double.NaN)));
            if (found is not null && _curves.All(known => known.Name != name)) curves.Add(CurveReport.Of(found, [.. found.X.Select(value)]));
        }
        string[] drawn = [.. curves.Select(curve => curve.Name)];
        foreach (Curve curve in measurement.Curves.Where(curve => !drawn.Contains(curve.Name))) curves.Add(CurveReport.Of(curve, null));
        return new Judgement(rows, curves);
    }

    private static FigureReport Worst(Curve curve, double[] predicted, ExpectationKind kind, double tolerance)
    {
        FigureReport? worst = null;
        for (int i = 0; i < predicted.Length; i++)
        {
            var at = new Expectation($"{curve.Name}, worst of {predicted.Length}: {curve.Abscissa} = {curve.X[i]:G6}", kind, predicted[i], tolerance);
            FigureReport row = at.Against(new Figure(curve.Y[i], 0));
            if (worst is null || !(Math.Abs(row.Error) <= Math.Abs(worst.Error))) worst = row;
            if (double.IsNaN(row.Error)) break;
        }
        return worst!;
    }

    private Prediction Add(Expectation figure)
    {
        _figures.Add(figure);
        return this;
    }
}
