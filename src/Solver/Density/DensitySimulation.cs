using System.Globalization;
using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Runs the density flow from initial coefficients through the output times, growing the bandlimit as the spectrum fills.</summary>
/// <remarks>
/// The loop is: step with error control, then look at the degree spectrum. If it no longer ends in a plateau, the bandlimit grows
/// (zero padding is exact) and the step is taken again; at the largest bandlimit the run ends with the last resolved state, whose time is the outcome's ValidUntil.
/// No unresolved state is ever published. <see cref="Checkpoint"/> holds all that <see cref="Resume"/> needs to go on to the same bits.
/// </remarks>
public sealed class DensitySimulation
{
    private const int LargestOversampling = 24;

    private readonly Attention _attention;
    private readonly int _dimension;
    private readonly DensitySettings _settings;
    private readonly ISnapshotSink _snapshots;
    private readonly IProgressSink? _progress;
    private readonly CancellationToken _stop;
    private readonly AliasingMonitor _aliasing = new();
    private readonly DensityTruth _truth;

    private DensityFlow _flow = null!;
    private ExponentialRungeKutta _stepper = null!;
    private DegreeSpectrum _spectrum = null!;
    private StepController _controller = null!;
    private double _time, _step;
    private double _publishedTime = double.NegativeInfinity;
    private int _outputs;
    private bool _lost, _untrue;
    private Observables _observables;
    private long _steps, _rejected, _evaluations;

    /// <summary>Prepares a run.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">Ambient dimension d.</param>
    /// <param name="settings">Tolerances, bandlimits, output times.</param>
    /// <param name="snapshots">Receives the states at the output times.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="stop">Asked before each step: once cancelled, the run ends as <see cref="OutcomeKind.Stopped"/> and can be resumed.</param>
    public DensitySimulation(
        Attention attention, int dimension, DensitySettings settings, ISnapshotSink snapshots, IProgressSink? progress = null, CancellationToken stop = default)
    {
        _attention = attention;
        _dimension = dimension;
        _settings = settings;
        _snapshots = snapshots;
        _progress = progress;
        _stop = stop;
        _truth = new DensityTruth(attention, settings);
    }

    /// <summary>The last resolved state, from which another scheme can go on; its time is the outcome's ValidUntil. Null where a state broke a law of the equation.</summary>
    public (HarmonicBasis Basis, double[] Coefficients, double Time)? Resolved => _untrue ? null : (_flow.Basis, _stepper.State.ToArray(), _time);

    /// <summary>What is stepped, given the flow: the flow itself.</summary>
    internal Func<DensityFlow, ISemilinearFlow> Stepped { get; init; } = flow => flow;

    /// <summary>The time integrator of a model: stiff order 4(3) with noise, order 5(4) without.</summary>
    public static ExponentialTableau Tableau(Attention attention) =>
        attention.Noise > 0 ? ExponentialTableau.HochbruckOstermann : ExponentialTableau.DormandPrince;

    private int Top => field > 0 ? field : field = LargestBandlimit(_attention, _dimension, _settings.MaximumBandlimit);

    /// <summary>The largest bandlimit ≤ <paramref name="wanted"/> whose grids, the aliasing monitor's included, exist.</summary>
    public static int LargestBandlimit(Attention attention, int dimension, int wanted)
    {
        int largest = Math.Min(wanted, HarmonicTransform.LargestBandlimit(dimension));
        if (DensityFlow.Fits(attention, dimension, largest, AliasingMonitor.Refinement)) return largest;
        int fits = 1, tooLarge = largest; // grids grow with the bandlimit: bisect
        while (tooLarge - fits > 1)
        {
            int middle = (fits + tooLarge) / 2;
            if (DensityFlow.Fits(attention, dimension, middle, AliasingMonitor.Refinement)) fits = middle; else tooLarge = middle;
        }
        return fits;
    }

    /// <summary>
    /// Smallest bandlimit on the ladder that resolves coefficients of degrees ≤ <paramref name="degree"/>, or null if none up to the largest does.
    /// </summary>
    public static int? StartingBandlimit(Attention attention, int dimension, ReadOnlySpan<double> coefficients, int degree, DensitySettings settings)
    {
        int top = LargestBandlimit(attention, dimension, settings.MaximumBandlimit);
        int first = settings.Bandlimit is int wanted ? Math.Min(wanted, top) : BandlimitLadder.AtLeast(1, top);
        for (int bandlimit = first; ; bandlimit = BandlimitLadder.Next(bandlimit, top))
        {
            var basis = new HarmonicBasis(dimension, bandlimit);
            var spectrum = new DegreeSpectrum(basis);
            spectrum.Measure(Resized(coefficients, basis));
            double threshold = bandlimit < top ? settings.GrowthThreshold : settings.LossThreshold;
            bool complete = degree <= bandlimit || Largest(coefficients[basis.Count..]) <= threshold * Largest(coefficients[1..]);
            if (complete && spectrum.IsResolved(threshold)) return bandlimit;
            if (bandlimit >= top) return null;
        }
    }

