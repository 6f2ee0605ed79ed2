using System.Diagnostics;
using System.Globalization;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Follows a density along the characteristics of its flow, Ẋ = v[μ](X) with μ the masses carried, as far as it contracts.</summary>
/// <remarks>
/// The mean-field limit itself: quadrature nodes of the density move as tokens of their mass (<see cref="CarriedMesh"/>), forces are sums over the kernel's harmonics,
/// steps are of order 8, and after each step panels that the map has stretched too far are split. No sampling noise; no bandlimit on the density.
/// Without noise only: diffusion is not carried by a map. <see cref="Checkpoint"/> holds all that <see cref="Resume"/> needs to go on to the same bits.
/// </remarks>
public sealed class CharacteristicSimulation
{
    private static readonly FiniteMonitor Finite = new("order_parameter", "variance", "energy", "dissipation", "mass", "moment_error"); // in a Dirac the density is infinite

    private readonly Attention _attention;
    private readonly CharacteristicSettings _settings;
    private readonly ISnapshotSink _snapshots;
    private readonly IProgressSink? _progress;
    private readonly CancellationToken _stop;
    private readonly List<string> _warnings = [];

    private CarriedMesh _mesh = null!;
    private CarriedTokens _tokens = null!;
    private CharacteristicObserver _observer = null!;
    private TokenStepper _stepper = null!;
    private StepController _controller = null!;
    private Observables _observables;
    private double _time, _step;
    private int _outputs;
    private long _steps, _rejected, _evaluations;

    /// <summary>Prepares a run.</summary>
    /// <param name="attention">The model, κ = 0.</param>
    /// <param name="settings">Tolerance, output times, what is recorded.</param>
    /// <param name="snapshots">Receives the states at the output times.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="stop">Asked before each step: once cancelled, the run ends as <see cref="OutcomeKind.Stopped"/> and can be resumed.</param>
    /// <exception cref="ArgumentException">With noise.</exception>
    public CharacteristicSimulation(
        Attention attention, CharacteristicSettings settings, ISnapshotSink snapshots, IProgressSink? progress = null, CancellationToken stop = default)
    {
        if (attention.Noise > 0) throw new ArgumentException("characteristics carry no noise: take scheme spectral or particles", nameof(attention));
        _attention = attention;
        _settings = settings;
        _snapshots = snapshots;
        _progress = progress;
        _stop = stop;
    }

    /// <summary>The force that moves the nodes, given that of their masses: itself.</summary>
    internal Func<TokenForce, TokenForce> Moved { get; init; } = force => force;

    /// <summary>Bytes that a run of N nodes holds: states and slopes of the stepper, panels, weights.</summary>
    public static long MemoryBytes(int dimension, long nodes) =>
        sizeof(double) * nodes * ((dimension == 3 ? 3L : 2L) * (TokenStepper.Vectors + 3) + 4);

