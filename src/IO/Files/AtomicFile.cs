using System.Text;

namespace Meanfield.IO;

/// <summary>
/// Publishes a file in one piece: written beside its target, flushed to the disk, renamed over it, and the folder flushed.
/// Whoever opens the target sees the old file or the new one, never a part, even after a power cut.
/// </summary>
public static class AtomicFile
{
    /// <summary>Publishes what <paramref name="write"/> writes; if that fails, the target is as it was.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the file.</param>
    /// <param name="bytes">How many bytes it will write, if that is known: a disk without room for them is refused before the first.</param>
    /// <exception cref="IOException">The folder is missing or not writable, or the disk is full; the sentence says what is needed and what is free.</exception>
    public static void Write(string path, Action<Stream> write, long bytes = 0)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"{path} is not the name of a file");
        string draft = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, PreallocationSize = bytes };
            using (var stream = new FileStream(draft, options))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, target, overwrite: true);
            FolderSync.Flush(folder);
        }
        catch (Exception error)
        {
            Discard(draft);
            // The runtime says EFBIG as an argument out of range, and names the draft, which nobody knows.
            string? cause = error switch
            {
                ArgumentOutOfRangeException { ParamName: "value" } => "the file would be larger than the file system or ulimit -f allows",
                UnauthorizedAccessException or IOException => error.Message.Replace(draft, Path.GetFileName(target), StringComparison.Ordinal),
                _ => null,
            };
            if (cause is not null) throw new IOException($"could not write {path}: {cause}{Room(folder, bytes)}", error);
            throw;
        }
    }

    // What is needed and what is free, where that explains the failure.
    private static string Room(string folder, long bytes)
    {
        try
        {
            long free = new DriveInfo(folder).AvailableFreeSpace;
            return bytes > free || free == 0
                ? FormattableString.Invariant($"; {Math.Max(bytes, 1) / 1e6:G3} MB are needed and {free / 1e6:G3} MB are free there")
                : bytes > 0 ? FormattableString.Invariant($" ({bytes / 1e6:G3} MB)") : "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    /// <summary>Publishes text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="IOException">The folder is missing or not writable, or the disk is full.</exception>
    public static void WriteText(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(path, stream => stream.Write(bytes), bytes.Length);
    }

    private static void Discard(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }
}
