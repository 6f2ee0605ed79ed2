using System.Diagnostics;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Solves a case and leaves a complete run folder.</summary>
public sealed class CaseRunner : ISnapshotSink
{
    private readonly Case _case;
    private readonly IProgressSink? _progress;
    private readonly MemoryLimit _limit;
    private readonly string _yaml;
    private IFourierEngine _engine;
    private string _engineName;
    private SchemeRun? _run;
    private RunFolder? _folder;
    private JournalHistory? _history;
    private RunLock? _held;
    private double _safe = double.NaN; // time of the newest checkpoint on the disk

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">The case asks for something that this version does not have.</exception>
    /// <param name="case">The case.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="limit">How much memory the run may take; <see cref="MemoryLimit.Default"/> if null.</param>
    public CaseRunner(Case @case, IProgressSink? progress = null, MemoryLimit? limit = null)
    {
        _run = SchemeRun.Create(@case);
        _case = @case;
        _progress = progress;
        _limit = limit ?? MemoryLimit.Default;
        (_engine, _engineName) = (_run.Engine, _run.FourierEngine);
        _yaml = CaseWriter.Write(@case.WithAbsolutePaths());
    }

    /// <summary>Says how much memory the run will take, and refuses what is more than it may have; nothing is allocated yet.</summary>
    /// <exception cref="MemoryException">It is too much.</exception>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="IOException">The file of initial data cannot be read.</exception>
    public RunMemory RequireMemory()
    {
        SchemeRun run = _run ?? throw new InvalidOperationException("a case is run once");
        RunMemory memory = RunMemory.Of(_case, run.Needs(), run.OutputTimes.Count);
        memory.Require(_case, _limit);
        return memory;
    }

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot)
    {
        _held?.RequireHeld();
        _history?.Add(snapshot);
        WriteCheckpoint();
        _history?.LimitGarbage();
    }

    /// <summary>Runs the case into a folder; every file is published whole.</summary>
    /// <param name="folder">Emptied of an earlier run.</param>
    /// <param name="stop">Asked before each step: once cancelled, the run ends as <see cref="OutcomeKind.Stopped"/> and <see cref="Resume"/> goes on with it.</param>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="MemoryException">The run needs more memory than it may have.</exception>
    /// <exception cref="RunFolderException">Another run has the folder.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Outcome Run(RunFolder folder, CancellationToken stop = default)
    {
        RequireMemory();
        return Hold(folder, () =>
        {
            folder.Clear();
            AtomicFile.WriteText(folder.FilePath(RunFolder.CaseName), _yaml);
            return Solve(folder, null, stop);
        });
    }

    /// <summary>Goes on with the unfinished run of this case: its files get the bits of a run that was never interrupted.</summary>
    /// <param name="folder">Of that run.</param>
    /// <param name="stop">As in <see cref="Run"/>.</param>
    /// <exception cref="RunFolderException">Another run has the folder, or its run is complete, of another case or of another version.</exception>
    /// <exception cref="InvalidDataException">What it left is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Outcome Resume(RunFolder folder, CancellationToken stop = default)
    {
        return Hold(folder, () =>
        {
            CheckpointFile? checkpoint = folder.Unfinished(_yaml);
            if (checkpoint is not null) TakeEngine(checkpoint.FourierEngine);
            if (checkpoint is null || _case.Initial is not FileInitial) RequireMemory(); // a file of initial data may be gone by now: the run needs it no more
            return Solve(folder, checkpoint, stop);
        });
    }

    private void TakeEngine(string name)
    {
        SchemeRun run = _run ?? throw new InvalidOperationException("a case is run once");
        run.TakeEngine(name);
        (_engine, _engineName) = (run.Engine, name);
    }

    // Runs with the folder's lock; a failure of the disk says what is safe and how to go on.
    private Outcome Hold(RunFolder folder, Func<Outcome> run)
    {
        using RunLock held = _held = RunLock.Take(folder.Path);
        try
        {
            return run();
        }
        catch (IOException problem) when (_folder is not null)
        {
            string safe = double.IsNaN(_safe) ? "nothing of the run is on the disk yet" : FormattableString.Invariant($"the run is safe up to t = {_safe:G6}");
            throw new IOException($"{problem.Message}; {safe}: when the cause is gone, go on with meanfield run --resume", problem);
        }
    }

    private void WriteCheckpoint()
    {
        if (_folder is not null && _run?.Checkpoint() is { } checkpoint)
        {
            new CheckpointFile(_history!.Count, ProgramVersion.Number, _engineName, _yaml, checkpoint).Write(_folder.Path);
            NoteSafe();
        }
    }

    private void NoteSafe() => _safe = _history!.Count > 0 ? _history.Outlines[^1].Time : _safe;

    private Outcome Solve(RunFolder folder, CheckpointFile? from, CancellationToken stop)
    {
        _folder = folder;
        _history = new JournalHistory(folder.Journal);
        _history.Open(from?.Snapshots ?? 0);
        if (from is not null) NoteSafe();
        var provenance = new Provenance { Started = DateTime.UtcNow, Seed = _case.Method.Seed, Hdf5 = ResultFile.LibraryVersion, FourierEngine = _engineName };
        var garbage = new GarbageLimit();
        long start = Stopwatch.GetTimestamp();
        (Outcome outcome, string? forces, double? handover) = Follow(from?.Run, stop);
        if (outcome.Kind == OutcomeKind.Stopped) return outcome;
        double solved = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        _held?.RequireHeld();
        folder.RemoveManifest();
        RunAssembly? assembly = _history.Count == 0 ? null : new(_case, RunAssembly.HeaderOf(_case, _yaml, ProgramVersion.Number), _history, outcome, handover, _engine);
        garbage.Keep(); // what the solver held makes room for the files
        if (assembly is not null) Assemble(folder, assembly);
        double written = Stopwatch.GetElapsedTime(start).TotalSeconds;
        provenance = provenance with { SolveSeconds = solved, WriteSeconds = written, Outcome = outcome, Forces = forces };
        AtomicFile.WriteText(folder.FilePath("provenance.json"), provenance.ToJson());
        garbage.Keep();
        if (assembly is not null) RunReport.Write(folder, assembly, provenance);
        folder.WriteManifest();
        folder.RemoveJournal();
        return outcome;
    }

    // Solves, and lets go of the solver.
    private (Outcome Outcome, string? Forces, double? Handover) Follow(RunCheckpoint? from, CancellationToken stop)
    {
        SchemeRun run = _run ?? throw new InvalidOperationException("a case is run once");
        run.Stop = stop;
        Outcome outcome = from is null ? run.Run(this, _progress) : run.Resume(from, this, _progress);
        if (outcome.Kind == OutcomeKind.Stopped) WriteCheckpoint();
        _run = null;
        return (outcome, run.Forces, run.HandoverTime);
    }

    private void Assemble(RunFolder folder, RunAssembly assembly)
    {
        assembly.WriteSeries(folder.FilePath("series.csv"));
        assembly.WriteResult(folder.FilePath("result.h5"));
        if (!_case.Output.Fields) return;
        assembly.WriteFields(folder.FilePath("fields.vtkhdf"));
        assembly.WriteTokens(folder.FilePath("tokens.vtkhdf"));
    }
}
