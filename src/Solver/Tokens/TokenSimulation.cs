using System.Globalization;

namespace Meanfield.Solver;

/// <summary>Runs tokens through the output times: adaptive steps of order 8 without noise, fixed steps of weak order 2 with it.</summary>
/// <remarks>
/// The loop is: step with error control, publish at output times. A state that is no longer finite ends the run at the last one that was.
/// <see cref="Checkpoint"/> holds all that <see cref="Resume"/> needs to go on to the same bits.
/// </remarks>
public sealed class TokenSimulation
{
    private static readonly FiniteMonitor Spread = new("order_parameter", "variance");
    private static readonly FiniteMonitor Motion = new("order_parameter", "variance", "energy", "dissipation"); // with the mask there is no energy

    private readonly TokenModel _model;
    private readonly TokenSettings _settings;
    private readonly ISnapshotSink _snapshots;
    private readonly IProgressSink? _progress;
    private readonly CancellationToken _stop;

    private TokenDynamics _dynamics = null!;
    private TokenObserver _observer = null!;
    private TokenStepper? _stepper;
    private NoisyStepper? _noisy;
    private StepController? _controller;
    private Observables _observables;
    private double _time, _step;
    private int _outputs, _intervalSteps;
    private long _steps, _rejected, _evaluations;

    /// <summary>Prepares a run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">Tolerance, output times, what is recorded.</param>
    /// <param name="snapshots">Receives the states at the output times.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="stop">Asked before each step: once cancelled, the run ends as <see cref="OutcomeKind.Stopped"/> and can be resumed.</param>
    /// <exception cref="ArgumentException">Noise together with a normalization other than Post.</exception>
    public TokenSimulation(
        TokenModel model, TokenSettings settings, ISnapshotSink snapshots, IProgressSink? progress = null, CancellationToken stop = default)
    {
        if (model.Attention.Noise > 0 && settings.Norm.Placement != NormPlacement.Post)
            throw new ArgumentException("noise goes with normalization Post only", nameof(settings));
        _model = model;
        _settings = settings;
        _snapshots = snapshots;
        _progress = progress;
        _stop = stop;
    }

    /// <summary>The forces taken and why; null before the run.</summary>
    public ForceSelection? Forces { get; private set; }

    /// <summary>The force that moves the tokens, given the one selected: itself.</summary>
    internal Func<TokenForce, TokenForce> Moved { get; init; } = force => force;

    private double Until => _settings.OutputTimes[^1];

    /// <summary>Bytes that a run of N tokens holds: states and slopes of the stepper, force with the order of its sums, observer, the tokens given.</summary>
    public static long MemoryBytes(TokenModel model, TokenSettings settings, long count)
    {
        long rows = model.Dimension + (settings.Norm.HasSizes ? 1 : 0);
        long vectors = model.Attention.Noise > 0 ? 3 : TokenStepper.Vectors;
        bool direct = settings.Forces == ForceChoice.Direct || !HarmonicForce.Serves(model);
        long force = direct && model.Attention.Beta != 0 ? TokenForce.DirectBytes(model.Dimension, count) : sizeof(double) * count;
        long order = direct || model.Dimension < 3 ? 0 : 40 * count; // which tokens share a cell of the sphere
        return sizeof(double) * count * (rows * vectors + 6L * model.Dimension) + force + order; // + observer, the sample, its transpose and the first state
    }

    /// <summary>Forces evaluated by a step: 11 of order 8, 2 with noise.</summary>
    public static int EvaluationsPerStep(TokenModel model) =>
        model.Attention.Noise > 0 ? NoisyStepper.EvaluationsPerStep : DormandPrinceEight.Stages - 1;

