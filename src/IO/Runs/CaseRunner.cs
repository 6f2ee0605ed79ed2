using System.Diagnostics;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Solves a case and leaves a complete run folder.</summary>
public sealed class CaseRunner : ISnapshotSink
{
    private readonly Case _case;
    private readonly SchemeRun _run;
    private readonly IProgressSink? _progress;
    private readonly List<Snapshot> _snapshots = [];
    private readonly List<FieldFrame> _frames = [];
    private readonly FieldSampler? _sampler;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">The case asks for something that this version does not have.</exception>
    public CaseRunner(Case @case, IProgressSink? progress = null)
    {
        _run = SchemeRun.Create(@case);
        _case = @case;
        _progress = progress;
        if (!@case.Output.Fields) return;
        IFourierEngine engine = FourierPlanner.Engine(@case.Method.Fourier);
        _sampler = FieldSampler.Create(@case.Attention.Model, @case.Dimension, @case.Output.Degree, engine);
    }

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot)
    {
        _snapshots.Add(snapshot);
        if (_sampler is not null) _frames.Add(_sampler.Sample(snapshot));
    }

    /// <summary>Runs the case into a folder; every file is published whole.</summary>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Outcome Run(RunFolder folder)
    {
        var provenance = new Provenance { Started = DateTime.UtcNow, Seed = _case.Method.Seed, Hdf5 = ResultFile.LibraryVersion, FourierEngine = _run.FourierEngine };
        string yaml = CaseWriter.Write(_case.WithAbsolutePaths());
        AtomicFile.WriteText(folder.FilePath("case.yaml"), yaml);

        long start = Stopwatch.GetTimestamp();
        Outcome outcome = _run.Run(this, _progress);
        double solved = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        if (_snapshots.Count > 0)
        {
            folder.WriteSeries(_snapshots);
            var header = new ResultHeader(_case.Title, _case.Dimension, _case.Attention.Model, SchemeRun.NameOf(_case.Method.Scheme), (long)_case.Method.Seed, ProgramVersion.Number, yaml);
            ResultFile.Write(folder.FilePath("result.h5"), new Result(header, _snapshots, outcome, _case.Output.Degree)
            {
                Tokens = TokenHistory.Of(_snapshots, _case.Dimension),
                HandoverTime = _run.HandoverTime,
                Phases = PhaseReport.Of(_case, _snapshots),
            });
            if (_sampler is not null) FieldFile.Write(folder.FilePath("fields.vtkhdf"), _sampler.Mesh, _frames);
            if (_case.Output.Fields) WriteTokens(folder.FilePath("tokens.vtkhdf"));
        }
        double written = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AtomicFile.WriteText(folder.FilePath("provenance.json"), (provenance with { SolveSeconds = solved, WriteSeconds = written, Outcome = outcome, Forces = _run.Forces }).ToJson());
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
