namespace Meanfield.Validation;

/// <summary>One figure, predicted beside measured.</summary>
/// <param name="Name">The figure.</param>
/// <param name="Kind">How it was compared.</param>
/// <param name="Printed">Whether the predicted value is that of a statement false as printed, which the measurement must miss.</param>
/// <param name="Predicted">Predicted value or bound; NaN where nobody predicted the figure.</param>
/// <param name="Measured">Measured value; NaN where it was not measured.</param>
/// <param name="Uncertainty">Standard error of the measured value.</param>
/// <param name="Error">measured/predicted − 1 (relative), in standard errors (sigmas), else measured − predicted.</param>
/// <param name="Tolerance">Largest error.</param>
/// <param name="Holds">Whether the expectation holds.</param>
public sealed record FigureReport(
    string Name, ExpectationKind Kind, bool Printed, double Predicted, double Measured, double Uncertainty, double Error, double Tolerance, bool Holds);
