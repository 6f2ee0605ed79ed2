using System.Diagnostics;
using System.Globalization;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Follows a density along the characteristics of its flow, Ẋ = v[μ](X) with μ the masses carried, as far as it contracts.</summary>
/// <remarks>
/// The mean-field limit itself: quadrature nodes of the density move as tokens of their mass (<see cref="CarriedMesh"/>), forces are sums over the kernel's harmonics,
/// steps are of order 8, and after each step panels that the map has stretched too far are split. No sampling noise; no bandlimit on the density.
/// Without noise only: diffusion is not carried by a map.
/// </remarks>
public sealed class CharacteristicSimulation
{
    private readonly Attention _attention;
    private readonly CharacteristicSettings _settings;
    private readonly ISnapshotSink _snapshots;
    private readonly IProgressSink? _progress;
    private readonly List<string> _warnings = [];

    private CarriedMesh _mesh = null!;
    private CarriedTokens _tokens = null!;
    private CharacteristicObserver _observer = null!;
    private TokenStepper _stepper = null!;
    private Observables _observables;
    private double _step;
    private long _steps, _rejected, _evaluations;

    /// <summary>Prepares a run.</summary>
    /// <param name="attention">The model, κ = 0.</param>
    /// <param name="settings">Tolerance, output times, what is recorded.</param>
    /// <param name="snapshots">Receives the states at the output times.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <exception cref="ArgumentException">With noise.</exception>
    public CharacteristicSimulation(Attention attention, CharacteristicSettings settings, ISnapshotSink snapshots, IProgressSink? progress = null)
    {
        if (attention.Noise > 0) throw new ArgumentException("characteristics carry no noise: take scheme spectral or particles", nameof(attention));
        _attention = attention;
        _settings = settings;
        _snapshots = snapshots;
        _progress = progress;
    }

    /// <summary>Bytes that a run of N nodes holds: states and slopes of the stepper, panels, weights.</summary>
    public static long MemoryBytes(int dimension, long nodes) =>
        sizeof(double) * nodes * ((dimension == 3 ? 3L : 2L) * (TokenStepper.Vectors + 3) + 4);

    /// <summary>Nodes that a density starts with, and the measured seconds of one step with them.</summary>
    public static (int Nodes, double SecondsPerStep) Measure(
        Attention attention, CharacteristicSettings settings, HarmonicBasis basis, ReadOnlySpan<double> coefficients)
    {
        var simulation = new CharacteristicSimulation(attention, settings with { RecordedTokens = 0 }, new Nowhere());
        simulation.Prepare(basis, coefficients, null);
        simulation.Build(0, []);
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
        double time = start, until = _settings.OutputTimes[^1];
        Build(time, _tokens.Positions);
        var controller = new StepController(_settings.Tolerance, _stepper.FirstStep(until - start), DormandPrinceEight.EmbeddedOrder);
        foreach (double target in _settings.OutputTimes.Where(t => t >= start))
        {
            while (time < target)
            {
                double trial = controller.Fit(target - time);
                if (time + trial == time) return End(OutcomeKind.ResolutionLost, time,
                    $"the time step collapsed at t = {Number(time)}: method.tolerance {Number(_settings.Tolerance)} cannot be met in double precision; raise it");
                if (!controller.Judge(trial, _stepper.TryStep(time, trial))) { _rejected++; continue; }
                _stepper.Accept();
                _steps++;
                _step = trial;
                double before = time;
                time = trial == target - time ? target : time + trial;
                if (Refine(time) is { } error) return End(OutcomeKind.ResolutionLost, before,
                    $"resolution lost at t = {Number(time)}: {_mesh.Nodes} nodes no longer resolve the map (error of the moments about {Number(error)}); " +
                    $"results are valid until t = {Number(before)}; raise method.tokens, or end the run earlier");
                _progress?.Report(new Progress(time, until, _steps, _rejected, _observables));
            }
            Publish(time);
        }
        return End(OutcomeKind.Completed, time, $"reached t = {Number(time)} along characteristics with {_mesh.Nodes} nodes, moments within {Number(_mesh.MomentError)}");
    }

    private void Prepare(HarmonicBasis basis, ReadOnlySpan<double> coefficients, TokenSample? recorded)
    {
        var space = LabelSpace.Create(basis, coefficients);
        int degree = Math.Max(DensityFlow.KernelFor(_attention, basis.Dimension).MaximumDegree, _settings.Degree);
        _mesh = new CarriedMesh(space, new MeshSettings(degree, _settings.Tolerance, _settings.MostNodes(space.Axes)));
        if (_mesh.NegativeMass > Math.Sqrt(_settings.Tolerance))
            throw new ArgumentException($"the density is negative somewhere (mass {Number(-_mesh.NegativeMass)}): characteristics carry positive masses");
        _tokens = recorded is null
            ? CarriedTokens.Of(_mesh, _settings.RecordedTokens, _settings.Seed)
            : CarriedTokens.Of(recorded, _settings.RecordedTokens);
        _observer = new CharacteristicObserver(basis.Dimension, _settings.Degree);
    }

    // Nodes first, recorded tokens of no mass behind them.
    private void Build(double time, ReadOnlySpan<double> tokens)
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
        _stepper = new TokenStepper(new TokenDynamics(force, new NormSettings()), time, positions, _settings.Tolerance);
        _observer.Attach(force, _mesh);
    }

    // Splits panels at the state just reached; the error of the moments when it is beyond what counts as resolved.
    private double? Refine(double time)
    {
        int count = _mesh.Nodes + _tokens.Count;
        _mesh.SetPositions(_stepper.State, count);
        int nodes = _mesh.Nodes;
        if (_mesh.Refine())
        {
            var tokens = new double[_mesh.Coordinates * _tokens.Count];
            for (int c = 0; c < _mesh.Coordinates; c++)
                _stepper.State.Slice(c * count + nodes, _tokens.Count).CopyTo(tokens.AsSpan(c * _tokens.Count));
            Build(time, tokens);
        }
        double error = _mesh.MomentError;
        if (_warnings.Count == 0 && error > 100 * _settings.Tolerance)
        {
            _warnings.Add($"from t = {Number(time)} the moments are known to about {Number(error)} only, for the flow tears neighbours apart faster than " +
                "nodes are left to resolve it: raise method.tokens");
        }
        return error > CharacteristicSettings.LossThreshold ? error : null;
    }

    private void Publish(double time)
    {
        int count = _mesh.Nodes + _tokens.Count;
        _observables = _observer.Observe(_stepper.State, _step);
        _snapshots.Accept(new Snapshot(time, _settings.Degree, _observer.Moments(_stepper.State), _observables)
        {
            IsTruncated = true,
            Positions = _tokens.Place(_stepper.State, count),
            ClusterIds = _observer.Clusters(_tokens.Count),
        });
    }

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
