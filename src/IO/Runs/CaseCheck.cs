using System.Diagnostics;
using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What a spectral case will need and what linear theory expects of it, found without running it.</summary>
public sealed record CaseCheck
{
    /// <summary>Deviation ‖ρ − 1‖ in L²(σ) at which the linear phase is taken to end.</summary>
    public const double LinearPhaseEnd = 0.5;

    /// <summary>Title of the case.</summary>
    public required string Title { get; init; }

    /// <summary>Bandlimit that resolves the initial state; null when max_bandlimit does not.</summary>
    public required int? Bandlimit { get; init; }

    /// <summary>Largest bandlimit allowed.</summary>
    public required int MaximumBandlimit { get; init; }

    /// <summary>Bandlimit L_Φ of the potential: the kernel is below rounding beyond it.</summary>
    public required int PotentialBandlimit { get; init; }

    /// <summary>Bytes of memory at the starting bandlimit.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of memory at the largest bandlimit.</summary>
    public required long MaximumMemoryBytes { get; init; }

    /// <summary>Measured seconds of one time step at the starting bandlimit.</summary>
    public required double SecondsPerStep { get; init; }

    /// <summary>End time in the model's own unit.</summary>
    public required double Until { get; init; }

    /// <summary>Output times.</summary>
    public required int Outputs { get; init; }

    /// <summary>‖ρ − 1‖ in L²(σ) of the initial state.</summary>
    public required double InitialDeviation { get; init; }

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

    /// <summary>Checks a case.</summary>
    /// <exception cref="CaseException">The case cannot be run.</exception>
    public static CaseCheck Of(Case @case)
    {
        _ = new CaseRunner(@case); // refuses what this version does not have
        Attention attention = @case.Attention.Model;
        DensitySettings settings = CaseRunner.Settings(@case);
        InitialCoefficients initial = InitialCoefficients.Of(@case);
        Eigenmodes modes = Eigenmodes.About(attention, @case.Dimension);
        int? bandlimit = DensitySimulation.StartingBandlimit(attention, @case.Dimension, initial.Values, initial.Degree, settings);
        int top = DensitySimulation.LargestBandlimit(attention, @case.Dimension, settings.MaximumBandlimit);
        LinearGrowth growth = Growth(attention, @case.Dimension, initial);
        double? linear = growth.TimeToReach(LinearPhaseEnd);
        return new CaseCheck
        {
            Title = @case.Title,
            Bandlimit = bandlimit,
            MaximumBandlimit = top,
            PotentialBandlimit = DensityFlow.KernelFor(attention, @case.Dimension).MaximumDegree,
            MemoryBytes = DensitySimulation.MemoryBytes(attention, @case.Dimension, bandlimit ?? top),
            MaximumMemoryBytes = DensitySimulation.MemoryBytes(attention, @case.Dimension, top),
            SecondsPerStep = bandlimit is int start ? TimeStep(attention, @case.Dimension, start, settings.Engine) : double.NaN,
            Until = settings.OutputTimes[^1],
            Outputs = settings.OutputTimes.Count,
            InitialDeviation = growth.Deviation(0),
            FastestDegree = modes.Fastest.Degree,
            FastestGrowthRate = modes.Fastest.GrowthRate,
            GrowthRates = [.. modes.Modes.Select(mode => mode.GrowthRate)],
            LinearPhaseUntil = linear,
            LeadingDegree = linear is double t ? growth.LeadingDegree(t) : null,
        };
    }

    private static LinearGrowth Growth(Attention attention, int dimension, InitialCoefficients initial)
    {
        var spectrum = new DegreeSpectrum(new HarmonicBasis(dimension, initial.Degree));
        spectrum.Measure(initial.Values);
        return new LinearGrowth(attention, dimension, spectrum.Sizes);
    }

    private static double TimeStep(Attention attention, int dimension, int bandlimit, IFourierEngine? engine)
    {
        var flow = new DensityFlow(attention, dimension, bandlimit, engine: engine);
        var state = new double[flow.Basis.Count];
        state[0] = 1;
        state[1] = 0.1;
        var stepper = new ExponentialRungeKutta(flow, state, DensitySimulation.Tableau(attention));
        stepper.TryStep(1e-3);
        long start = Stopwatch.GetTimestamp();
        stepper.TryStep(1e-3);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
