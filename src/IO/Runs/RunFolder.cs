using System.Text;

namespace Meanfield.IO;

/// <summary>The folder already holds something, is in use, or has nothing to resume.</summary>
public sealed class RunFolderException(string message) : Exception(message);

/// <summary>
/// The folder of one run: case.yaml, provenance.json, series.csv, result.h5, fields.vtkhdf with its sidecars, report.html, SHA256SUMS; while it runs, journal/ and checkpoint.h5.
/// </summary>
public sealed class RunFolder
{
    /// <summary>Name of the case with every default written out.</summary>
    internal const string CaseName = "case.yaml";

    private const string JournalName = "journal";

    /// <summary>Every name under which a finished run may publish something, the manifest aside.</summary>
    internal static readonly string[] Published =
    [
        CaseName, "result.h5", "series.csv", "provenance.json", "fields.vtkhdf", "fields.xdmf", "fields.xdmf2", "tokens.vtkhdf", "tokens.xdmf", "tokens.xdmf2",
        "report.html", "training.html", "sweep.csv",
    ];

    private RunFolder(string path) => Path = path;

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>The snapshots of an unfinished run, which belong to its case.yaml.</summary>
    /// <exception cref="IOException">There is no case.yaml.</exception>
    internal Journal Journal => new(FilePath(JournalName), RunManifest.HashOf(FilePath(CaseName)));

    /// <summary>Whether it holds what only an unfinished run needs.</summary>
    internal bool HoldsUnfinished => CheckpointFile.IsIn(Path) || Directory.Exists(FilePath(JournalName));

    /// <summary>Whether a run published its manifest, which comes last.</summary>
    internal bool IsFinished => File.Exists(FilePath(RunManifest.FileName));

    /// <summary>runs/&lt;case name&gt; in the working directory.</summary>
    public static string DefaultFor(string casePath) =>
        System.IO.Path.Combine("runs", System.IO.Path.GetFileNameWithoutExtension(casePath));

    /// <summary>Creates the folder, or takes an empty one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="overwrite">Whether an earlier run's files may be replaced.</param>
    /// <exception cref="RunFolderException">The folder is not empty.</exception>
    public static RunFolder Create(string path, bool overwrite)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new RunFolderException($"'{path}' is a file: name a folder with --out");
        if (Directory.Exists(full)) RunLock.RequireFree(full);
        if (!overwrite && CheckpointFile.IsIn(full))
            throw new RunFolderException($"run folder '{path}' holds an unfinished run: go on with --resume, name another folder with --out, or start anew with --overwrite");
        if (!overwrite && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            throw new RunFolderException($"run folder '{path}' is not empty: name another with --out, or replace its run with --overwrite");
        Directory.CreateDirectory(full);
        return new RunFolder(full);
    }

    /// <summary>Takes the folder of a run that is to be resumed.</summary>
    /// <exception cref="RunFolderException">There is no run in it.</exception>
    public static RunFolder Existing(string path) => Holding(path, $"there is no run in '{path}' to resume: run the case without --resume, or name its folder with --out");

    /// <summary>Takes the folder of a run that is to be read.</summary>
    /// <exception cref="RunFolderException">There is no run in it.</exception>
    public static RunFolder Recorded(string path) => Holding(path, $"there is no run in '{path}': name the folder of a run");

    private static RunFolder Holding(string path, string complaint)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, CaseName)))
            throw new RunFolderException(complaint);
        return new RunFolder(full);
    }

    /// <summary>A folder as it is, whatever it holds.</summary>
    internal static RunFolder At(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>The checkpoint of the unfinished run of a case; null where it had published nothing yet.</summary>
    /// <param name="yaml">The case with every default written out.</param>
    /// <exception cref="RunFolderException">The run is complete, or of another case or version.</exception>
    /// <exception cref="InvalidDataException">Its checkpoints are damaged, its case.yaml is, or a file of the complete run.</exception>
    /// <exception cref="FileNotFoundException">A file of the complete run is missing.</exception>
    internal CheckpointFile? Unfinished(string yaml)
    {
        CheckpointFile? checkpoint = CheckpointFile.Recover(Path);
        if (checkpoint is null && (IsFinished || (File.Exists(FilePath("result.h5")) && !HoldsUnfinished)))
        {
            foreach ((string name, string hash) in RunManifest.Read(Path).Files) RunManifest.Require(Path, name, hash);
            RemoveJournal(); // it may have been killed while it did so itself
            throw new RunFolderException($"the run in '{Path}' is complete: there is nothing to resume");
        }
        if (checkpoint is not null && checkpoint.Version != ProgramVersion.Number)
            throw new RunFolderException($"the run in '{Path}' was started by version {checkpoint.Version}, and this is {ProgramVersion.Number}: only the same version gives the same bits");
        string[] before = (checkpoint?.Case ?? File.ReadAllText(FilePath(CaseName))).Split('\n'), now = yaml.Split('\n');
        int different = Enumerable.Range(0, Math.Max(before.Length, now.Length)).FirstOrDefault(i => i >= before.Length || i >= now.Length || before[i] != now[i], -1);
        if (different < 0)
        {
            return File.ReadAllBytes(FilePath(CaseName)).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(yaml))
                ? checkpoint
                : throw new InvalidDataException($"{FilePath(CaseName)} is damaged: it is not the case that the run was started with");
        }
        string Line(string[] lines) => different < lines.Length && lines[different].Trim() is { Length: > 0 } line ? $"'{line}'" : "nothing";
        throw new RunFolderException($"the run in '{Path}' is of another case, with {Line(before)} where this one has {Line(now)} (line {different + 1} of case.yaml): resume it with the case it was started with");
    }

    /// <summary>Removes what an earlier run left.</summary>
    internal void Clear()
    {
        RemoveManifest();
        RemoveJournal();
        foreach (string name in Published) File.Delete(FilePath(name));
    }

    /// <summary>Seals what a finished run published.</summary>
    /// <exception cref="IOException">A file cannot be read, or the manifest not written.</exception>
    internal void WriteManifest() => RunManifest.Publish(Path, Published.Where(name => File.Exists(FilePath(name))));

    /// <summary>Removes the manifest, before the files that it seals are replaced.</summary>
    internal void RemoveManifest() => File.Delete(FilePath(RunManifest.FileName));

    /// <summary>Removes what only an unfinished run needs.</summary>
    internal void RemoveJournal()
    {
        CheckpointFile.Delete(Path);
        if (Directory.Exists(FilePath(JournalName))) Directory.Delete(FilePath(JournalName), recursive: true);
        foreach (string draft in Directory.EnumerateFiles(Path, ".*.tmp").Where(draft => !System.IO.Path.GetFileName(draft).StartsWith(".lock", StringComparison.Ordinal)))
            File.Delete(draft); // of processes that were killed while they wrote
    }

    /// <summary>Path of a file in the folder.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);
}
