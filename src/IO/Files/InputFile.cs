using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>Files that are read: regular ones only, for a pipe may never answer and a device never end.</summary>
internal static unsafe partial class InputFile
{
    private const int CurrentFolder = -100;     // AT_FDCWD
    private const uint TypeAsked = 1;           // STATX_TYPE
    private const int StatusBytes = 256;        // struct statx, the same on every processor
    private const int ModeAt = 28;
    private const int TypeMask = 0xf000;

    /// <summary>Opens a regular file, at its beginning.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file, or the system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static FileStream Open(string path)
    {
        Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
    }

    /// <summary>Refuses what is no regular file.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file.</exception>
    internal static void Require(string path)
    {
        if (OtherKind(path) is { } kind)
            throw new IOException($"{path} is {kind}, but must be a file");
        if (!File.Exists(path) || (OperatingSystem.IsLinux() && Mode(path) is null))
            throw new FileNotFoundException($"there is no file {path}", path);
    }

    /// <summary>What a path names that is no regular file: "a folder", "a pipe", "a device", "a socket"; null for a file and for nothing at all.</summary>
    internal static string? OtherKind(string path)
    {
        if (Directory.Exists(path))
            return "a folder";
        return (OperatingSystem.IsLinux() ? Mode(path) : null) switch
        {
            null or 0x8000 => null,
            0x1000 => "a pipe",
            0xc000 => "a socket",
            _ => "a device",
        };
    }

    // The type of what a path leads to; null where it leads nowhere, as a link may.
    private static int? Mode(string path)
    {
        byte* status = stackalloc byte[StatusBytes];
        return Status(CurrentFolder, path, 0, TypeAsked, status) == 0 ? *(ushort*)(status + ModeAt) & TypeMask : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint asked, byte* status);
}
