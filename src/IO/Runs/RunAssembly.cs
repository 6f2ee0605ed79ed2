using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The files of a run, made from its snapshots one at a time: memory does not grow with the number of output times but for the compressed image of a file.</summary>
/// <param name="Case">The case.</param>
/// <param name="Header">The case as result.h5 names it.</param>
/// <param name="Snapshots">The states, in memory, in a journal or in a result.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="HandoverTime">Time at which a density was handed over to characteristics; null if it was not.</param>
/// <param name="Engine">Samples the fields: the one that the run used, or else the one that the case asks for.</param>
internal sealed record RunAssembly(Case Case, ResultHeader Header, SnapshotHistory Snapshots, Outcome Outcome, double? HandoverTime, IFourierEngine? Engine = null)
{
    private readonly GarbageLimit _garbage = new();
    private AmplitudeHistory? _history;
    private PhaseReport? _phases;

    /// <summary>What the degrees do over time, in one pass over the snapshots; that of result.h5 to the last bit.</summary>
    internal AmplitudeHistory History => _history ??= AmplitudeHistory.Of(Case.Attention.Model, Case.Dimension, Snapshots, Case.Output.Degree);

    /// <summary>The phases predicted and measured; null where the theory is not about the case.</summary>
    internal PhaseReport? Phases => _phases ??= PhaseReport.Of(Case, History, [.. Snapshots.Outlines.Select(outline => outline.Observables.Clusters)]);

    /// <summary>What result.h5 says a case to be.</summary>
    /// <param name="case">The case.</param>
    /// <param name="yaml">The case as text, with every default written out.</param>
    /// <param name="version">Version of the program that ran it.</param>
    internal static ResultHeader HeaderOf(Case @case, string yaml, string version) => new(
        @case.Title, @case.Dimension, @case.Attention.Model, SchemeRun.NameOf(@case.Method.Scheme), (long)@case.Method.Seed, version, yaml);

    /// <summary>Publishes result.h5.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void WriteResult(string path)
    {
        PhaseReport? phases = Phases;
        _garbage.Keep(); // the forecast of the phases makes room for the file
        ResultFile.Write(path, new Result(Header, Snapshots, Outcome, Case.Output.Degree) { HandoverTime = HandoverTime, Phases = phases });
    }

    /// <summary>Publishes the time series of every diagnostic as CSV.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void WriteSeries(string path) => SeriesFile.Write(path, Snapshots.Outlines);

    /// <summary>Publishes density and velocity on a mesh for ParaView; says whether there is one (none beyond the sphere).</summary>
    /// <exception cref="CaseException">The Fourier engine of the case is not installed.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    internal bool WriteFields(string path)
    {
        if (Case.Dimension > 3) return false;
        _garbage.Keep();
        FieldSampler sampler = FieldSampler.Create(Case.Attention.Model, Case.Dimension, Case.Output.Degree, Engine ?? SchemeRun.EngineOf(Case))!;
        FieldFile.Write(path, sampler.Mesh, new FrameSequence<FieldFrame>(Snapshots.Count, number => sampler.Sample(Snapshots[number])));
        return true;
    }

    /// <summary>Publishes the recorded tokens for ParaView; says whether there are any.</summary>
    /// <exception cref="IOException">A file could not be written.</exception>
    internal bool WriteTokens(string path)
    {
        int[] clouds = [.. Enumerable.Range(0, Snapshots.Count).Where(number => Snapshots.Outlines[number].PositionCount > 0)];
        if (clouds.Length == 0) return false;
        _garbage.Keep();
        var view = TokenProjection.Fit(Case.Dimension, Snapshots[clouds[^1]].Positions);
        TokenFieldFile.Write(path, new FrameSequence<TokenFrame>(clouds.Length, number =>
        {
            Snapshot cloud = Snapshots[clouds[number]];
            return new TokenFrame(cloud.Time, view.Apply(cloud.Positions), cloud.ClusterIds ?? new int[cloud.Positions!.Length / Case.Dimension]);
        }));
        return true;
    }
}
