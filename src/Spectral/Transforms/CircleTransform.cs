namespace Meanfield.Spectral;

/// <summary>
/// Transforms on the circle between the coefficients of 1, √2 cos kθ, √2 sin kθ, k ≤ L, and equispaced points.
/// </summary>
/// <remarks>With c_k = (1/n) Σ_j f(θ_j) e^(−ikθ_j): a(k,+1) = √2 Re c_k and a(k,−1) = −√2 Im c_k.</remarks>
public sealed class CircleTransform : HarmonicTransform
{
    private const double HalfRoot = 0.70710678118654752440; // 1/√2
    private const double Root = 1.4142135623730950488; // √2

    private readonly CircleGrid _grid;
    private readonly FourierPlan _plan;
    private readonly AlignedBuffer _modes;
    private readonly AlignedBuffer _points;
    private readonly AlignedBuffer _work;

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
        _plan = engine.CreatePlan(grid.Size, lanes: 1);
        _modes = new AlignedBuffer(_plan.Length);
        _points = new AlignedBuffer(_plan.Length);
        _work = new AlignedBuffer(_plan.Length);
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
    public override void Synthesize(ReadOnlySpan<double> coefficients, Span<double> values)
    {
        int degree = DegreeOf(coefficients);
        Span<double> modes = _modes.Span;
        modes.Clear();
        modes[0] = coefficients[0];
        for (int k = 1; k <= degree; k++)
            SetMode(modes, k, HalfRoot * coefficients[2 * k - 1], -HalfRoot * coefficients[2 * k]);
        ToPoints(values);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">values not GridSize long, or coefficients not Basis.Count long.</exception>
    public override void Analyze(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        ToModes(values);
        ReadOnlySpan<double> modes = _modes.Span;
        double scale = Root / GridSize;
        coefficients[0] = modes[0] / GridSize;
        for (int k = 1; k <= Basis.Bandlimit; k++)
            (coefficients[2 * k - 1], coefficients[2 * k]) = (scale * modes[k], -scale * modes[GridSize + k]);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">coefficients not 2K + 1 long with K ≤ L, or gradient not GridSize long.</exception>
    public override void SynthesizeGradient(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        int degree = DegreeOf(coefficients);
        Span<double> modes = _modes.Span;
        modes.Clear();
        for (int k = 1; k <= degree; k++) // c_k → ik c_k
            SetMode(modes, k, k * HalfRoot * coefficients[2 * k], k * HalfRoot * coefficients[2 * k - 1]);
        ToPoints(gradient);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">flux not GridSize long, or coefficients not Basis.Count long.</exception>
    public override void AnalyzeDivergence(ReadOnlySpan<double> flux, Span<double> coefficients)
    {
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        ToModes(flux);
        ReadOnlySpan<double> modes = _modes.Span;
        double scale = Root / GridSize;
        coefficients[0] = 0;
        for (int k = 1; k <= Basis.Bandlimit; k++) // c_k → −ik c_k
            (coefficients[2 * k - 1], coefficients[2 * k]) = (k * scale * modes[GridSize + k], k * scale * modes[k]);
    }

    // c_k and c_{−k} = conj c_k
    private void SetMode(Span<double> modes, int k, double re, double im)
    {
        (modes[k], modes[GridSize + k]) = (re, im);
        (modes[GridSize - k], modes[^k]) = (re, -im);
    }

    private void ToPoints(Span<double> values)
    {
        RequireLength(values.Length, GridSize, nameof(values));
        _plan.Backward(_modes.Span, _points.Span, _work.Span);
        _points.Span[..GridSize].CopyTo(values);
    }

    private void ToModes(ReadOnlySpan<double> values)
    {
        RequireLength(values.Length, GridSize, nameof(values));
        values.CopyTo(_points.Span);
        _points.Span[GridSize..].Clear();
        _plan.Forward(_points.Span, _modes.Span, _work.Span);
    }

    private int DegreeOf(ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length % 2 == 0 || coefficients.Length > Basis.Count)
        {
            throw new ArgumentException(
                $"{coefficients.Length} coefficients are not all degrees up to some K ≤ {Basis.Bandlimit}", nameof(coefficients));
        }
        return coefficients.Length / 2;
    }

    private static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"{length} numbers where {expected} are expected", name);
    }
}
