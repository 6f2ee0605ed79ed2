namespace Meanfield.Validation;

/// <summary>A prediction beside a measurement.</summary>
/// <param name="Figures">A row for each expectation.</param>
/// <param name="Curves">The measured curves, predicted ones beside them.</param>
public sealed record Judgement(IReadOnlyList<FigureReport> Figures, IReadOnlyList<CurveReport> Curves)
{
    /// <summary>Whether every expectation holds, and there is at least one of a form that is not refuted.</summary>
    public bool Holds => Figures.Any(figure => !figure.Printed) && Figures.All(figure => figure.Holds);
}