    /// <summary>Bytes that a run at a bandlimit holds: vectors of the stepper, flow with its fields, and for softmax the finer flow of the aliasing monitor.</summary>
    public static long MemoryBytes(Attention attention, int dimension, int bandlimit)
    {
        int vectors = Tableau(attention).Stages + 5; // state, candidate, stage, error, and the state resized from the bandlimit before
        long bytes = DensityFlow.MemoryBytes(attention, dimension, bandlimit, 0, fields: true);
        if (attention.Normalization == Normalization.Softmax && attention.Beta != 0)
        {
            bytes += DensityFlow.MemoryBytes(attention, dimension, bandlimit, AliasingMonitor.Refinement, fields: false);
            vectors += 2;
        }
        return bytes + sizeof(double) * vectors * (long)new HarmonicBasis(dimension, bandlimit).Count;
    }

    /// <summary>Runs to the last output time, or until resolution is lost.</summary>
    /// <param name="initial">Initial coefficients of degrees ≤ <paramref name="degree"/>.</param>
    /// <param name="degree">Their largest degree.</param>
    public Outcome Run(ReadOnlySpan<double> initial, int degree)
    {
        if (StartingBandlimit(_attention, _dimension, initial, degree, _settings) is not int bandlimit)
        {
            return End(OutcomeKind.ResolutionLost, double.NaN,
                $"the initial state itself is not resolved by max_bandlimit {Top}: raise method.max_bandlimit or start from smoother data");
        }
        Build(bandlimit, 0, initial);
        double fastest = Fastest;
        _controller = new StepController(_settings.Tolerance, Math.Min(Until, fastest > 0 ? 0.1 / fastest : Until), Tableau(_attention).EmbeddedOrder);
        return Proceed();
    }

    /// <summary>Goes on from a checkpoint: same outputs and counters as the run it was taken from.</summary>
    /// <exception cref="ArgumentException">Coefficients that do not fit the checkpoint's bandlimit in this dimension.</exception>
    public Outcome Resume(DensityCheckpoint from)
    {
        if (from.Coefficients.Length != new HarmonicBasis(_dimension, from.Bandlimit).Count)
            throw new ArgumentException($"{from.Coefficients.Length} coefficients are not those of bandlimit {from.Bandlimit} in dimension {_dimension}", nameof(from));
        Build(from.Bandlimit, from.Oversampling, from.Coefficients);
        _evaluations = from.Evaluations - _stepper.Evaluations; // N at the state was counted when it was first evaluated
        (_time, _step, _outputs, _publishedTime) = (from.Time, from.LastStep, from.Outputs, from.PublishedTime);
        (_steps, _rejected, _observables) = (from.Steps, from.Rejected, from.Observables);
        _truth.Restore(from.Truth, from.Warnings);
        _controller = new StepController(_settings.Tolerance, from.Step, Tableau(_attention).EmbeddedOrder, from.PreviousRatio);
        return Proceed();
    }

    /// <summary>
    /// The run as it stands; to be asked for in the sinks, after a step or a snapshot, or when the run has stopped. Null once resolution is lost:
    /// such a run goes on from the checkpoint before, and loses it again.
    /// </summary>
    public DensityCheckpoint? Checkpoint() => _lost ? null : new(
        _time, _flow.Basis.Bandlimit, _flow.Oversampling, _stepper.State.ToArray(), _controller.Step, _step, _controller.PreviousRatio,
        _outputs, _publishedTime, _steps, _rejected, Evaluations, _observables, [.. _truth.Warnings], _truth.Checkpoint());

    private double Until => _settings.OutputTimes[^1];

    private double Fastest => Math.Abs(TensorPrimitives.MaxMagnitude(_flow.Rates));

    private long Evaluations => _evaluations + (_stepper?.Evaluations ?? 0);

    private Outcome Proceed()
    {
        while (_outputs < _settings.OutputTimes.Count)
        {
            if (Follow(_settings.OutputTimes[_outputs]) is { } end) return end;
            if (Publish() is { } untrue) return untrue;
        }
        return End(OutcomeKind.Completed, _time, $"reached t = {Number(_time)} with every state resolved");
    }