    /// <summary>Runs from tokens to the last output time.</summary>
    /// <exception cref="ArgumentException">Tokens of another dimension, or forces that do not fit them.</exception>
    public Outcome Run(TokenSample initial)
    {
        if (initial.Dimension != _model.Dimension)
            throw new ArgumentException($"tokens of {initial.Dimension} coordinates in dimension {_model.Dimension}", nameof(initial));
        Open(initial.Count);
        Start(0, 0, _dynamics.Start(initial.ByCoordinate()));
        if (_stepper is not null) _controller = new StepController(_settings.Tolerance, _stepper.FirstStep(Until), DormandPrinceEight.EmbeddedOrder);
        return Publish() ?? Proceed();
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="ArgumentException">A checkpoint of another number of coordinates.</exception>
    public Outcome Resume(TokenCheckpoint from)
    {
        int rows = _model.Dimension + (_settings.Norm.HasSizes ? 1 : 0);
        if (from.State.Length % rows != 0) throw new ArgumentException($"{from.State.Length} numbers are not tokens of {rows} numbers each", nameof(from));
        Open(from.State.Length / rows);
        (_outputs, _intervalSteps, _steps, _rejected) = (from.Outputs, from.IntervalSteps, from.Steps, from.Rejected);
        (_observables, _step) = (from.Observables, from.LastStep);
        Start(from.Time, from.SlopeTime, from.State);
        _evaluations = from.Evaluations - (_stepper?.Evaluations ?? 0);
        if (_stepper is not null) _controller = new StepController(_settings.Tolerance, from.Step, DormandPrinceEight.EmbeddedOrder, from.PreviousRatio);
        return Proceed();
    }

    /// <summary>The run as it stands; to be asked for in the sinks, after a step or a snapshot, or when the run has stopped.</summary>
    public TokenCheckpoint Checkpoint() => new(
        _time, _stepper?.SlopeTime ?? _time, State.ToArray(), _controller?.Step ?? _step, _step, _controller?.PreviousRatio ?? 1, _outputs, _intervalSteps,
        _steps, _rejected, Evaluations, _observables);

    private ReadOnlySpan<double> State => _stepper is not null ? _stepper.State : _noisy!.State;

    private long Evaluations => _evaluations + (_stepper?.Evaluations ?? _noisy?.Evaluations ?? 0);

    private void Open(int count)
    {
        Forces = ForceSelection.Create(_model, count, _settings.Forces, _settings.Norm, _settings.Tolerance);
        _dynamics = new TokenDynamics(Moved(Forces.Force), _settings.Norm);
        _observer = new TokenObserver(Forces.Force, _settings.Degree);
    }

    private void Start(double time, double slopeTime, ReadOnlySpan<double> state)
    {
        _time = time;
        _dynamics.Switched = time >= _settings.Norm.SwitchTime;
        if (_model.Attention.Noise > 0) _noisy = new NoisyStepper(_dynamics.Force, state, _settings.Seed);
        else _stepper = new TokenStepper(_dynamics, slopeTime, state, _settings.Tolerance);
    }

    private Outcome Proceed()
    {
        while (_outputs < _settings.OutputTimes.Count)
        {
            double target = _settings.OutputTimes[_outputs];
            Outcome? end = _noisy is not null ? Diffuse(target) : Follow(target);
            if ((end ?? Publish()) is { } last) return last;
        }
        return End(OutcomeKind.Completed, _time, $"reached t = {Number(_time)}");
    }

    private Outcome? Follow(double target)
    {
        double turn = _settings.Norm.SwitchTime;
        while (_time < target)
        {
            if (_stop.IsCancellationRequested) return Stop();
            bool beforeTurn = _settings.Norm.Placement == NormPlacement.Mix && !_dynamics.Switched && turn < target;
            double goal = beforeTurn ? turn : target, trial = _controller!.Fit(goal - _time);
            if (_time + trial == _time) return Collapse(0);
            double error = _stepper!.TryStep(_time, trial);
            if (!double.IsFinite(error) && !FiniteMonitor.Holds(_stepper.Slope))
            {
                return End(OutcomeKind.ResolutionLost, _time, $"the speeds of the tokens are not finite at t = {Number(_time)}: " +
                    "lower attention.beta, or check the matrices and the sizes of the tokens");
            }
            if (!_controller.Judge(trial, error))
            {
                _rejected++;
                if (StepMonitor.HasCollapsed(_time, trial, _model.FastestRate)) return Collapse(error);
                continue;
            }
            _stepper.Accept();
            _intervalSteps++;
            double reached = trial == goal - _time ? goal : _time + trial;
            if (_settings.Norm.Placement == NormPlacement.Mix && !_dynamics.Switched && reached >= turn)
            {
                _dynamics.Switched = true;
                _stepper.Restart(reached);
            }
            Advance(reached, trial);
        }
        return null;
    }

    private Outcome? Diffuse(double target)
    {
        double from = _settings.OutputTimes[_outputs - 1];
        double wanted = _settings.NoiseStep ?? NoisyStepper.StepFor(_model, _dynamics.Force.Count, _settings.Tolerance);
        int parts = (int)Math.Max(1, Math.Ceiling((target - from) / wanted * (1 - 1e-12)));
        double step = (target - from) / parts;
        while (_intervalSteps < parts)
        {
            if (_stop.IsCancellationRequested) return Stop();
            double before = _time;
            _noisy!.Step(step, _steps);
            if (!FiniteMonitor.Holds(_noisy.State))
            {
                return End(OutcomeKind.ResolutionLost, before, $"the tokens are no longer finite at t = {Number(before + step)}; " +
                    $"results are valid until t = {Number(before)}; take a smaller step or a smaller attention.beta");
            }
            _intervalSteps++;
            Advance(_intervalSteps == parts ? target : from + _intervalSteps * step, step);
        }
        return null;
    }

    private void Advance(double time, double step)
    {
        (_time, _step) = (time, step);
        _steps++;
        _progress?.Report(new Progress(time, Until, _steps, _rejected, _observables));
    }

    // Publishes the state; how the run ends if the state breaks a law.
    private Outcome? Publish()
    {
        ReadOnlySpan<double> positions = _dynamics.Positions(State);
        Observables now = _observer.Observe(positions, _step);
        if (Judge(now) is { } violation)
        {
            string? valid = _outputs > 0 ? Number(_settings.OutputTimes[_outputs - 1]) : null;
            return End(OutcomeKind.ResolutionLost, _outputs > 0 ? _settings.OutputTimes[_outputs - 1] : double.NaN, violation.Sentence(Number(_time), valid));
        }
        _observables = now;
        _outputs++;
        _intervalSteps = 0;
        _snapshots.Accept(new Snapshot(_time, _settings.Degree, _observer.Moments(positions), _observables)
        {
            IsTruncated = true,
            Positions = _observer.Record(positions, _settings.RecordedTokens),
            ClusterIds = _observer.RecordClusters(_settings.RecordedTokens),
        });
        return null;
    }

    // The error of a step is at most tolerance·(σ + δ), σ the spread of the cloud, which is the larger of the two where it gathers.
    private Violation? Judge(in Observables now)
    {
        if ((_model.Causal ? Spread : Motion).Judge(now) is { } violation) return violation;
        if (_outputs == 0) return null;
        double spread = Math.Sqrt(Math.Max(_observables.Variance, now.Variance)) + TokenStepper.RoundingFloor / _settings.Tolerance;
        return EnergyMonitor.OfTokens(_model)?.Judge(_observables, now, _intervalSteps * _settings.Tolerance * spread, _time - _settings.OutputTimes[_outputs - 1]);
    }

    private Outcome Collapse(double error) => End(OutcomeKind.ResolutionLost, _time, double.IsFinite(error)
        ? $"the time step collapsed at t = {Number(_time)}: method.tolerance {Number(_settings.Tolerance)} cannot be met in double precision; raise it"
        : $"the speeds of the tokens are not finite after t = {Number(_time)}, however small the step; results are valid until then; lower attention.beta, or start from smoother data");

    private Outcome Stop() => End(OutcomeKind.Stopped, _time, $"stopped at t = {Number(_time)} of {Number(Until)}");

    private Outcome End(OutcomeKind kind, double validUntil, string message) =>
        new(kind, validUntil, message, [], _steps, _rejected, Evaluations);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
