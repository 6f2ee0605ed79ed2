using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What a case will need and what linear theory expects of it, found without running it.</summary>
public sealed record CaseCheck
{
    /// <summary>Deviation ‖ρ − 1‖ in L²(σ) at which the linear phase is taken to end.</summary>
    public const double LinearPhaseEnd = 0.5;

    /// <summary>Title of the case.</summary>
    public required string Title { get; init; }

    /// <summary>spectral, characteristics, particles or perturbation.</summary>
    public required string Scheme { get; init; }

    /// <summary>Whether the run can start.</summary>
    public required bool CanStart { get; init; }

    /// <summary>Bandlimit that resolves the initial state; null when max_bandlimit does not, or where the scheme has none.</summary>
    public required int? Bandlimit { get; init; }

    /// <summary>Largest bandlimit allowed; null where the scheme has none.</summary>
    public required int? MaximumBandlimit { get; init; }

    /// <summary>Tokens, or nodes that refinement may reach; null where the scheme has none.</summary>
    public required int? Tokens { get; init; }

    /// <summary>How forces between tokens are summed and why; null where the scheme has none.</summary>
    public required string? Forces { get; init; }

    /// <summary>Bandlimit L_Φ of the potential: the kernel is below rounding beyond it.</summary>
    public required int PotentialBandlimit { get; init; }

    /// <summary>Bytes that the program takes whatever the case: runtime, libraries, tables.</summary>
    private const long ProgramBytes = 70_000_000;

    /// <summary>Bytes of memory at the start.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of memory at the most.</summary>
    public required long MaximumMemoryBytes { get; init; }

    /// <summary>Measured seconds of one time step at the start; NaN where nothing can start or there are no steps.</summary>
    public required double SecondsPerStep { get; init; }

    /// <summary>End time in the model's own unit.</summary>
    public required double Until { get; init; }

    /// <summary>Output times.</summary>
    public required int Outputs { get; init; }

    /// <summary>‖ρ − 1‖ in L²(σ) of the initial state; null for tokens that are not zonal.</summary>
    public required double? InitialDeviation { get; init; }

    /// <summary>Fastest degree about the uniform state.</summary>
    public required int FastestDegree { get; init; }

    /// <summary>Its growth rate.</summary>
    public required double FastestGrowthRate { get; init; }

    /// <summary>Growth rates of degrees 1, 2, …</summary>
    public required IReadOnlyList<double> GrowthRates { get; init; }

    /// <summary>Predicted end of the linear phase: when linear growth of the initial state reaches <see cref="LinearPhaseEnd"/>; null if never.</summary>
    public required double? LinearPhaseUntil { get; init; }

    /// <summary>Degree that then carries most of the deviation.</summary>
    public required int? LeadingDegree { get; init; }

    /// <summary>Predictions of the three phases; null where nothing grows or the theory is not about this case.</summary>
    public required PhaseForecast? Phases { get; init; }

    /// <summary>Bytes of memory that <c>meanfield train</c> holds at its first bandlimit; null without a training block.</summary>
    public required long? TrainingMemoryBytes { get; init; }

    /// <summary>Checks a case; with a training block, that and the run of the untrained model.</summary>
    /// <exception cref="CaseException">The case cannot be run.</exception>
    public static CaseCheck Of(Case @case)
    {
        TrainingRunner? training = @case.Training is null ? null : new TrainingRunner(@case);
        @case = @case with { Training = null };
        SchemeRun run = SchemeRun.Create(@case);
        Attention attention = @case.Attention.Model;
        SchemeNeeds needs = run.Needs();
        InitialCoefficients? initial = Initial(@case);
        Eigenmodes modes = Eigenmodes.About(attention, @case.Dimension);
        LinearGrowth? growth = initial is null ? null : Growth(attention, @case.Dimension, initial);
        double? linear = growth?.TimeToReach(LinearPhaseEnd);
        return new CaseCheck
        {
            Title = @case.Title,
            TrainingMemoryBytes = training is null ? null : ProgramBytes + training.MemoryBytes(training.FirstBandlimit),
            Scheme = SchemeRun.NameOf(@case.Method.Scheme),
            CanStart = needs.CanStart,
            Bandlimit = needs.Bandlimit,
            MaximumBandlimit = needs.MaximumBandlimit,
            Tokens = needs.Tokens,
            Forces = needs.Forces,
            PotentialBandlimit = DensityFlow.KernelFor(attention, @case.Dimension).MaximumDegree,
            MemoryBytes = ProgramBytes + needs.MemoryBytes,
            MaximumMemoryBytes = ProgramBytes + needs.MaximumMemoryBytes,
            SecondsPerStep = needs.SecondsPerStep,
            Until = run.OutputTimes[^1],
            Outputs = run.OutputTimes.Count,
            InitialDeviation = growth?.Deviation(0),
            FastestDegree = modes.Fastest.Degree,
            FastestGrowthRate = modes.Fastest.GrowthRate,
            GrowthRates = [.. modes.Modes.Select(mode => mode.GrowthRate)],
            LinearPhaseUntil = linear,
            LeadingDegree = linear is double t ? growth!.LeadingDegree(t) : null,
            Phases = initial is not null && PhaseReport.Covers(@case)
                ? PhaseForecast.Of(attention, new HarmonicBasis(@case.Dimension, initial.Degree), initial.Values, PhaseReport.UniformTokens(@case))
                : null,
        };
    }

    private static LinearGrowth Growth(Attention attention, int dimension, InitialCoefficients initial)
    {
        var basis = new HarmonicBasis(dimension, Math.Max(1, initial.Degree)); // the uniform state has degree 0 alone
        var values = new double[basis.Count];
        initial.Values.CopyTo(values, 0);
        var spectrum = new DegreeSpectrum(basis);
        spectrum.Measure(values);
        return new LinearGrowth(attention, dimension, spectrum.Sizes);
    }

    // Tokens of dimension 4 and more have no zonal density; particles start from tokens, whatever law they are drawn from.
    private static InitialCoefficients? Initial(Case @case)
    {
        if (@case.Dimension > 3 && InitialTokens.Given(@case) is not null) return null;
        if (@case.Dimension > 3 || @case.Method.Scheme != Meanfield.IO.Scheme.Particles) return InitialCoefficients.Of(@case);
        int degree = TokenSample.GrowingDegree(@case.Attention.Model, @case.Dimension);
        return new InitialCoefficients(degree, InitialTokens.Of(@case).Moments(degree));
    }
}
