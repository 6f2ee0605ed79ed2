namespace Meanfield.Training;

/// <summary>The constant 1: a bias.</summary>
/// <param name="dimension">d ≥ 2.</param>
public sealed class ConstantFeature(int dimension) : Feature(dimension)
{
    /// <inheritdoc/>
    public override int? Degree => 0;

    /// <inheritdoc/>
    public override int Count => 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Names => ["constant"];

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> point, Span<double> values) => values[0] = 1;
}
