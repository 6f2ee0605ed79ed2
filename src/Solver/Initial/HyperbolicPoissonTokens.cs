using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>Tokens of the hyperbolic-Poisson law: the image of uniform tokens under the Möbius map of the ball that takes 0 to r e.</summary>
/// <remarks>x = ((2 + 2u·w)w + (1−|w|²)u)/(1 + 2u·w + |w|²), w = r e, u uniform (THEORY 4.3).</remarks>
public sealed class HyperbolicPoissonTokens : ITokenSource
{
    private readonly double[] _centre; // w
    private readonly double _radius;

    /// <summary>Prepares a law.</summary>
    /// <param name="radius">0 ≤ r &lt; 1.</param>
    /// <param name="axis">Unit vector e of d ≥ 2 coordinates.</param>
    /// <exception cref="ArgumentException">A radius out of range or an axis that is not a unit vector.</exception>
    public HyperbolicPoissonTokens(double radius, IReadOnlyList<double> axis)
    {
        if (!(radius >= 0 && radius < 1)) throw new ArgumentException("the radius must be at least 0 and below 1", nameof(radius));
        if (axis.Count < 2 || !(Math.Abs(axis.Sum(e => e * e) - 1) < 1e-9))
            throw new ArgumentException("the axis is not a unit vector", nameof(axis));
        _radius = radius;
        _centre = [.. axis.Select(e => radius * e)];
    }

    /// <inheritdoc/>
    public int Dimension => _centre.Length;

    /// <inheritdoc/>
    public void Draw(RandomNumbers random, Span<double> token)
    {
        AxialDraw.Uniform(random, token);
        double along = TensorPrimitives.Dot<double>(token, _centre);
        double scale = 1 / (1 + 2 * along + _radius * _radius);
        TensorPrimitives.Multiply(token, (1 - _radius) * (1 + _radius) * scale, token);
        TensorPrimitives.MultiplyAdd(_centre, (2 + 2 * along) * scale, token, token);
    }
}
