namespace Meanfield.IO;

/// <summary>What is in a run folder, held against what was published and what is promised.</summary>
/// <remarks>
/// Nothing is opened by libhdf5 before its bytes were found to be those published: a damaged file can end the library, and the process with it. Nothing is changed.
/// </remarks>
/// <param name="Folder">The run folder.</param>
/// <param name="State">Finished, or unfinished and resumable.</param>
/// <param name="ResumableTo">Time from which an unfinished run goes on; null for a finished one, and where none of its checkpoints is whole.</param>
/// <param name="Checks">All that was looked at, in order.</param>
public sealed record RunVerification(string Folder, RunState State, double? ResumableTo, IReadOnlyList<Finding> Checks)
{
    /// <summary>Whether nothing is broken.</summary>
    public bool Holds => Checks.All(finding => finding.Holds != false);

    /// <summary>Verifies a run folder.</summary>
    /// <exception cref="RunFolderException">There is no run in it, or one is at work there.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static RunVerification Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (!Directory.Exists(full)) throw new RunFolderException($"there is no run folder '{path}'");
        RunLock.RequireFree(full);
        RunFolder folder = RunFolder.At(full);
        string[] published = [.. RunFolder.Published.Append(RunManifest.FileName).Where(name => File.Exists(folder.FilePath(name)))];
        if (published.Length == 0 && !folder.HoldsUnfinished) throw new RunFolderException($"there is no run in '{path}'");
        if (!folder.IsFinished && (folder.HoldsUnfinished || published is [RunFolder.CaseName]))
        {
            (IReadOnlyList<Finding> found, double? resumable) = UnfinishedCheck.Of(folder);
            return new RunVerification(full, RunState.Unfinished, resumable, found);
        }
        var checks = new List<Finding>(ManifestCheck.Of(folder));
        bool whole = checks.All(finding => finding.Holds != false);
        if (whole) checks.AddRange(ContentCheck.Of(folder));
        else checks.Add(new Finding("contents", null, "not read: files are missing or damaged"));
        return new RunVerification(full, RunState.Finished, null, checks);
    }
}

/// <summary>What a run folder holds.</summary>
public enum RunState
{
    /// <summary>A run that published all its files.</summary>
    Finished,

    /// <summary>A run that was interrupted.</summary>
    Unfinished,
}
