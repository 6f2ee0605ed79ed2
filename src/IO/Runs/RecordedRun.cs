using System.Globalization;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>What a run folder holds of its run: the result, or of an unfinished run what its journal has so far.</summary>
public sealed class RecordedRun : IDisposable
{
    private readonly ResultFile? _result;

    private RecordedRun(ResultFile? result, RunAssembly assembly, string path) => (_result, Assembly, Path) = (result, assembly, path);

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Whether the run has its result; else it was killed or stopped, or is still at work.</summary>
    public bool IsFinished => _result is not null;

    /// <summary>The last output time.</summary>
    public double LastTime => Assembly.Snapshots.Outlines[^1].Time;

    /// <summary>Output times.</summary>
    public int Outputs => Assembly.Snapshots.Count;

    /// <summary>Result.h5 of a finished run; null of others.</summary>
    internal string? ResultPath => IsFinished ? System.IO.Path.Combine(Path, "result.h5") : null;

    /// <summary>Its files, to be made again.</summary>
    internal RunAssembly Assembly { get; }

    /// <summary>Opens a run folder; nothing in it is changed, and its run may be at work.</summary>
    /// <exception cref="RunFolderException">There is no run in it, or one that has published nothing yet.</exception>
    /// <exception cref="CaseException">Its case is not one of this version.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static RecordedRun Open(string path)
    {
        RunFolder folder = RunFolder.Recorded(path);
        return File.Exists(folder.FilePath("result.h5")) ? OfResult(folder) : OfJournal(folder);
    }

    /// <inheritdoc/>
    public void Dispose() => _result?.Dispose();

    private static RecordedRun OfResult(RunFolder folder)
    {
        ResultFile result = ResultFile.Open(folder.FilePath("result.h5"));
        try
        {
            Case @case = CaseReader.Parse(result.Header.Case, folder.FilePath("result.h5"));
            string clusters = folder.FilePath("tokens.vtkhdf");
            var history = new ResultHistory(result, File.Exists(clusters) ? clusters : null);
            return new RecordedRun(result, new RunAssembly(@case, result.Header, history, result.Outcome, result.HandoverTime), folder.Path);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static RecordedRun OfJournal(RunFolder folder)
    {
        string yaml = File.ReadAllText(folder.FilePath("case.yaml"));
        Case @case = CaseReader.Parse(yaml, folder.FilePath("case.yaml"));
        var history = new JournalHistory(folder.Journal);
        history.Open(folder.Journal.Count());
        if (history.Count == 0)
            throw new RunFolderException($"the run in '{folder.Path}' has published nothing yet: there is nothing to export");
        CheckpointFile? checkpoint = CheckpointFile.Read(folder.Path);
        double last = history.Outlines[^1].Time;
        string message = string.Create(CultureInfo.InvariantCulture, $"unfinished: the journal ends at t = {last:G6}");
        Outcome outcome = checkpoint?.Run.Interrupted(last, message) ?? new Outcome(OutcomeKind.Stopped, last, message, [], 0, 0, 0);
        var header = RunAssembly.HeaderOf(@case, yaml, checkpoint?.Version ?? ProgramVersion.Number);
        return new RecordedRun(null, new RunAssembly(@case, header, history, outcome, checkpoint?.Run.Handover?.Time), folder.Path);
    }
}
