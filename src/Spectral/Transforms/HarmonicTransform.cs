namespace Meanfield.Spectral;

/// <summary>
/// Transforms between harmonic coefficients and values on a quadrature grid of S^(d−1).
/// </summary>
/// <remarks>
/// Analysis is the exact transpose of synthesis under the quadrature weights:
/// a_A = Σᵢ wᵢ f(xᵢ) Y_A(xᵢ), and <see cref="AnalyzeDivergence"/> is the exact transpose of <see cref="SynthesizeGradient"/>.
/// Discrete conservation laws that rest on integration by parts therefore hold to rounding on every grid,
/// and the integrals are exact for products of total degree ≤ <see cref="QuadratureDegree"/>.
/// Instances own their work space: one instance serves one thread at a time; no call but the first of its kind allocates.
/// </remarks>
public abstract class HarmonicTransform
{
    private double[]? _fields; // work space of AnalyzeWeightedGradient

    /// <summary>For the kinds of transform.</summary>
    /// <exception cref="ArgumentException"><see cref="SimdVariant.Variable"/> asks for what this machine cannot do.</exception>
    protected HarmonicTransform() => SimdVariant.Require();

    /// <summary>The harmonics transformed.</summary>
    public abstract HarmonicBasis Basis { get; }

    /// <summary>Number of grid points.</summary>
    public abstract int GridSize { get; }

    /// <summary>Largest total degree that the grid integrates exactly.</summary>
    public abstract int QuadratureDegree { get; }

    /// <summary>Components of a tangent field on the grid: 2 on the sphere, 1 on the circle and for zonal fields.</summary>
    public abstract int TangentComponents { get; }

    /// <summary>Quadrature weight of each grid point; they sum to 1.</summary>
    public abstract ReadOnlySpan<double> Weights { get; }

    /// <summary>f(xᵢ) = Σ_A a_A Y_A(xᵢ).</summary>
    /// <param name="coefficients">All degrees up to some K ≤ L; a shorter prefix (a smooth field) costs less.</param>
    /// <param name="values">[GridSize] receives the values.</param>
    public abstract void Synthesize(ReadOnlySpan<double> coefficients, Span<double> values);

    /// <summary>a_A = Σᵢ wᵢ f(xᵢ) Y_A(xᵢ) for all degrees ≤ L.</summary>
    /// <param name="values">[GridSize].</param>
    /// <param name="coefficients">[Basis.Count] receives the coefficients.</param>
    public abstract void Analyze(ReadOnlySpan<double> values, Span<double> coefficients);

    /// <summary>Physical (orthonormal) components of ∇f on the grid.</summary>
    /// <param name="coefficients">All degrees up to some K ≤ L.</param>
    /// <param name="gradient">
    /// [TangentComponents · GridSize], component after component: ∂_θ f, then (1/sin θ) ∂_φ f on the sphere;
    /// ∂_θ f on the circle; for zonal fields ∂_θ f = −sin θ df/dt, t = cos θ.
    /// </param>
    public abstract void SynthesizeGradient(ReadOnlySpan<double> coefficients, Span<double> gradient);

    /// <summary>Weak divergence: (−∇·F)_A = Σᵢ wᵢ F(xᵢ)·∇Y_A(xᵢ) for all degrees ≤ L. Degree 0 is exactly 0.</summary>
    /// <param name="flux">[TangentComponents · GridSize], laid out as in <see cref="SynthesizeGradient"/>.</param>
    /// <param name="coefficients">[Basis.Count] receives the coefficients of −∇·F.</param>
    public abstract void AnalyzeDivergence(ReadOnlySpan<double> flux, Span<double> coefficients);

