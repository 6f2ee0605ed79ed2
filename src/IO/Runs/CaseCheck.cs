using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What a case will need and what linear theory expects of it, found without running it.</summary>
public sealed record CaseCheck
{
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

    /// <summary>Bytes of memory with the bandlimit or the nodes of the start (<see cref="RunMemory"/>).</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of memory at the most: with max_bandlimit, or all nodes that refinement may reach.</summary>
    public required long MaximumMemoryBytes { get; init; }

    /// <summary>Bytes of memory that the run may take.</summary>
    public required long AllowedMemoryBytes { get; init; }

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

    /// <summary>Predicted end of the linear phase, <see cref="PhaseForecast.LinearEnd"/>; null where theory has no number.</summary>
    public double? LinearPhaseUntil => Phases is { } phases && double.IsFinite(phases.LinearEnd) ? phases.LinearEnd : null;

    /// <summary>Degree that then carries most of the deviation by linear growth.</summary>
    public required int? LeadingDegree { get; init; }

    /// <summary>Predictions of the three phases; null where nothing grows or the theory is not about this case.</summary>
    public required PhaseForecast? Phases { get; init; }

    /// <summary>Bytes of memory that <c>meanfield train</c> holds at its first bandlimit; null without a training block.</summary>
    public required long? TrainingMemoryBytes { get; init; }

    /// <summary>Checks a case; with a training block, that and the run of the untrained model.</summary>
    /// <param name="case">The case.</param>
    /// <param name="limit">Memory that its run may take; <see cref="MemoryLimit.Default"/> if null. What exceeds it is not measured either.</param>
    /// <exception cref="CaseException">The case cannot be run.</exception>
    public static CaseCheck Of(Case @case, MemoryLimit? limit = null)
    {
        TrainingRunner? training = @case.Training is null ? null : new TrainingRunner(@case);
        @case = @case with { Training = null };
        MemoryLimit allowed = limit ?? MemoryLimit.Default;
        SchemeRun run = SchemeRun.Create(@case);
        Attention attention = @case.Attention.Model;
        SchemeNeeds needs = run.Needs();
        RunMemory memory = RunMemory.Of(@case, needs, run.OutputTimes.Count);
        SchemeCost cost = memory.Start > allowed.Bytes ? new SchemeCost(double.NaN) : run.Cost(needs);
        InitialCoefficients? initial = run.Initial;
        Eigenmodes modes = Eigenmodes.About(attention, @case.Dimension);
        LinearGrowth? growth = initial is null ? null : Growth(attention, @case.Dimension, initial);
        PhaseForecast? phases = initial is not null && PhaseReport.Covers(@case)
            ? PhaseForecast.Of(attention, new HarmonicBasis(@case.Dimension, initial.Degree), initial.Values, PhaseReport.UniformTokens(@case))
            : null;
        return new CaseCheck
        {
            Title = @case.Title,
            TrainingMemoryBytes = training is null ? null : RunMemory.Program + training.MemoryBytes(training.FirstBandlimit),
            Scheme = SchemeRun.NameOf(@case.Method.Scheme),
            CanStart = needs.CanStart,
            Bandlimit = needs.Bandlimit,
            MaximumBandlimit = needs.MaximumBandlimit,
            Tokens = needs.Tokens,
            Forces = cost.Forces,
            PotentialBandlimit = DensityFlow.KernelFor(attention, @case.Dimension).MaximumDegree,
            MemoryBytes = memory.Start,
            MaximumMemoryBytes = memory.Most,
            AllowedMemoryBytes = allowed.Bytes,
            SecondsPerStep = cost.SecondsPerStep,
            Until = run.OutputTimes[^1],
            Outputs = run.OutputTimes.Count,
            InitialDeviation = growth?.InitialDeviation,
            FastestDegree = modes.Fastest.Degree,
            FastestGrowthRate = modes.Fastest.GrowthRate,
            GrowthRates = [.. modes.Modes.Select(mode => mode.GrowthRate)],
            LeadingDegree = growth is not null && phases is not null && double.IsFinite(phases.LinearEnd) ? growth.LeadingDegree(phases.LinearEnd) : null,
            Phases = phases,
        };
    }

    /// <summary>Refuses a run that may need more memory than allowed.</summary>
    /// <exception cref="MemoryException">What is needed, what is allowed and what to change.</exception>
    public void RequireMemory(Case @case) =>
        new RunMemory { Start = MemoryBytes, Most = MaximumMemoryBytes }.Require(@case, new MemoryLimit(AllowedMemoryBytes));

    private static LinearGrowth Growth(Attention attention, int dimension, InitialCoefficients initial)
    {
        var basis = new HarmonicBasis(dimension, Math.Max(1, initial.Degree)); // the uniform state has degree 0 alone
        var values = new double[basis.Count];
        initial.Values.CopyTo(values, 0);
        var spectrum = new DegreeSpectrum(basis);
        spectrum.Measure(values);
        return new LinearGrowth(attention, dimension, spectrum.Sizes);
    }
}
