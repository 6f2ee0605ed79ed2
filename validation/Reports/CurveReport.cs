namespace Meanfield.Validation;

/// <summary>One curve, predicted beside measured.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Abscissa">What x is.</param>
/// <param name="LogX">Whether x is best drawn on a logarithmic axis.</param>
/// <param name="LogY">Whether y is best drawn on a logarithmic axis.</param>
/// <param name="X">[n] abscissae.</param>
/// <param name="Measured">[n] ordinates.</param>
/// <param name="Predicted">[n] ordinates; null where nothing was predicted.</param>
/// <param name="Relative">Whether errors are relative ones.</param>
/// <param name="Residual">[n] measured − predicted, or measured/predicted − 1 where errors are relative; null where nothing was predicted.</param>
public sealed record CurveReport(
    string Name, string Abscissa, bool LogX, bool LogY, IReadOnlyList<double> X, IReadOnlyList<double> Measured, IReadOnlyList<double>? Predicted,
    bool Relative, IReadOnlyList<double>? Residual)
{
    internal static CurveReport Of(Curve curve, double[]? predicted, bool relative = false) => new(
        curve.Name, curve.Abscissa, curve.LogX, curve.LogY, curve.X, curve.Y, predicted, relative,
        predicted is null ? null : [.. curve.Y.Zip(predicted, (y, f) => relative ? y / f - 1 : y - f)]);
}
