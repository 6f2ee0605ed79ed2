namespace Meanfield.Solver;

/// <summary>The sliced Wasserstein distance of clouds on S^(d−1) ⊂ R^d over a fixed set of axes.</summary>
/// <remarks>
/// SW² = Σ_e w_e W₂²(law of x·e, law of y·e), the exact one-dimensional W₂ on each axis: a metric on the projections (Bonneel et al., J. Math.
/// Imaging Vis. 51, 2015). The axes obey Σ w e eᵀ = I/d, hence SW(δ_x, δ_y) = |x−y|/√d exactly and √d·SW ≤ W₂ for chord and arc alike.
/// At least 64 axes; the mean over all axes is approximated (docs/clouds.md), every property above is exact. O(A·N log N).
/// </remarks>
public static class SlicedDistance
{
    /// <summary>SW of two clouds of one dimension, of any numbers of tokens.</summary>
    /// <exception cref="ArgumentException">Dimensions differ.</exception>
    public static double Between(in Cloud first, in Cloud second)
    {
        if (first.Dimension != second.Dimension)
            throw new ArgumentException($"clouds of dimensions {first.Dimension} and {second.Dimension} have no distance", nameof(second));
        int d = first.Dimension;
        SlicingAxes axes = SlicingAxes.Of(d);
        LineLaw f = new(first.Count), g = new(second.Count);
        double sum = 0;
        for (int a = 0; a < axes.Weights.Length; a++)
        {
            ReadOnlySpan<double> axis = axes.Directions.AsSpan(a * d, d);
            f.Project(first, axis);
            g.Project(second, axis);
            sum += axes.Weights[a] * f.SquaredDistance(g);
        }
        return Math.Sqrt(sum);
    }
}
