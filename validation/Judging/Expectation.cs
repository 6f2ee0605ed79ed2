namespace Meanfield.Validation;

/// <summary>What a law expects of one figure.</summary>
/// <param name="Name">The figure.</param>
/// <param name="Kind">How it is compared.</param>
/// <param name="Value">The predicted value or bound.</param>
/// <param name="Tolerance">Largest error; for <see cref="ExpectationKind.Sigmas"/> in standard errors.</param>
/// <param name="Widest">For <see cref="ExpectationKind.Sigmas"/>: the largest tolerance in units of the figure, so that noise cannot pass a law.</param>
/// <param name="Printed">The value is that of a statement which is false as printed: the measurement must miss it.</param>
internal sealed record Expectation(string Name, ExpectationKind Kind, double Value, double Tolerance, double Widest = double.PositiveInfinity, bool Printed = false)
{
    /// <summary>Holds the expectation against a measured figure.</summary>
    public FigureReport Against(Figure measured)
    {
        double error = Kind switch
        {
            ExpectationKind.Relative => measured.Value / Value - 1,
            ExpectationKind.Sigmas => (measured.Value - Value) / measured.Uncertainty,
            _ => measured.Value - Value,
        };
        bool meets = Kind switch
        {
            ExpectationKind.AtLeast => error >= 0,
            ExpectationKind.AtMost => error <= 0,
            ExpectationKind.Sigmas => Math.Abs(error) <= Tolerance && Tolerance * measured.Uncertainty <= Widest,
            ExpectationKind.Exponent => Math.Abs(error) <= Tolerance && 2 * measured.Uncertainty <= Tolerance,
            _ => Math.Abs(error) <= Tolerance,
        };
        bool holds = Printed ? double.IsFinite(error) && !meets : meets;
        return new FigureReport(Name, Kind, Printed, Value, measured.Value, measured.Uncertainty, error, Tolerance, holds);
    }
}
