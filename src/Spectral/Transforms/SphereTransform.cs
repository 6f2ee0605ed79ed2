namespace Meanfield.Spectral;

/// <summary>
/// Transforms on S² between coefficients of Y_ℓm, ℓ ≤ L, and a Gauss–Legendre grid: a Legendre stage (order by order, lanes are
/// latitudes, functions by recurrence on the fly) and a ring stage (Fourier transforms of eight mirror pairs of rows at a time).
/// </summary>
/// <remarks>Cost O(L³) with a small constant, memory O(L²).</remarks>
public sealed unsafe class SphereTransform : HarmonicTransform
{
    /// <summary>Largest bandlimit: up to here sin^m θ never underflows where it matters.</summary>
    public const int MaximumBandlimit = 1023;

    private readonly SphereGrid _grid;
    private readonly LegendreTable _table;
    private readonly RingStage _rings;
    private readonly MeridionalAmplitudes _amplitudes;
    private readonly RingFactors _plain;
    private readonly RingFactors _overSine;
    private readonly RingFactors _weight;
    private readonly RingFactors _weightOverSine;
    private readonly OrderWorkspace _work;
    private SphereFlux? _flux;

    /// <summary>Prepares transforms of degrees ≤ L on a grid.</summary>
    /// <param name="bandlimit">L, 0 … <see cref="MaximumBandlimit"/>.</param>
    /// <param name="grid">At least 2L + 1 longitudes. Analysis inverts synthesis when its quadrature degree is ≥ 2L.</param>
    /// <param name="engine">Fourier engine; that of <see cref="FourierChoice.Auto"/> if null.</param>
    /// <param name="threads">Threads of <see cref="AnalyzeWeightedGradient"/>; 0 for those of <see cref="ThreadCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">bandlimit outside 0 … 1023, or threads &lt; 0.</exception>
    /// <exception cref="ArgumentException">Fewer than 2L + 1 longitudes, or a number the engine does not support.</exception>
    public SphereTransform(int bandlimit, SphereGrid grid, IFourierEngine? engine = null, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bandlimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bandlimit, MaximumBandlimit);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        engine ??= FourierPlanner.Engine(FourierChoice.Auto);
        if (grid.Longitudes < 2 * bandlimit + 1)
        {
            throw new ArgumentException(
                $"bandlimit {bandlimit} needs {2 * bandlimit + 1} longitudes, the grid has {grid.Longitudes}", nameof(grid));
        }
        if (!engine.Supports(grid.Longitudes))
        {
            throw new ArgumentException(
                $"Fourier engine {engine.Name} does not take {grid.Longitudes} longitudes, but {FourierSize.Next(grid.Longitudes)}",
                nameof(grid));
        }
        Basis = new HarmonicBasis(3, bandlimit);
        _grid = grid;
        Threads = threads > 0 ? threads : ThreadCount.For(bandlimit);
        int northern = (grid.Latitudes + 1) / 2;
        _table = new LegendreTable(bandlimit, grid.Cosines[..northern], grid.Sines[..northern]);
        _rings = new RingStage(grid, _table, engine);
        _amplitudes = new MeridionalAmplitudes(bandlimit, _table.Blocks, capacity: 2);
        _plain = RingFactors.Plain(grid);
        _overSine = RingFactors.OverSine(grid);
        _weight = RingFactors.Weight(grid);
        _weightOverSine = RingFactors.WeightOverSine(grid, equatorTwice: false);
        _work = new OrderWorkspace(_table);
    }

    /// <summary>Bytes that an instance holds once it has been used: weights, amplitudes of five fields, Legendre table, blocks of rows.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="latitudes">Rows of the grid.</param>
    /// <param name="longitudes">Points of a row.</param>
    public static long BytesOn(int bandlimit, int latitudes, int longitudes)
    {
        const int FluxAmplitudes = 3, RowBuffers = 3, ThreadBuffers = 5;
        long blocks = ((latitudes + 1) / 2 + LegendreTable.Lanes - 1) / LegendreTable.Lanes;
        long amplitudes = FluxAmplitudes * (bandlimit + 1L) * (blocks | 1) * MeridionalAmplitudes.Chunk;
        long rows = (RowBuffers + ThreadBuffers * ThreadCount.For(bandlimit)) * (long)RingBlock.PointLength * longitudes;
        return sizeof(double) * ((long)latitudes * longitudes + amplitudes + LegendreTable.Length(bandlimit, blocks) + rows);
    }

    /// <inheritdoc/>
    public override HarmonicBasis Basis { get; }

    /// <summary>Threads of <see cref="AnalyzeWeightedGradient"/>; the result does not depend on them, to the last bit.</summary>
    public int Threads { get; }

    /// <summary>The grid transformed to and from.</summary>
    public SphereGrid Grid => _grid;

    /// <inheritdoc/>
    public override int GridSize => _grid.Size;

    /// <inheritdoc/>
    public override int QuadratureDegree => _grid.QuadratureDegree;

    /// <inheritdoc/>
    public override int TangentComponents => 2;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Weights => _grid.Weights;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">coefficients not (K + 1)² long with K ≤ L, or values not GridSize long.</exception>
    public override void Synthesize(ReadOnlySpan<double> coefficients, Span<double> values)
    {
        int degree = DegreeOf(coefficients);
        RequireLength(values.Length, GridSize, nameof(values));
        fixed (double* source = coefficients)
        {
            for (int m = 0; m <= degree; m += OrderLine.Group)
                LegendreStage.Synthesize(_table, source, m, degree, _work, _amplitudes);
        }
        _rings.Synthesize(_amplitudes, 0, 1, degree, _plain, values);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">values not GridSize long, or coefficients not Basis.Count long.</exception>
    public override void Analyze(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        RequireLength(values.Length, GridSize, nameof(values));
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        _rings.Analyze(values, _weight, 0, 1, _amplitudes);
        fixed (double* target = coefficients)
        {
            for (int m = 0; m <= Basis.Bandlimit; m += OrderLine.Group)
                LegendreStage.Analyze(_table, _amplitudes, m, _work, target);
        }
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">coefficients not (K + 1)² long, K ≤ L, or gradient not 2·GridSize long.</exception>
    public override void SynthesizeGradient(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        int degree = DegreeOf(coefficients);
        RequireLength(gradient.Length, 2 * GridSize, nameof(gradient));
        fixed (double* source = coefficients)
        {
            for (int m = 0; m <= degree; m += OrderLine.Group)
                LegendreStage.SynthesizeGradient(_table, source, m, degree, _work, _amplitudes);
        }
        _rings.Synthesize(_amplitudes, 0, 2, degree, _overSine, gradient[..GridSize]);
        _rings.Synthesize(_amplitudes, 1, 2, degree, _overSine, gradient[GridSize..]);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">flux not 2·GridSize long, or coefficients not Basis.Count long.</exception>
    public override void AnalyzeDivergence(ReadOnlySpan<double> flux, Span<double> coefficients)
    {
        RequireLength(flux.Length, 2 * GridSize, nameof(flux));
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        _rings.Analyze(flux[..GridSize], _weightOverSine, 0, 2, _amplitudes);
        _rings.Analyze(flux[GridSize..], _weightOverSine, 1, 2, _amplitudes);
        fixed (double* target = coefficients)
        {
            for (int m = 0; m <= Basis.Bandlimit; m += OrderLine.Group)
                LegendreStage.AnalyzeDivergence(_table, _amplitudes, m, _work, target);
        }
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">density or potential not (K + 1)² long, K ≤ L, or coefficients not Basis.Count.</exception>
    public override void AnalyzeWeightedGradient(
        ReadOnlySpan<double> density, ReadOnlySpan<double> potential, Attention attention, Span<double> coefficients)
    {
        int densityDegree = DegreeOf(density), potentialDegree = DegreeOf(potential);
        RequireLength(coefficients.Length, Basis.Count, nameof(coefficients));
        _flux ??= new SphereFlux(_grid, _table, _rings.Plan, _amplitudes, Threads);
        fixed (double* f = density, psi = potential, target = coefficients)
            _flux.Run(f, densityDegree, psi, potentialDegree, attention, target);
        GC.KeepAlive(this);
    }

    private int DegreeOf(ReadOnlySpan<double> coefficients)
    {
        int degree = (int)Math.Sqrt(coefficients.Length) - 1;
        if (degree < 0 || degree > Basis.Bandlimit || (degree + 1) * (degree + 1) != coefficients.Length)
        {
            throw new ArgumentException(
                $"{coefficients.Length} coefficients are not all degrees up to some K ≤ {Basis.Bandlimit}", nameof(coefficients));
        }
        return degree;
    }

    private static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"{length} numbers where {expected} are expected", name);
    }
}
