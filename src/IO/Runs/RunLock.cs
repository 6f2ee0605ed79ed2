using System.Diagnostics;
using System.Text.Json;

namespace Meanfield.IO;

/// <summary>One run at a time in a folder: the file .lock names the process that has it; that of a process that is gone is taken over.</summary>
internal sealed class RunLock : IDisposable
{
    private const string Name = ".lock";
    private const string Claim = ".claim";
    private const int MostAttempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5); // start times are known to a clock tick, and clocks are set

    private readonly string _path;

    private RunLock(string path) => _path = path;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="RunFolderException">Another process has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal static RunLock Take(string folder)
    {
        string path = Path.Combine(folder, Name), draft = Path.Combine(folder, $"{Name}.{Guid.NewGuid():N}.tmp");
        AtomicFile.WriteText(draft, JsonSerializer.Serialize(Holder.This));
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                RequireFree(folder);
                if (FileLink.TryGive(draft, path)) return new RunLock(path);
                if (attempt == MostAttempts) throw new IOException($"the lock {path} cannot be taken: delete it if no run is at work there");
                Clear(path);
            }
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Refuses a folder in which a run is at work.</summary>
    /// <exception cref="RunFolderException">The process, its machine and the folder.</exception>
    internal static void RequireFree(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path) || Holder.Read(path) is not { IsAlive: true } holder) return;
        throw new RunFolderException(
            $"run folder '{folder}' is in use by process {holder.Pid} on {holder.Host}: wait for it, stop it, or name another folder with --out" +
            (holder.IsHere ? "" : $" (if that machine is gone for good, delete {path})"));
    }

    /// <summary>Makes sure that the folder is still this run's, before it writes into it.</summary>
    /// <exception cref="IOException">The folder was removed, renamed, or taken by another run.</exception>
    internal void RequireHeld()
    {
        if (!File.Exists(_path) || Holder.Read(_path) != Holder.This)
            throw new IOException($"the run folder '{Path.GetDirectoryName(_path)}' was removed, renamed or replaced while the run was at work: nothing more is written there");
    }

    /// <summary>Gives the folder free. Where the lock cannot be removed (a folder that is gone, or read-only by now), it is that of a process that ends.</summary>
    public void Dispose()
    {
        try
        {
            if (!File.Exists(_path) || Holder.Read(_path) != Holder.This) return;
            File.Delete(_path + Claim);
            File.Delete(_path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }

    // Removes a dead process's lock. One run at a time does, by a claim of its own, and as long as the dead lock is there no living one can take its name.
    // The claim stays until the winner is done: were it removed with a dead lock in sight, two runs could hold one each.
    private static void Clear(string path)
    {
        try
        {
            using var claim = new FileStream(path + Claim, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            if (File.Exists(path) && Holder.Read(path) is not { IsAlive: true }) File.Delete(path);
        }
        catch (IOException)
        {
            Thread.Sleep(Pause); // another run is at it; the next attempt sees its lock
        }
    }

    /// <summary>The process that holds a lock.</summary>
    private sealed record Holder(int Pid, string Host, DateTime Started)
    {
        internal static Holder This { get; } = Self();

        internal bool IsHere => Host == Environment.MachineName;

        // What runs on another machine cannot be seen from here: it counts as alive.
        internal bool IsAlive
        {
            get
            {
                if (!IsHere) return true;
                try
                {
                    using var process = Process.GetProcessById(Pid);
                    return (process.StartTime.ToUniversalTime() - Started).Duration() < Slack;
                }
                catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
                {
                    return false;
                }
            }
        }

        private static Holder Self()
        {
            using var process = Process.GetCurrentProcess();
            return new Holder(process.Id, Environment.MachineName, process.StartTime.ToUniversalTime());
        }

        internal static Holder? Read(string path)
        {
            try
            {
                return JsonSerializer.Deserialize<Holder>(File.ReadAllText(path));
            }
            catch (Exception problem) when (problem is JsonException or FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }
    }
}
