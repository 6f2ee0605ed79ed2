using System.Diagnostics;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Solves a case and leaves a complete run folder.</summary>
public sealed class CaseRunner : ISnapshotSink
{
    private readonly Case _case;
    private readonly IProgressSink? _progress;
    private readonly string _yaml;
    private readonly string _engine;
    private SchemeRun _run;
    private RunFolder? _folder;
    private JournalHistory? _history;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">The case asks for something that this version does not have.</exception>
    public CaseRunner(Case @case, IProgressSink? progress = null)
    {
        _run = SchemeRun.Create(@case);
        _case = @case;
        _progress = progress;
        _engine = _run.FourierEngine;
        _yaml = CaseWriter.Write(@case.WithAbsolutePaths());
        if (@case.Output.Fields && @case.Dimension <= 3) _ = SchemeRun.EngineOf(@case); // the fields are sampled at the end: refused now
    }

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot)
    {
        _history?.Add(snapshot);
        WriteCheckpoint();
    }

    /// <summary>Runs the case into a folder; every file is published whole.</summary>
    /// <param name="folder">Emptied of an earlier run.</param>
    /// <param name="stop">Asked before each step: once cancelled, the run ends as <see cref="OutcomeKind.Stopped"/> and <see cref="Resume"/> goes on with it.</param>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="RunFolderException">Another run has the folder.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Outcome Run(RunFolder folder, CancellationToken stop = default)
    {
        using var held = RunLock.Take(folder.Path);
        folder.Clear();
        AtomicFile.WriteText(folder.FilePath("case.yaml"), _yaml);
        return Solve(folder, null, stop);
    }

    /// <summary>Goes on with the unfinished run of this case: its files get the bits of a run that was never interrupted.</summary>
    /// <param name="folder">Of that run.</param>
    /// <param name="stop">As in <see cref="Run"/>.</param>
    /// <exception cref="RunFolderException">Another run has the folder, or its run is complete, of another case or of another version.</exception>
    /// <exception cref="InvalidDataException">What it left is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Outcome Resume(RunFolder folder, CancellationToken stop = default)
    {
        using var held = RunLock.Take(folder.Path);
        CheckpointFile? checkpoint = folder.Unfinished(_yaml, _engine);
        return Solve(folder, checkpoint, stop);
    }

    private void WriteCheckpoint()
    {
        if (_folder is not null && _run.Checkpoint() is { } checkpoint)
            new CheckpointFile(_history!.Count, ProgramVersion.Number, _engine, _yaml, checkpoint).Write(_folder.Path);
    }

    private Outcome Solve(RunFolder folder, CheckpointFile? from, CancellationToken stop)
    {
        _folder = folder;
        _history = new JournalHistory(folder.Journal);
        _history.Open(from?.Snapshots ?? 0);
        _run.Stop = stop;
        var provenance = new Provenance { Started = DateTime.UtcNow, Seed = _case.Method.Seed, Hdf5 = ResultFile.LibraryVersion, FourierEngine = _engine };
        long start = Stopwatch.GetTimestamp();
        Outcome outcome = from is null ? _run.Run(this, _progress) : _run.Resume(from.Run, this, _progress);
        if (outcome.Kind == OutcomeKind.Stopped)
        {
            WriteCheckpoint();
            return outcome;
        }
        double solved = Stopwatch.GetElapsedTime(start).TotalSeconds;
        provenance = provenance with { SolveSeconds = solved, Outcome = outcome, Forces = _run.Forces };

        start = Stopwatch.GetTimestamp();
        if (_history.Count > 0)
            Assemble(folder, new RunAssembly(_case, RunAssembly.HeaderOf(_case, _yaml, ProgramVersion.Number), _history, outcome, _run.HandoverTime));
        double written = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AtomicFile.WriteText(folder.FilePath("provenance.json"), (provenance with { WriteSeconds = written }).ToJson());
        folder.RemoveJournal();
        return outcome;
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
