using System.Diagnostics;
using System.Globalization;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>Trains the network of a case and leaves a complete run folder.</summary>
/// <remarks>
/// The bandlimit starts at method.bandlimit (auto: 32 on the circle, 16 else) and doubles, up to method.max_bandlimit, while the highest tenth of the degrees
/// anywhere along the depth is above <see cref="Resolved"/> of the largest; controls do not depend on the bandlimit, so training goes on from where it was.
/// </remarks>
public sealed class TrainingRunner
{
    /// <summary>What result.h5 has for the scheme.</summary>
    public const string SchemeName = "training";

    /// <summary>Spectrum tail and step error at which bandlimit and steps suffice.</summary>
    public const double Resolved = 1e-4;

    /// <summary>Spectrum tail and step error beyond which results do not count, nor where they are no numbers.</summary>
    public const double Lost = 1e-2;

    private readonly Case _case;
    private readonly TrainedModel _model;
    private readonly ITrainingProgress? _progress;
    private readonly IFourierEngine _engine;
    private readonly MemoryLimit _limit;
    private readonly string _yaml;

    /// <summary>Prepares a case.</summary>
    /// <param name="case">The case.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="limit">How much memory the training may take; <see cref="MemoryLimit.Default"/> if null.</param>
    /// <exception cref="CaseException">There is no training block, or its Fourier engine is not installed.</exception>
    public TrainingRunner(Case @case, ITrainingProgress? progress = null, MemoryLimit? limit = null)
    {
        if (@case.Training is null) throw new CaseException("the case", null, "training", "is missing: it states the loss and the regularization (docs/training.md)");
        (_case, _progress) = (@case, progress);
        _limit = limit ?? MemoryLimit.Default;
        _engine = SchemeRun.EngineOf(@case);
        _model = ControlModel.Of(@case);
        _yaml = CaseWriter.Write(@case.WithAbsolutePaths());
    }

    /// <summary>Bandlimit that training starts with.</summary>
    public int FirstBandlimit => Math.Min(LastBandlimit, _case.Method.Bandlimit ?? (_case.Dimension == 2 ? 32 : 16));

    private int LastBandlimit => Math.Min(_case.Method.MaxBandlimit, HarmonicTransform.LargestBandlimit(_case.Dimension));

    /// <summary>Bytes that training holds at a bandlimit.</summary>
    public long MemoryBytes(int bandlimit) => ControlProblem.MemoryBytes(_model, Grid(bandlimit), ControlModel.SettingsOf(_case).Vectors);

    /// <summary>Whether controls have the shape of this case.</summary>
    public bool Accepts(double[]? controls) => controls?.Length == _case.Training!.Steps * _model.ControlSize;

    /// <summary>Trains without writing anything.</summary>
    /// <param name="start">[steps, features, rows] first controls; null: none.</param>
    /// <param name="stop">Asked before each evaluation.</param>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="MemoryException">It would need too much memory.</exception>
    public TrainingReport Train(double[]? start = null, CancellationToken stop = default)
    {
        InitialCoefficients initial = InitialCoefficients.Of(_case);
        TerminalLoss loss = ControlModel.LossOf(_case);
        for (int bandlimit = FirstBandlimit; ; bandlimit = Math.Min(2 * bandlimit, LastBandlimit))
        {
            MemoryException.Require(MemoryBytes(bandlimit), _limit, $"training at bandlimit {bandlimit}", "lower method.max_bandlimit or training.steps");
            DepthGrid grid = Grid(bandlimit);
            var problem = new ControlProblem(_model, grid, initial.Values, loss, _case.Training!.Regularization, _engine);
            TrainedControl control = Trainer.Train(problem, ControlModel.SettingsOf(_case), start, _progress, stop);
            int stride = Math.Max(1, (int)Math.Round(_case.Time.Every / _case.Time.Until * grid.Steps));
            IReadOnlyList<DepthRecord> trained = DepthRecorder.Follow(problem, control.Controls, stride);
            double tail = trained.Max(record => record.SpectrumTail);
            start = control.Controls;
            double stepError = problem.StepError(control.Controls);
            if (tail > Resolved && stepError <= Lost && bandlimit < LastBandlimit && !stop.IsCancellationRequested) continue;

            IReadOnlyList<DepthRecord> untrained = DepthRecorder.Follow(problem, new double[problem.Size], stride);
            TokenTrial? tokens = _case.Training.Tokens > 0 && !stop.IsCancellationRequested ? TokenTrial.Of(_case, _model, grid, loss, control.Controls, trained) : null;
            return new TrainingReport(problem, grid, control, trained, untrained, stepError, tokens, OutcomeOf(control, trained, tail, stepError, stop));
        }
    }

