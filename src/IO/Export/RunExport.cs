namespace Meanfield.IO;

/// <summary>Writes a recorded run in another format.</summary>
public static class RunExport
{
    /// <summary>Where a run is exported to if nothing else is said: beside its folder, under its name.</summary>
    /// <param name="run">The run.</param>
    /// <param name="format">The format.</param>
    public static string DefaultPath(RecordedRun run, ExportFormat format) => run.Path + Extension(format);

    /// <summary>Refuses an export that may need more memory than a limit; nothing is allocated yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="format">The format.</param>
    /// <param name="limit">What it may have.</param>
    /// <exception cref="MemoryException">It is too much.</exception>
    public static void RequireMemory(RecordedRun run, ExportFormat format, MemoryLimit limit)
    {
        Case @case = run.Assembly.Case;
        bool pictures = format is ExportFormat.Vtkhdf or ExportFormat.Xdmf or ExportFormat.Netcdf;
        long bytes = RunMemory.Assembling(@case with { Output = @case.Output with { Fields = pictures } }, run.Assembly.Snapshots.Outlines.Max(outline => outline.Bandlimit), run.Outputs);
        MemoryException.Require(bytes, limit, $"the export of {run.Outputs} output times", "export csv, which needs the memory of one, or allow more with --max-memory");
    }

    /// <summary>Exports a run; every file is published whole.</summary>
    /// <param name="run">The run.</param>
    /// <param name="format">The format.</param>
    /// <param name="path">The main file; others get its name with another ending.</param>
    /// <returns>The files written, the main one first; sidecars beside a ParaView file are not named.</returns>
    /// <exception cref="ArgumentException">The run has nothing that the format could hold, or the path does not end as it must.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static IReadOnlyList<string> Write(RecordedRun run, ExportFormat format, string path)
    {
        if (format is ExportFormat.Vtkhdf or ExportFormat.Xdmf && !path.EndsWith(Extension(format), StringComparison.Ordinal))
            throw new ArgumentException($"'{path}' must end in {Extension(format)}");
        switch (format)
        {
            case ExportFormat.Vtkhdf or ExportFormat.Xdmf:
                return WritePictures(run, path, Extension(format));
            case ExportFormat.Netcdf:
                NetcdfFile.Write(path, run.Assembly);
                return [path];
            case ExportFormat.Csv:
                return CsvTables.Write(path, run.Assembly);
            default:
                if (run.ResultPath is string result) Copy(result, path); else run.Assembly.WriteResult(path);
                return [path];
        }
    }

    private static string[] WritePictures(RecordedRun run, string path, string extension)
    {
        string fields = Path.ChangeExtension(path, ".vtkhdf"), tokens = Path.ChangeExtension(path, ".tokens.vtkhdf");
        var written = new List<string>();
        if (run.Assembly.WriteFields(fields)) written.Add(fields);
        if (run.Assembly.WriteTokens(tokens)) written.Add(tokens);
        if (written.Count == 0)
            throw new ArgumentException($"a density in dimension {run.Assembly.Case.Dimension} has no mesh for ParaView: export netcdf, csv or hdf5");
        return [.. written.Select(file => Path.ChangeExtension(file, extension))];
    }

    private static void Copy(string from, string to)
    {
        using FileStream source = File.OpenRead(from);
        AtomicFile.Write(to, source.CopyTo);
    }

    private static string Extension(ExportFormat format) => format switch
    {
        ExportFormat.Netcdf => ".nc",
        ExportFormat.Hdf5 => ".h5",
        _ => "." + format.ToString().ToLowerInvariant(),
    };
}
