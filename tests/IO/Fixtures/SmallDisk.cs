using System.Diagnostics;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>A file system in memory, of a size that changes; mounting it needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one; null without root.</summary>
    public static SmallDisk? TryMount(string path)
    {
        Directory.CreateDirectory(path);
        return Environment.IsPrivilegedProcess && Succeeds("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path) ? new SmallDisk(path) : null;
    }

    /// <summary>Remounts it with other options, such as size=64k, ro or rw.</summary>
    public void Remount(string options) => Assert.True(Succeeds("mount", "-o", "remount," + options, Path));

    /// <summary>Fills it so that this many pages of 4096 bytes are left.</summary>
    public void LeaveFree(int pages)
    {
        string ballast = System.IO.Path.Combine(Path, "ballast");
        File.Delete(ballast);
        long free = new DriveInfo(Path).AvailableFreeSpace - 4096L * pages;
        using FileStream stream = File.Create(ballast);
        stream.Write(new byte[free]);
    }

    /// <summary>Removes what fills it.</summary>
    public void Free() => File.Delete(System.IO.Path.Combine(Path, "ballast"));

    /// <inheritdoc/>
    public void Dispose() => Assert.True(Succeeds("umount", "-l", Path));

    private static bool Succeeds(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