    // Steps to a target time; how the run ended if it did before.
    private Outcome? Follow(double target)
    {
        while (_time < target)
        {
            if (_stop.IsCancellationRequested) return End(OutcomeKind.Stopped, _time, $"stopped at t = {Number(_time)} of {Number(Until)}");
            double trial = _controller.Fit(target - _time);
            if (_time + trial == _time) return LoseStep(0);
            double error = _stepper.TryStep(trial);
            if (error <= _settings.Tolerance && !CandidateIsResolved(_settings.GrowthThreshold))
            {
                // The same step is taken again with more degrees: when the bandlimit grows has no influence on the steps.
                if (_flow.Basis.Bandlimit < Top) { Grow(); continue; }
                if (!_spectrum.IsResolved(_settings.LossThreshold)) return LoseResolution(_time + trial);
            }
            if (!_controller.Judge(trial, error))
            {
                _rejected++;
                if (StepMonitor.HasCollapsed(_time, trial, Fastest)) return LoseStep(error);
                continue;
            }
            _stepper.Accept();
            _truth.Admit(_spectrum.Deviation);
            _steps++;
            (_step, _time) = (trial, trial == target - _time ? target : _time + trial);
            _progress?.Report(new Progress(_time, Until, _steps, _rejected, _observables));
        }
        return null;
    }

    private bool CandidateIsResolved(double threshold)
    {
        _spectrum.Measure(_stepper.Candidate);
        return _spectrum.IsResolved(threshold);
    }

    private void Grow()
    {
        _rejected++;
        int bandlimit = BandlimitLadder.Next(_flow.Basis.Bandlimit, Top);
        bool fits = DensityFlow.Fits(_attention, _dimension, bandlimit, _flow.Oversampling + AliasingMonitor.Refinement);
        Build(bandlimit, fits ? _flow.Oversampling : 0, _stepper.State);
    }

    private void Build(int bandlimit, int oversampling, ReadOnlySpan<double> state)
    {
        _evaluations += _stepper?.Evaluations ?? 0;
        var flow = new DensityFlow(_attention, _dimension, bandlimit, oversampling, _settings.Engine);
        _stepper = new ExponentialRungeKutta(Stepped(flow), Resized(state, flow.Basis), Tableau(_attention));
        _flow = flow;
        if (_spectrum is null || _spectrum.Basis != flow.Basis) _spectrum = new DegreeSpectrum(flow.Basis);
    }

    // Publishes the state; how the run ends if the state breaks a law.
    private Outcome? Publish()
    {
        double aliasing = _aliasing.Measure(_flow, _stepper.State);
        while (aliasing > _settings.Tolerance && _flow.Oversampling < LargestOversampling)
        {
            int oversampling = 2 * _flow.Oversampling + 2;
            if (!DensityFlow.Fits(_attention, _dimension, _flow.Basis.Bandlimit, oversampling + AliasingMonitor.Refinement)) break;
            Build(_flow.Basis.Bandlimit, oversampling, _stepper.State);
            aliasing = _aliasing.Measure(_flow, _stepper.State);
        }
        _spectrum.Measure(_stepper.State);
        Observables? before = _outputs > 0 ? _observables : null;
        Observables now = DensityObserver.Observe(_flow, _stepper.State) with { SpectrumTail = _spectrum.Tail, Step = _step, Aliasing = aliasing };
        if (_truth.Judge(before, now, _time - _publishedTime, _steps) is { } violation)
        {
            (_lost, _untrue) = (true, true);
            return End(OutcomeKind.ResolutionLost, _outputs > 0 ? _publishedTime : double.NaN, violation.Sentence(Number(_time), _outputs > 0 ? Number(_publishedTime) : null));
        }
        _observables = now;
        _truth.Warn(now, _time);
        _publishedTime = _time;
        _outputs++;
        _snapshots.Accept(new Snapshot(_time, _flow.Basis.Bandlimit, _stepper.State.ToArray(), _observables));
        return null;
    }

    private Outcome LoseResolution(double time) => Lose(
        $"resolution lost at t = {Number(time)}: bandlimit {_flow.Basis.Bandlimit} no longer resolves the density (spectrum tail {Number(_spectrum.Tail)}); " +
        $"results are valid until t = {Number(_time)}; raise method.max_bandlimit, add noise, or end the run earlier");

    private Outcome LoseStep(double error) => Lose(double.IsFinite(error)
        ? $"the time step collapsed at t = {Number(_time)}: method.tolerance {Number(_settings.Tolerance)} cannot be met in double precision; raise it"
        : $"the right-hand side is not finite at t = {Number(_time)}, however small the step; results are valid until then; lower attention.beta, or start from smoother data");

    // Ends the run at the last resolved state, which is published first.
    private Outcome Lose(string message)
    {
        _lost = true;
        return _time > _publishedTime && Publish() is { } untrue ? untrue : End(OutcomeKind.ResolutionLost, _time, message);
    }

    private Outcome End(OutcomeKind kind, double validUntil, string message) =>
        new(kind, validUntil, message, _truth.Warnings, _steps, _rejected, Evaluations);

    private static double[] Resized(ReadOnlySpan<double> coefficients, HarmonicBasis basis)
    {
        var resized = new double[basis.Count];
        coefficients[..Math.Min(coefficients.Length, resized.Length)].CopyTo(resized);
        return resized;
    }

    private static double Largest(ReadOnlySpan<double> values) => values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
