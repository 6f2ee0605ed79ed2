using System.Diagnostics;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The density in harmonics, and characteristics from where no bandlimit allowed resolves it.</summary>
internal sealed class SpectralRun : SchemeRun
{
    private DensitySimulation? _density;
    private CharacteristicSimulation? _carried;
    private RunHandover? _handover;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">Its Fourier engine is not installed.</exception>
    public SpectralRun(Case @case)
        : base(@case)
    {
    }

    /// <inheritdoc/>
    private protected override bool HasRings => Case.Dimension <= 3;

    /// <inheritdoc/>
    public override double? HandoverTime => _handover?.Time;

    /// <summary>The numerical settings, in the model's own time.</summary>
    public DensitySettings Settings => new()
    {
        Bandlimit = Case.Method.Bandlimit,
        MaximumBandlimit = Case.Method.MaxBandlimit,
        Tolerance = Case.Method.Tolerance,
        Engine = Engine,
        OutputTimes = OutputTimes,
    };

    /// <inheritdoc/>
    public override SchemeNeeds Needs()
    {
        Attention attention = Case.Attention.Model;
        InitialCoefficients initial = Initial!;
        DensitySettings settings = Settings;
        int? bandlimit = DensitySimulation.StartingBandlimit(attention, Case.Dimension, initial.Values, initial.Degree, settings);
        int top = DensitySimulation.LargestBandlimit(attention, Case.Dimension, settings.MaximumBandlimit);
        long first = DensitySimulation.MemoryBytes(attention, Case.Dimension, bandlimit ?? top), last = DensitySimulation.MemoryBytes(attention, Case.Dimension, top);
        if (bandlimit < top) last += DensitySimulation.MemoryBytes(attention, Case.Dimension, BandlimitLadder.Previous(top)); // both are there while the state goes over
        if (Case.Method.Handover == Handover.Characteristics && attention.Noise == 0)
        {
            int nodes = CharacteristicRun.SettingsOf(Case, OutputTimes).MostNodes(Case.Dimension == 3 ? 2 : 1);
            last = Math.Max(last, CharacteristicSimulation.MemoryBytes(Case.Dimension, nodes));
        }
        long data = sizeof(double) * initial.Values.LongLength;
        return new SchemeNeeds(data + first, data + last, sizeof(double) * (long)new HarmonicBasis(Case.Dimension, top).Count)
        {
            Bandlimit = bandlimit,
            MaximumBandlimit = top,
        };
    }

    /// <inheritdoc/>
    public override SchemeCost Cost(SchemeNeeds needs)
    {
        if (needs.Bandlimit is not int bandlimit) return new SchemeCost(double.NaN);
        var flow = new DensityFlow(Case.Attention.Model, Case.Dimension, bandlimit, engine: Engine);
        var state = new double[flow.Basis.Count];
        state[0] = 1;
        state[1] = 0.1;
        var stepper = new ExponentialRungeKutta(flow, state, DensitySimulation.Tableau(Case.Attention.Model));
        stepper.TryStep(1e-3);
        long start = Stopwatch.GetTimestamp();
        stepper.TryStep(1e-3);
        return new SchemeCost(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <inheritdoc/>
    public override Outcome Run(ISnapshotSink snapshots, IProgressSink? progress)
    {
        InitialCoefficients initial = Initial!;
        return Follow(density => density.Run(initial.Values, initial.Degree), snapshots, progress);
    }

    /// <inheritdoc/>
    public override Outcome Resume(RunCheckpoint from, ISnapshotSink snapshots, IProgressSink? progress) => from switch
    {
        { Handover: { } handover, Characteristics: { } left } => Carry(handover, carried => carried.Resume(left), snapshots, progress),
        { Density: { } left } => Follow(density => density.Resume(left), snapshots, progress),
        _ => throw OfAnotherScheme(),
    };

    /// <inheritdoc/>
    public override RunCheckpoint? Checkpoint()
    {
        if (_carried is not null) return new RunCheckpoint { Characteristics = _carried.Checkpoint(), Handover = _handover };
        return _density?.Checkpoint() is { } density ? new RunCheckpoint { Density = density } : null;
    }

    private Outcome Follow(Func<DensitySimulation, Outcome> start, ISnapshotSink snapshots, IProgressSink? progress)
    {
        _density = new DensitySimulation(Case.Attention.Model, Case.Dimension, Settings, snapshots, progress, Stop);
        Outcome spectral = start(_density);
        bool lost = spectral.Kind == OutcomeKind.ResolutionLost && spectral.ValidUntil > 0;
        if (!lost || Case.Method.Handover == Handover.Stop || Case.Attention.Noise > 0 || _density.Resolved is not { } resolved) return spectral;
        (HarmonicBasis basis, double[] coefficients, double time) = resolved;
        _density = null; // its memory is the nodes' now
        return Carry(new RunHandover(time, basis.Bandlimit, spectral), carried => carried.Run(basis, coefficients, time), snapshots, progress);
    }

    private Outcome Carry(RunHandover handover, Func<CharacteristicSimulation, Outcome> start, ISnapshotSink snapshots, IProgressSink? progress)
    {
        Outcome spectral = handover.Spectral;
        _handover = handover;
        CharacteristicSettings settings = CharacteristicRun.SettingsOf(Case, [.. OutputTimes.Where(t => t > handover.Time)]);
        CharacteristicSimulation characteristics = _carried = new CharacteristicSimulation(Case.Attention.Model, settings, snapshots, progress, Stop);
        Outcome carried = Solve(() => start(characteristics));
        return carried with
        {
            ValidUntil = double.IsNaN(carried.ValidUntil) ? handover.Time : carried.ValidUntil,
            Message = FormattableString.Invariant($"handed over to characteristics at t = {handover.Time:G6}, where bandlimit {handover.Bandlimit} was reached; ") + carried.Message,
            Warnings = [.. spectral.Warnings, .. carried.Warnings],
            Steps = spectral.Steps + carried.Steps,
            Rejected = spectral.Rejected + carried.Rejected,
            Evaluations = spectral.Evaluations + carried.Evaluations,
        };
    }
}
