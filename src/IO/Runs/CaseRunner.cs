using System.Diagnostics;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Solves a case and leaves a complete run folder.</summary>
public sealed class CaseRunner : ISnapshotSink
{
    private readonly Case _case;
    private readonly SchemeRun _run;
    private readonly IProgressSink? _progress;
    private readonly List<Snapshot> _snapshots = [];
    private readonly List<FieldFrame> _frames = [];
    private readonly string _yaml;
    private RunFolder? _folder;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">The case asks for something that this version does not have.</exception>
    public CaseRunner(Case @case, IProgressSink? progress = null)
    {
        _run = SchemeRun.Create(@case);
        _case = @case;
        _progress = progress;
        _yaml = CaseWriter.Write(@case.WithAbsolutePaths());
    }

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot)
    {
        Keep(snapshot);
        _folder?.Journal.Write(_snapshots.Count - 1, snapshot);
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
        CheckpointFile? checkpoint = folder.Unfinished(_yaml);
        if (checkpoint is not null) _run.TakeEngine(checkpoint.FourierEngine);
        for (int number = 0; number < checkpoint?.Snapshots; number++) Keep(folder.Journal.Read(number));
        return Solve(folder, checkpoint?.Run, stop);
    }

    // Null where no fields are asked for, and beyond the sphere, where they have no mesh.
    private FieldSampler? Sampler => field ??= _case.Output.Fields
        ? FieldSampler.Create(_case.Attention.Model, _case.Dimension, _case.Output.Degree, _run.Engine)
        : null;

    private void Keep(Snapshot snapshot)
    {
        _snapshots.Add(snapshot);
        if (Sampler is { } sampler) _frames.Add(sampler.Sample(snapshot));
    }

    private void WriteCheckpoint()
    {
        if (_folder is not null && _run.Checkpoint() is { } checkpoint)
            new CheckpointFile(_snapshots.Count, ProgramVersion.Number, _run.FourierEngine, _yaml, checkpoint).Write(_folder.Path);
    }

    private Outcome Solve(RunFolder folder, RunCheckpoint? from, CancellationToken stop)
    {
        _folder = folder;
        _run.Stop = stop;
        var provenance = new Provenance { Started = DateTime.UtcNow, Seed = _case.Method.Seed, Hdf5 = ResultFile.LibraryVersion, FourierEngine = _run.FourierEngine };
        long start = Stopwatch.GetTimestamp();
        Outcome outcome = from is null ? _run.Run(this, _progress) : _run.Resume(from, this, _progress);
        if (outcome.Kind == OutcomeKind.Stopped)
        {
            WriteCheckpoint();
            return outcome;
        }
        double solved = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        if (_snapshots.Count > 0)
        {
            folder.WriteSeries(_snapshots);
            var header = new ResultHeader(_case.Title, _case.Dimension, _case.Attention.Model, SchemeRun.NameOf(_case.Method.Scheme), (long)_case.Method.Seed, ProgramVersion.Number, _yaml);
            ResultFile.Write(folder.FilePath("result.h5"), new Result(header, _snapshots, outcome, _case.Output.Degree)
            {
                Tokens = TokenHistory.Of(_snapshots, _case.Dimension),
                HandoverTime = _run.HandoverTime,
                Phases = PhaseReport.Of(_case, _snapshots),
            });
            if (Sampler is { } sampler) FieldFile.Write(folder.FilePath("fields.vtkhdf"), sampler.Mesh, _frames);
            if (_case.Output.Fields) WriteTokens(folder.FilePath("tokens.vtkhdf"));
        }
        double written = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AtomicFile.WriteText(folder.FilePath("provenance.json"), (provenance with { SolveSeconds = solved, WriteSeconds = written, Outcome = outcome, Forces = _run.Forces }).ToJson());
        folder.RemoveJournal();
        return outcome;
    }

    // The recorded tokens for ParaView, where the scheme has any.
    private void WriteTokens(string path)
    {
        Snapshot[] clouds = [.. _snapshots.Where(snapshot => snapshot.Positions is { Length: > 0 })];
        if (clouds.Length == 0) return;
        var view = TokenProjection.Fit(_case.Dimension, clouds[^1].Positions);
        TokenFieldFile.Write(path, [.. clouds.Select(cloud =>
            new TokenFrame(cloud.Time, view.Apply(cloud.Positions), cloud.ClusterIds ?? new int[cloud.Positions!.Length / _case.Dimension]))]);
    }
}
