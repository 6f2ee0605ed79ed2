namespace Meanfield.Training;

/// <summary>A group of functions σ_j on S^(d−1) that the feed-forward network is linear in.</summary>
/// <remarks>
/// A point is given by its d coordinates on the circle and the sphere, and by its height t = x_d alone on S^(d−1), d ≥ 4, where only functions
/// of t keep a density zonal. An evaluation allocates nothing; one instance serves one caller at a time.
/// Source: THEORY 5.1 (a parameter-linear FFN, drift P_x W σ(x)).
/// </remarks>
public abstract class Feature
{
    private protected Feature(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        Dimension = dimension;
    }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>How many functions there are.</summary>
    public abstract int Count { get; }

    /// <summary>Degree of the functions as polynomials; null where they are none.</summary>
    public abstract int? Degree { get; }

    /// <summary>Names of the functions, as files have them.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>Writes σ_j(x) for every j.</summary>
    /// <param name="point">[<see cref="Coordinates"/>].</param>
    /// <param name="values">[<see cref="Count"/>].</param>
    public abstract void Evaluate(ReadOnlySpan<double> point, Span<double> values);

    /// <summary>Coordinates that a point of S^(d−1) is given by: d for d ≤ 3, 1 (the height) above.</summary>
    public static int Coordinates(int dimension) => dimension <= 3 ? dimension : 1;
}
