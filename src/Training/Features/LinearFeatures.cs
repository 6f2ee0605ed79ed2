namespace Meanfield.Training;

/// <summary>The coordinates of x themselves (d ≥ 4: the height t).</summary>
/// <param name="dimension">d ≥ 2.</param>
public sealed class LinearFeatures(int dimension) : Feature(dimension)
{
    /// <inheritdoc/>
    public override int? Degree => 1;

    /// <inheritdoc/>
    public override int Count => Coordinates(Dimension);

    /// <inheritdoc/>
    public override IEnumerable<string> Names =>
        Dimension > 3 ? [$"x{Dimension}"] : Enumerable.Range(1, Dimension).Select(k => $"x{k}");

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> point, Span<double> values) => point.CopyTo(values);
}
