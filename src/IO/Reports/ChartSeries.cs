namespace Meanfield.IO;

/// <summary>How a series of a chart is drawn.</summary>
public enum SeriesStyle
{
    /// <summary>A line through its points, which stays open where y is not finite.</summary>
    Line,

    /// <summary>A dashed line: a prediction.</summary>
    Dashed,

    /// <summary>Points: measurements.</summary>
    Points,
}

/// <summary>One series of a chart.</summary>
/// <param name="Label">For the legend.</param>
/// <param name="X">[n] in any order, repetitions too; what is not finite is left out.</param>
/// <param name="Y">[n]; NaN where there is none.</param>
public sealed record ChartSeries(string Label, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Line, dashed or points.</summary>
    public SeriesStyle Style { get; init; }

    /// <summary>[n] where the uncertainty of y begins, with <see cref="Upper"/>: bars at points, a band along lines; null for none.</summary>
    public IReadOnlyList<double>? Lower { get; init; }

    /// <summary>[n] where the uncertainty of y ends.</summary>
    public IReadOnlyList<double>? Upper { get; init; }

    /// <summary>Y, or Y, <see cref="Lower"/> and <see cref="Upper"/>: the columns of this series in the chart's table.</summary>
    /// <exception cref="ArgumentException">Their lengths differ.</exception>
    internal IReadOnlyList<IReadOnlyList<double>> Columns()
    {
        IReadOnlyList<double>[] columns = Lower is not null && Upper is not null ? [Y, Lower, Upper] : [Y];
        if (Array.Exists(columns, column => column.Count != X.Count)) throw new ArgumentException($"series '{Label}' has {X.Count} x and not as many y, or of their bounds");
        return columns;
    }
}
