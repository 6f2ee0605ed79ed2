namespace Meanfield.Training;

/// <summary>The dictionary σ(x) ∈ R^m of a feed-forward network on S^(d−1): groups of features, one after the other.</summary>
public sealed class FeatureMap
{
    private readonly Feature[] _groups;

    /// <summary>Joins groups.</summary>
    /// <exception cref="ArgumentException">No group, or groups of different dimensions.</exception>
    public FeatureMap(params IReadOnlyList<Feature> groups)
    {
        if (groups.Count == 0 || groups.Any(group => group.Dimension != groups[0].Dimension))
            throw new ArgumentException("a network needs at least one feature, all of one dimension", nameof(groups));
        _groups = [.. groups];
        Count = _groups.Sum(group => group.Count);
    }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension => _groups[0].Dimension;

    /// <summary>Number of features m.</summary>
    public int Count { get; }

    /// <summary>Names of the features, in order.</summary>
    public IEnumerable<string> Names => _groups.SelectMany(group => group.Names);

    /// <summary>Largest degree of the features as polynomials; null when one of them is no polynomial.</summary>
    public int? Degree => _groups.Any(group => group.Degree is null) ? null : _groups.Max(group => group.Degree);

    /// <summary>σ(x).</summary>
    /// <param name="point">[<see cref="Feature.Coordinates"/>] a point: d coordinates, or the height for d ≥ 4.</param>
    /// <param name="values">[<see cref="Count"/>].</param>
    public void Evaluate(ReadOnlySpan<double> point, Span<double> values)
    {
        foreach (Feature group in _groups)
        {
            group.Evaluate(point, values[..group.Count]);
            values = values[group.Count..];
        }
    }
}
