using System.Globalization;
using System.Text;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The folder already holds something, is in use, or has nothing to resume.</summary>
public sealed class RunFolderException(string message) : Exception(message);

/// <summary>
/// The folder of one run: case.yaml, provenance.json, series.csv, result.h5, fields.vtkhdf with its sidecars; while it runs, journal/ and checkpoint.h5.
/// </summary>
public sealed class RunFolder
{
    private static readonly string[] Published = ["case.yaml", "result.h5", "series.csv", "provenance.json"];
    private static readonly string[] Pictures = ["vtkhdf", "xdmf", "xdmf2"];

    private RunFolder(string path) => Path = path;

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>The snapshots of an unfinished run.</summary>
    internal Journal Journal => new(FilePath("journal"));

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
    public static RunFolder Existing(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, "case.yaml")))
            throw new RunFolderException($"there is no run in '{path}' to resume: run the case without --resume, or name its folder with --out");
        return new RunFolder(full);
    }

    /// <summary>The checkpoint of the unfinished run of a case; null where it had published nothing yet.</summary>
    /// <param name="yaml">The case with every default written out.</param>
    /// <exception cref="RunFolderException">The run is complete, or of another case or version.</exception>
    /// <exception cref="InvalidDataException">Its checkpoints are damaged.</exception>
    internal CheckpointFile? Unfinished(string yaml)
    {
        CheckpointFile? checkpoint = CheckpointFile.Read(Path);
        if (checkpoint is null && File.Exists(FilePath("result.h5")))
        {
            RemoveJournal(); // it may have been killed while it did so itself
            throw new RunFolderException($"the run in '{Path}' is complete: there is nothing to resume");
        }
        if (checkpoint is not null && checkpoint.Version != ProgramVersion.Number)
            throw new RunFolderException($"the run in '{Path}' was started by version {checkpoint.Version}, and this is {ProgramVersion.Number}: only the same version gives the same bits");
        string[] before = (checkpoint?.Case ?? File.ReadAllText(FilePath("case.yaml"))).Split('\n'), now = yaml.Split('\n');
        int different = Enumerable.Range(0, Math.Max(before.Length, now.Length)).FirstOrDefault(i => i >= before.Length || i >= now.Length || before[i] != now[i], -1);
        if (different < 0) return checkpoint;
        string Line(string[] lines) => different < lines.Length && lines[different].Trim() is { Length: > 0 } line ? $"'{line}'" : "nothing";
        throw new RunFolderException($"the run in '{Path}' is of another case, with {Line(before)} where this one has {Line(now)} (line {different + 1} of case.yaml): resume it with the case it was started with");
    }

    /// <summary>Removes what an earlier run left.</summary>
    internal void Clear()
    {
        RemoveJournal();
        foreach (string name in Published) File.Delete(FilePath(name));
        foreach (string picture in Pictures)
        {
            File.Delete(FilePath("fields." + picture));
            File.Delete(FilePath("tokens." + picture));
        }
    }

    /// <summary>Removes what only an unfinished run needs.</summary>
    internal void RemoveJournal()
    {
        CheckpointFile.Delete(Path);
        Journal.Delete();
        foreach (string draft in Directory.EnumerateFiles(Path, ".*.tmp").Where(draft => !System.IO.Path.GetFileName(draft).StartsWith(".lock", StringComparison.Ordinal)))
            File.Delete(draft); // of processes that were killed while they wrote
    }

    /// <summary>Path of a file in the folder.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Publishes the time series of every observable as CSV in full precision.</summary>
    public void WriteSeries(IReadOnlyList<Snapshot> snapshots)
    {
        var text = new StringBuilder("time");
        foreach (Diagnostic column in Diagnostic.All) text.Append(',').Append(column.Name);
        foreach (Snapshot snapshot in snapshots)
        {
            text.Append('\n').Append(snapshot.Time.ToString("R", CultureInfo.InvariantCulture));
            foreach (Diagnostic column in Diagnostic.All)
                text.Append(',').Append(column.Read(snapshot.Observables).ToString("R", CultureInfo.InvariantCulture));
        }
        AtomicFile.WriteText(FilePath("series.csv"), text.Append('\n').ToString());
    }
}