    /// <summary>
    /// Σᵢ wᵢ g(xᵢ) ∇ψ(xᵢ)·∇Y_A(xᵢ) for all degrees ≤ L, the weak divergence of the flux g∇ψ of an attention flow about the
    /// uniform density: g = f without normalization, g = (1 + f)/D − 1 with D = max(1 + βψ, |∇ψ|) for softmax.
    /// Degree 0 is exactly 0.
    /// </summary>
    /// <remarks>A transform may do better than this sequence of its own calls, to the same result up to rounding.</remarks>
    /// <param name="density">Coefficients of f, all degrees up to some K ≤ L.</param>
    /// <param name="potential">Coefficients of ψ, all degrees up to some K ≤ L; few of them cost less.</param>
    /// <param name="attention">Normalization and β.</param>
    /// <param name="coefficients">[Basis.Count] receives the sums.</param>
    public virtual unsafe void AnalyzeWeightedGradient(
        ReadOnlySpan<double> density, ReadOnlySpan<double> potential, Attention attention, Span<double> coefficients)
    {
        bool softmax = attention.Normalization == Normalization.Softmax;
        int points = GridSize, components = TangentComponents;
        _fields ??= new double[(components + 2) * points];
        Span<double> flux = _fields.AsSpan(0, components * points);
        Span<double> values = _fields.AsSpan(components * points, points), well = _fields.AsSpan((components + 1) * points, points);
        Synthesize(density, values);
        SynthesizeGradient(potential, flux);
        if (softmax)
            Synthesize(potential, well);
        fixed (double* f = values, psi = well, first = flux)
            WeightedGradient.Multiply(attention, points, f, psi, first, components == 2 ? first + points : null);
        AnalyzeDivergence(flux, coefficients);
    }

    /// <summary>
    /// The transform of degrees ≤ <paramref name="bandlimit"/> on the smallest convenient grid that integrates
    /// polynomials of degree <paramref name="quadratureDegree"/> exactly.
    /// </summary>
    /// <param name="dimension">d = 2: circle; d = 3: sphere; d ≥ 4: zonal about the last axis.</param>
    /// <param name="bandlimit">Largest degree L.</param>
    /// <param name="quadratureDegree">At least 2L, so that analysis inverts synthesis.</param>
    /// <param name="engine">Fourier engine; that of <see cref="FourierChoice.Auto"/> if null. Zonal transforms need none.</param>
    public static HarmonicTransform Create(int dimension, int bandlimit, int quadratureDegree, IFourierEngine? engine = null) => dimension switch
    {
        2 => new CircleTransform(bandlimit, CircleGrid.ForDegree(quadratureDegree), engine),
        3 => new SphereTransform(bandlimit, SphereGrid.ForDegree(quadratureDegree), engine),
        _ => new ZonalTransform(dimension, bandlimit, ZonalTransform.NodesForDegree(quadratureDegree)),
    };

    /// <summary>Number of points of the grid that <see cref="Create"/> takes for a quadrature degree.</summary>
    public static long GridPoints(int dimension, int quadratureDegree) => dimension switch
    {
        2 => CircleGrid.SizeForDegree(quadratureDegree),
        3 => (quadratureDegree / 2 + 1L) * FourierSize.Next(quadratureDegree + 1),
        _ => ZonalTransform.NodesForDegree(quadratureDegree),
    };

    /// <summary>Bytes that the transform which <see cref="Create"/> takes for a quadrature degree holds once it has been used.</summary>
    public static long MemoryBytes(int dimension, int bandlimit, int quadratureDegree)
    {
        const int Lines = 8; // weights, roots, modes and points of the circle
        long points = GridPoints(dimension, quadratureDegree);
        return dimension switch
        {
            2 => sizeof(double) * Lines * points,
            3 => SphereTransform.BytesOn(bandlimit, quadratureDegree / 2 + 1, FourierSize.Next(quadratureDegree + 1)),
            _ => sizeof(double) * (2 * points * (bandlimit + 1L) + Lines * points),
        };
    }

    /// <summary>
    /// Largest bandlimit that the transforms of a dimension support. In high dimension the grid sets a lower limit: see <see cref="ZonalTransform.LargestGrid"/>.
    /// </summary>
    public static int LargestBandlimit(int dimension) => dimension switch
    {
        2 => 65535,
        3 => SphereTransform.MaximumBandlimit,
        _ => 1023,
    };
}