    /// <summary>Nodes that a density starts with, and the measured seconds of one step with them.</summary>
    public static (int Nodes, double SecondsPerStep) Measure(
        Attention attention, CharacteristicSettings settings, HarmonicBasis basis, ReadOnlySpan<double> coefficients)
    {
        var simulation = new CharacteristicSimulation(attention, settings with { RecordedTokens = 0 }, new Nowhere());
        simulation.Prepare(basis, coefficients, null);
        simulation.Build([]);
        long start = Stopwatch.GetTimestamp();
        simulation._stepper.TryStep(0, 1e-3);
        return (simulation._mesh.Nodes, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Runs from a density to the last output time.</summary>
    /// <param name="basis">Harmonics of the density.</param>
    /// <param name="coefficients">[basis.Count] ∫Y dμ.</param>
    /// <param name="start">Time of the density; its own snapshot is published when it is an output time.</param>
    /// <param name="recorded">Tokens to carry along and record; null: drawn from the density.</param>
    /// <exception cref="ArgumentException">The density is negative by more than the square root of the tolerance.</exception>
    public Outcome Run(HarmonicBasis basis, ReadOnlySpan<double> coefficients, double start, TokenSample? recorded = null)
    {
        Prepare(basis, coefficients, recorded);
        _time = start;
        Build(_tokens.Positions);
        _controller = new StepController(_settings.Tolerance, _stepper.FirstStep(Until - start), DormandPrinceEight.EmbeddedOrder);
        _outputs = _settings.OutputTimes.Count(t => t < start);
        return Proceed();
    }

    /// <summary>Goes on from a checkpoint: same outputs and counters as the run it was taken from.</summary>
    /// <exception cref="ArgumentException">Numbers that do not fit together.</exception>
    public Outcome Resume(CharacteristicCheckpoint from)
    {
        _mesh = new CarriedMesh(from.Dimension, MeshSettingsFor(from.Dimension), from.Mesh);
        int count = from.State.Length / _mesh.Coordinates;
        if (count < _mesh.Nodes || count * _mesh.Coordinates != from.State.Length)
            throw new ArgumentException($"{from.State.Length} numbers are not positions of {_mesh.Nodes} nodes and their tokens", nameof(from));
        _mesh.SetPositions(from.State, count);
        _tokens = CarriedTokens.Of(from.Dimension, from.State, count, count - _mesh.Nodes, from.Directions);
        _observer = new CharacteristicObserver(from.Dimension, _settings.Degree);
        (_time, _step, _outputs) = (from.Time, from.LastStep, from.Outputs);
        (_steps, _rejected, _observables) = (from.Steps, from.Rejected, from.Observables);
        _warnings.AddRange(from.Warnings);
        Build(_tokens.Positions);
        _evaluations = from.Evaluations - _stepper.Evaluations; // the slope at the state was counted when it was first evaluated
        _controller = new StepController(_settings.Tolerance, from.Step, DormandPrinceEight.EmbeddedOrder, from.PreviousRatio);
        return Proceed();
    }

    /// <summary>The run as it stands; to be asked for in the sinks, after a step or a snapshot, or when the run has stopped.</summary>
    public CharacteristicCheckpoint Checkpoint() => new(
        _mesh.Dimension, _time, _stepper.State.ToArray(), _mesh.Checkpoint(), _tokens.Directions, _controller.Step, _step, _controller.PreviousRatio,
        _outputs, _steps, _rejected, _evaluations + _stepper.Evaluations, _observables, [.. _warnings]);

    private double Until => _settings.OutputTimes[^1];

    private Outcome Proceed()
    {
        while (_outputs < _settings.OutputTimes.Count)
        {
            if (Follow(_settings.OutputTimes[_outputs]) is { } end) return end;
            if (Publish() is { } untrue) return untrue;
        }
        return End(OutcomeKind.Completed, _time, $"reached t = {Number(_time)} along characteristics with {_mesh.Nodes} nodes, moments within {Number(_mesh.MomentError)}");
    }

    // Steps to a target time; how the run ended if it did before.
    private Outcome? Follow(double target)
    {
        while (_time < target)
        {
            if (_stop.IsCancellationRequested) return End(OutcomeKind.Stopped, _time, $"stopped at t = {Number(_time)} of {Number(Until)}");
            double trial = _controller.Fit(target - _time);
            if (_time + trial == _time) return Collapse(0);
            double failure = _stepper.TryStep(_time, trial);
            if (!double.IsFinite(failure) && !FiniteMonitor.Holds(_stepper.Slope))
            {
                return End(OutcomeKind.ResolutionLost, _time, $"the speeds of the nodes are not finite at t = {Number(_time)}; " +
                    "results are valid until then; lower attention.beta, or start from smoother data");
            }
            if (!_controller.Judge(trial, failure))
            {
                _rejected++;
                if (StepMonitor.HasCollapsed(_time, trial, new TokenModel(_attention, _mesh.Dimension).FastestRate)) return Collapse(failure);
                continue;
            }
            _stepper.Accept();
            _steps++;
            _step = trial;
            double before = _time;
            _time = trial == target - _time ? target : _time + trial;
            if (Refine() is { } error) return End(OutcomeKind.ResolutionLost, before,
                $"resolution lost at t = {Number(_time)}: {_mesh.Nodes} nodes no longer resolve the map (error of the moments about {Number(error)}); " +
                $"results are valid until t = {Number(before)}; raise method.tokens, or end the run earlier");
            _progress?.Report(new Progress(_time, Until, _steps, _rejected, _observables));
        }
        return null;
    }

    private MeshSettings MeshSettingsFor(int dimension) => new(
        Math.Max(DensityFlow.KernelFor(_attention, dimension).MaximumDegree, _settings.Degree), _settings.Tolerance, _settings.MostNodes(dimension == 3 ? 2 : 1));

    private void Prepare(HarmonicBasis basis, ReadOnlySpan<double> coefficients, TokenSample? recorded)
    {
        var space = LabelSpace.Create(basis, coefficients);
        _mesh = new CarriedMesh(space, MeshSettingsFor(basis.Dimension));
        if (_mesh.NegativeMass > Math.Sqrt(_settings.Tolerance))
            throw new ArgumentException($"the density is negative somewhere (mass {Number(-_mesh.NegativeMass)}): characteristics carry positive masses");
        _tokens = recorded is null
            ? CarriedTokens.Of(_mesh, _settings.RecordedTokens, _settings.Seed)
            : CarriedTokens.Of(recorded, _settings.RecordedTokens);
        _observer = new CharacteristicObserver(basis.Dimension, _settings.Degree);
    }

    // Nodes first, recorded tokens of no mass behind them.
    private void Build(ReadOnlySpan<double> tokens)
    {
        _evaluations += _stepper?.Evaluations ?? 0;
        int count = _mesh.Nodes + _tokens.Count, coordinates = _mesh.Coordinates;
        var weights = new double[count];
        var positions = new double[coordinates * count];
        _mesh.CopyWeightsTo(weights.AsSpan(0, _mesh.Nodes));
        _mesh.CopyPositionsTo(positions, count);
        for (int c = 0; c < coordinates; c++)
            tokens.Slice(c * _tokens.Count, _tokens.Count).CopyTo(positions.AsSpan(c * count + _mesh.Nodes));
        var force = HarmonicForce.BetweenNodes(_attention, _mesh.Dimension, coordinates, weights);
        _stepper = new TokenStepper(new TokenDynamics(Moved(force), new NormSettings()), _time, positions, _settings.Tolerance);
        _observer.Attach(force, _mesh);
    }

    // Splits panels at the state just reached; the error of the moments when it is beyond what counts as resolved.
    private double? Refine()
    {
        int count = _mesh.Nodes + _tokens.Count;
        _mesh.SetPositions(_stepper.State, count);
        int nodes = _mesh.Nodes;
        if (_mesh.Refine())
        {
            var tokens = new double[_mesh.Coordinates * _tokens.Count];
            for (int c = 0; c < _mesh.Coordinates; c++)
                _stepper.State.Slice(c * count + nodes, _tokens.Count).CopyTo(tokens.AsSpan(c * _tokens.Count));
            Build(tokens);
        }
        double error = _mesh.MomentError;
        if (_warnings.Count == 0 && error > 100 * _settings.Tolerance)
        {
            _warnings.Add($"from t = {Number(_time)} the moments are known to about {Number(error)} only, for the flow tears neighbours apart faster than " +
                "nodes are left to resolve it: raise method.tokens");
        }
        return error > CharacteristicSettings.LossThreshold ? error : null;
    }

    // Publishes the state; how the run ends if the state breaks a law.
    private Outcome? Publish()
    {
        int count = _mesh.Nodes + _tokens.Count;
        Observables now = _observer.Observe(_stepper.State, _step);
        if (Judge(now) is { } violation)
        {
            string? valid = _outputs > 0 ? Number(_settings.OutputTimes[_outputs - 1]) : null;
            return End(OutcomeKind.ResolutionLost, _outputs > 0 ? _settings.OutputTimes[_outputs - 1] : double.NaN, violation.Sentence(Number(_time), valid));
        }
        _observables = now;
        _outputs++;
        _snapshots.Accept(new Snapshot(_time, _settings.Degree, _observer.Moments(_stepper.State), _observables)
        {
            IsTruncated = true,
            Positions = _tokens.Place(_stepper.State, count),
            ClusterIds = _observer.Clusters(_tokens.Count),
        });
        return null;
    }

    // The error of the steps as for tokens, and of the moments where panels were split; before the first output all observables are 0.
    private Violation? Judge(in Observables now)
    {
        double mass = 2 * Math.Pow(_settings.Tolerance, 0.75) + _mesh.InitialError + MassMonitor.Bound(_mesh.Nodes);
        if ((Finite.Judge(now) ?? MassMonitor.Judge(now.Mass, mass)) is { } violation) return violation;
        if (_outputs == 0 || _observables.Mass == 0) return null;
        double spread = Math.Sqrt(Math.Max(_observables.Variance, now.Variance)) + TokenStepper.RoundingFloor / _settings.Tolerance;
        double admitted = _steps * _settings.Tolerance * spread + _mesh.MomentError;
        return EnergyMonitor.OfTokens(new TokenModel(_attention, _mesh.Dimension))?.Judge(_observables, now, admitted, 0);
    }

    private Outcome Collapse(double error) => End(OutcomeKind.ResolutionLost, _time, double.IsFinite(error)
        ? $"the time step collapsed at t = {Number(_time)}: method.tolerance {Number(_settings.Tolerance)} cannot be met in double precision; raise it"
        : $"the speeds of the nodes are not finite after t = {Number(_time)}, however small the step; results are valid until then; lower attention.beta, or start from smoother data");

    private Outcome End(OutcomeKind kind, double validUntil, string message) =>
        new(kind, validUntil, message, _warnings, _steps, _rejected, _evaluations + _stepper.Evaluations);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private sealed class Nowhere : ISnapshotSink
    {
        public void Accept(Snapshot snapshot)
        {
        }
    }
}
