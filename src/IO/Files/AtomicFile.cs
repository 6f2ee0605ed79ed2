using System.Text;

namespace Meanfield.IO;

/// <summary>
/// Publishes a file in one piece: written beside its target, flushed to the disk, renamed over it, and the folder flushed.
/// Whoever opens the target sees the old file or the new one, never a part, even after a power cut.
/// </summary>
public static class AtomicFile
{
    /// <summary>Publishes what <paramref name="write"/> writes; if that fails, the target is as it was.</summary>
    /// <exception cref="IOException">The folder is missing or not writable, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"{path} is not the name of a file");
        string draft = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
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
            if (error is UnauthorizedAccessException or IOException)
                throw new IOException($"could not write {path}: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Publishes text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="IOException">The folder is missing or not writable, or the disk is full.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

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
