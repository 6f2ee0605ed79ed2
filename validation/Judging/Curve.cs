namespace Meanfield.Validation;

/// <summary>A measured curve.</summary>
/// <param name="Name">What it shows, also the name of its prediction.</param>
/// <param name="Abscissa">What x is.</param>
/// <param name="X">[n] abscissae.</param>
/// <param name="Y">[n] measured ordinates.</param>
public sealed record Curve(string Name, string Abscissa, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Whether x is best drawn on a logarithmic axis.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether y is best drawn on a logarithmic axis.</summary>
    public bool LogY { get; init; }
}
