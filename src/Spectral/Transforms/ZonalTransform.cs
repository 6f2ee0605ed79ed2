using System.Numerics.Tensors;

namespace Meanfield.Spectral;

/// <summary>
/// Transforms of zonal fields f(t), t = x_d, on S^(d−1): orthonormal harmonics π_ℓ(t) = √N(ℓ,d) P_ℓ(t) on a Gauss–Gegenbauer grid.
/// </summary>
/// <remarks>
/// The matrix kept is √wᵢ π_ℓ(tᵢ), whose columns are orthonormal: no entry overflows, whatever d and ℓ.
/// Derivatives use sin θ ∂_θ π_ℓ = ℓ b_(ℓ+1) π_(ℓ+1) − (ℓ+d−2) b_ℓ π_(ℓ−1), b_ℓ² = ℓ(ℓ+d−3)/((2ℓ+d−2)(2ℓ+d−4)).
/// Any d ≥ 2 is accepted: d = 2 gives even functions on the circle, d = 3 the order-0 harmonics of the sphere.
/// </remarks>
public sealed class ZonalTransform : HarmonicTransform
{
    private const double SmallestWeight = 1e-270;

    private readonly double[] _values;      // [node][degree 0 … L+1]  √wᵢ π_ℓ(tᵢ)
    private readonly double[] _derivatives; // [node][degree 0 … L]    √wᵢ ∂_θ π_ℓ(tᵢ)
    private readonly double[] _weights;
    private readonly double[] _rootWeights;
    private readonly double[] _sums;
    private readonly int _stride;

    /// <summary>Creates the transform of degrees ≤ <paramref name="bandlimit"/> on a Gauss–Gegenbauer grid of <paramref name="nodes"/> nodes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The grid's outermost weights underflow (large d and n together).</exception>
    public ZonalTransform(int dimension, int bandlimit, int nodes)
    {
        Basis = new HarmonicBasis(Math.Max(dimension, 4), bandlimit); // zonal indexing whatever the dimension
        Dimension = dimension;
        var rule = GaussGegenbauerRule.Create(dimension, nodes);
        Cosines = rule.Nodes.ToArray();
        _weights = rule.Weights.ToArray();
        if (_weights[0] < SmallestWeight * 1e-20)
            throw new ArgumentOutOfRangeException(nameof(nodes), nodes, $"a grid of {nodes} nodes underflows in dimension {dimension}; use a smaller bandlimit");
        _rootWeights = Array.ConvertAll(_weights, Math.Sqrt);
        _stride = bandlimit + 2;
        _values = new double[nodes * _stride];
        _derivatives = new double[nodes * _stride];
        _sums = new double[bandlimit + 1];
        double[] b = OffDiagonal(dimension, bandlimit + 2);
        for (int i = 0; i < nodes; i++)
            FillRow(b, Cosines[i], rule.Sines[i], _rootWeights[i], _values.AsSpan(i * _stride, _stride), _derivatives.AsSpan(i * _stride, _stride));
    }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>t = cos θ at the grid points, from +1 (north) to −1.</summary>
    public double[] Cosines { get; }

    /// <inheritdoc/>
    public override HarmonicBasis Basis { get; }

    /// <inheritdoc/>
    public override int GridSize => _weights.Length;

    /// <inheritdoc/>
    public override int QuadratureDegree => 2 * GridSize - 1;

    /// <inheritdoc/>
    public override int TangentComponents => 1;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Weights => _weights;

    /// <summary>
    /// Largest number of nodes n whose outermost weight ≈ ((n+λ)/λ)^(3−d), λ = (d−2)/2, stays in the range of double.
    /// </summary>
    public static int LargestGrid(int dimension)
    {
        double lambda = 0.5 * (dimension - 2);
        double nodes = dimension <= 4 ? double.PositiveInfinity : lambda * (Math.Pow(10, -Math.Log10(SmallestWeight) / (dimension - 3)) - 1);
        return (int)Math.Min(1 << 14, nodes);
    }

    /// <summary>Number of Gauss nodes that integrate polynomials of this degree exactly.</summary>
    public static int NodesForDegree(int degree) => degree / 2 + 1;

    /// <inheritdoc/>
    public override void Synthesize(ReadOnlySpan<double> coefficients, Span<double> values) =>
        Apply(_values, coefficients, values);

    /// <inheritdoc/>
    public override void SynthesizeGradient(ReadOnlySpan<double> coefficients, Span<double> gradient) =>
        Apply(_derivatives, coefficients, gradient);

    /// <inheritdoc/>
    public override void Analyze(ReadOnlySpan<double> values, Span<double> coefficients) =>
        ApplyTransposed(_values, values, coefficients);

    /// <inheritdoc/>
    public override void AnalyzeDivergence(ReadOnlySpan<double> flux, Span<double> coefficients) =>
        ApplyTransposed(_derivatives, flux, coefficients);

    /// <summary>f(tᵢ) = Σ_ℓ a_ℓ √wᵢ π_ℓ(tᵢ) / √wᵢ.</summary>
    private void Apply(double[] matrix, ReadOnlySpan<double> coefficients, Span<double> values)
    {
        for (int i = 0; i < GridSize; i++)
            values[i] = TensorPrimitives.Dot(matrix.AsSpan(i * _stride, coefficients.Length), coefficients) / _rootWeights[i];
    }

    /// <summary>a_ℓ = Σᵢ √wᵢ π_ℓ(tᵢ) · √wᵢ f(tᵢ).</summary>
    private void ApplyTransposed(double[] matrix, ReadOnlySpan<double> values, Span<double> coefficients)
    {
        _sums.AsSpan().Clear();
        for (int i = 0; i < GridSize; i++)
            TensorPrimitives.MultiplyAdd(matrix.AsSpan(i * _stride, _sums.Length), _rootWeights[i] * values[i], _sums, _sums);
        _sums.CopyTo(coefficients);
    }

    private static double[] OffDiagonal(int d, int last)
    {
        var b = new double[last + 1];
        for (int k = 1; k <= last; k++)
            b[k] = d == 2 && k == 1 ? Math.Sqrt(0.5) : Math.Sqrt(k * (k + d - 3.0) / ((2.0 * k + d - 2) * (2.0 * k + d - 4)));
        return b;
    }

    private void FillRow(double[] b, double t, double sine, double rootWeight, Span<double> values, Span<double> derivatives)
    {
        // π_0 = 1,  b_(ℓ+1) π_(ℓ+1) = t π_ℓ − b_ℓ π_(ℓ−1), carried times √w
        values[0] = rootWeight;
        for (int l = 0; l + 1 < values.Length; l++)
            values[l + 1] = (t * values[l] - (l > 0 ? b[l] * values[l - 1] : 0)) / b[l + 1];
        for (int l = 1; l + 1 < values.Length; l++)
            derivatives[l] = (l * b[l + 1] * values[l + 1] - (l + Dimension - 2) * b[l] * values[l - 1]) / sine;
    }
}
