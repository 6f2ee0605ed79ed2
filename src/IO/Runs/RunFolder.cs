using System.Globalization;
using System.Text;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The folder already holds something.</summary>
public sealed class RunFolderException(string message) : Exception(message);

/// <summary>The folder of one run: case.yaml, provenance.json, series.csv, result.h5, fields.vtkhdf with its sidecars.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => Path = path;

    /// <summary>Absolute path.</summary>
    public string Path { get; }

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
        if (!overwrite && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            throw new RunFolderException($"run folder '{path}' is not empty: name another with --out, or replace its run with --overwrite");
        Directory.CreateDirectory(full);
        return new RunFolder(full);
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