    /// <summary>Trains and writes case.yaml, series.csv, result.h5, training.html, provenance.json and SHA256SUMS.</summary>
    /// <param name="folder">Emptied of an earlier run.</param>
    /// <param name="stop">Asked before each evaluation: once cancelled, the best controls so far are written.</param>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="MemoryException">It would need too much memory.</exception>
    /// <exception cref="RunFolderException">Another run has the folder.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public TrainingReport Run(RunFolder folder, CancellationToken stop = default)
    {
        using var held = RunLock.Take(folder.Path);
        folder.Clear();
        AtomicFile.WriteText(folder.FilePath(RunFolder.CaseName), _yaml);
        var provenance = new Provenance
        {
            Started = DateTime.UtcNow,
            Seed = _case.Method.Seed,
            Hdf5 = ResultFile.LibraryVersion,
            FourierEngine = _case.Dimension > 3 ? "none" : _engine.Name,
        };
        long clock = Stopwatch.GetTimestamp();
        TrainingReport report = Train(stop: stop);
        double solved = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        clock = Stopwatch.GetTimestamp();
        if (report.Outcome.ValidUntil >= 0) Publish(folder, report);
        double written = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        AtomicFile.WriteText(folder.FilePath("provenance.json"), (provenance with { SolveSeconds = solved, WriteSeconds = written, Outcome = report.Outcome }).ToJson());
        if (report.Outcome.Kind != OutcomeKind.Stopped) folder.WriteManifest();
        return report;
    }

    private void Publish(RunFolder folder, TrainingReport report)
    {
        var snapshots = SnapshotHistory.Of([.. report.Trained.Select(record => SnapshotOf(record, report.Grid))]);
        SeriesFile.Write(folder.FilePath("series.csv"), snapshots.Outlines);
        var header = new ResultHeader(_case.Title, _case.Dimension, _case.Attention.Model, SchemeName, (long)_case.Method.Seed, ProgramVersion.Number, _yaml);
        ResultFile.Write(folder.FilePath("result.h5"), new Result(header, snapshots, report.Outcome, 1) { Training = report });
        TrainingPage.Of(_case, report).Write(folder.FilePath("training.html"));
    }

    private DepthGrid Grid(int bandlimit) => new(bandlimit, _case.Time.Until * CaseTime.Scale(_case), _case.Training!.Steps);

    private Outcome OutcomeOf(TrainedControl control, IReadOnlyList<DepthRecord> trained, double tail, double stepError, CancellationToken stop)
    {
        var warnings = new List<string>();
        double horizon = trained[^1].Time, lowest = trained.Min(record => record.MinimumDensity);
        if (tail > Resolved) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"the density is resolved to {tail:G2} only: raise method.max_bandlimit"));
        if (!(stepError <= Resolved)) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"the steps leave an error of {stepError:G2} in the last state: raise training.steps"));
        bool lost = !(tail <= Lost && stepError <= Lost);
        if (lowest < -1e-3) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"the density falls to {lowest:G3} somewhere: raise method.bandlimit or training.steps"));
        string residual = string.Create(CultureInfo.InvariantCulture, $"optimality residual {control.Last.Residual:G3} after {control.Evaluations} evaluations, cost {control.Last.Objective.Total:G6}");
        OutcomeKind kind = stop.IsCancellationRequested ? OutcomeKind.Stopped
            : lost || !control.Converged ? OutcomeKind.ResolutionLost
            : OutcomeKind.Completed;
        string message = kind switch
        {
            OutcomeKind.Stopped => $"stopped: {residual}",
            OutcomeKind.Completed => $"trained: {residual}",
            _ when !(stepError <= Lost) => $"{_case.Training!.Steps} steps are too few, and no result is written: raise training.steps",
            _ when lost => $"the density is not resolved at max_bandlimit {LastBandlimit}, and no result is written: {residual}",
            _ => $"not converged: {residual}; raise training.iterations, or training.regularization",
        };
        return new Outcome(kind, lost ? -1 : horizon, message, warnings, _case.Training!.Steps, 0, control.Evaluations);
    }

    private Snapshot SnapshotOf(DepthRecord record, DepthGrid grid)
    {
        var mean = new MeanVector(_case.Dimension);
        double order = Math.Sqrt(Enumerable.Range(0, mean.Count).Sum(k => mean.Read(record.State, k) * mean.Read(record.State, k)));
        return new Snapshot(record.Time, grid.Bandlimit, record.State, new Observables
        {
            Energy = record.Energy,
            Entropy = record.Entropy,
            FreeEnergy = record.FreeEnergy,
            Dissipation = double.NaN,
            OrderParameter = order,
            Variance = (1 - order) * (1 + order),
            Mass = record.State[0],
            MinimumDensity = record.MinimumDensity,
            MaximumDensity = double.NaN,
            SpectrumTail = record.SpectrumTail,
            Aliasing = double.NaN,
            Bandlimit = grid.Bandlimit,
            Step = grid.Horizon / grid.Steps,
        });
    }
}
