namespace Meanfield.Spectral;

/// <summary>
/// Transforms on the circle between the coefficients of 1, √2 cos kθ, √2 sin kθ, k ≤ L, and equispaced points.
/// </summary>
/// <remarks>With c_k = (1/n) Σ_j f(θ_j) e^(−ikθ_j): a(k,+1) = √2 Re c_k and a(k,−1) = −√2 Im c_k.</remarks>
public sealed class CircleTransform : HarmonicTransform
{
    private readonly CircleGrid _grid;
    private readonly CircleStage _stage;
    private readonly AlignedBuffer _points;
    private AlignedBuffer? _velocity; // work space of AnalyzeWeightedGradient
    private AlignedBuffer? _well;

    /// <summary>Prepares transforms of degrees ≤ L on a grid.</summary>
    /// <param name="bandlimit">L ≥ 0.</param>
    /// <param name="grid">At least 2L + 1 points; analysis then inverts synthesis.</param>
    /// <param name="engine">Fourier engine; that of <see cref="FourierChoice.Auto"/> if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">bandlimit &lt; 0.</exception>
    /// <exception cref="ArgumentException">Fewer than 2L + 1 points, or a number the engine does not support.</exception>
    public CircleTransform(int bandlimit, CircleGrid grid, IFourierEngine? engine = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bandlimit);
        ArgumentNullException.ThrowIfNull(grid);
        engine ??= FourierPlanner.Engine(FourierChoice.Auto);
        if (grid.Size < 2L * bandlimit + 1)
        {
            throw new ArgumentException(
                $"bandlimit {bandlimit} needs {2L * bandlimit + 1} points, the grid has {grid.Size}", nameof(grid));
        }
        if (!engine.Supports(grid.Size))
        {
            throw new ArgumentException(
                $"Fourier engine {engine.Name} does not take {grid.Size} points, but {FourierSize.Next(grid.Size)}",
                nameof(grid));
        }
        Basis = new HarmonicBasis(2, bandlimit);
        _grid = grid;
        _stage = CircleStage.For(grid.Size, engine);
        _points = new AlignedBuffer(_stage.Length);
    }

    /// <inheritdoc/>
    public override HarmonicBasis Basis { get; }

    /// <summary>The grid transformed to and from.</summary>
    public CircleGrid Grid => _grid;

    /// <inheritdoc/>
    public override int GridSize => _grid.Size;

    /// <inheritdoc/>
    public override int QuadratureDegree => _grid.QuadratureDegree;

    /// <inheritdoc/>
    public override int TangentComponents => 1;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Weights => _grid.Weights;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">coefficients not 2K + 1 long with 0 ≤ K ≤ L, or values not GridSize long.</exception>
    public override void Synthesize(ReadOnlySpan<double> coefficients, Span<double> values) => ToValues(coefficients, gradient: false, values);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">values not GridSize long, or coefficients not Basis.Count long.</exception>
    public override void Analyze(ReadOnlySpan<double> values, Span<double> coefficients) => FromValues(values, divergence: false, coefficients);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">coefficients not 2K + 1 long with K ≤ L, or gradient not GridSize long.</exception>
    public override void SynthesizeGradient(ReadOnlySpan<double> coefficients, Span<double> gradient) => ToValues(coefficients, gradient: true, gradient);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">flux not GridSize long, or coefficients not Basis.Count long.</exception>
    public override void AnalyzeDivergence(ReadOnlySpan<double> flux, Span<double> coefficients) => FromValues(flux, divergence: true, coefficients);

    /// <inheritdoc/>
    /// <remarks>The fields stay in the order of points that suits the transforms.</remarks>
    /// <exception cref="ArgumentException">Coefficients of another number.</exception>
    public override unsafe void AnalyzeWeightedGradient(
        ReadOnlySpan<double> density, ReadOnlySpan<double> potential, Attention attention, Span<double> coefficients)
    {
        RequirePrefix(density);
        RequirePrefix(potential);
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        _velocity ??= new AlignedBuffer(_stage.Length);
        _stage.ToPoints(density, gradient: false, _points);
        _stage.ToPoints(potential, gradient: true, _velocity);
        if (attention.Normalization == Normalization.Softmax)
        {
            _well ??= new AlignedBuffer(_stage.Length);
            _stage.ToPoints(potential, gradient: false, _well);
        }
        WeightedGradient.Multiply(
            attention, GridSize, _points.Pointer, _well == null ? null : _well.Pointer, _velocity.Pointer, second: null);
        _stage.ToCoefficients(_velocity, divergence: true, coefficients);
    }

    private void ToValues(ReadOnlySpan<double> coefficients, bool gradient, Span<double> values)
    {
        RequirePrefix(coefficients);
        RequireLength(values.Length, GridSize, nameof(values));
        _stage.ToPoints(coefficients, gradient, _points);
        _stage.Sort(_points, values);
    }

    private void FromValues(ReadOnlySpan<double> values, bool divergence, Span<double> coefficients)
    {
        RequireLength(values.Length, GridSize, nameof(values));
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        _stage.Unsort(values, _points);
        _stage.ToCoefficients(_points, divergence, coefficients);
    }

    private void RequirePrefix(ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length % 2 == 0 || coefficients.Length > Basis.Count)
        {
            throw new ArgumentException(
                $"{coefficients.Length} coefficients are not all degrees up to some K ≤ {Basis.Bandlimit}", nameof(coefficients));
        }
    }

    private static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"{length} numbers where {expected} are expected", name);
    }
}
