using System.ComponentModel;
using System.Diagnostics;

namespace Meanfield.IO;

/// <summary>A process that runs <see cref="Hdf5Service"/>, ended when it takes too much time or memory.</summary>
internal sealed class Hdf5Process : IDisposable
{
    private const long MostMemory = 3L << 29;       // 1.5 GB
    private static readonly TimeSpan MostWork = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly Timer _watch;
    private readonly Lock _gate = new();
    private readonly Stopwatch _waiting = new();
    private TimeSpan _workBefore;
    private TimeSpan _allowed;
    private string? _ended;
    private bool _disposed;

    private Hdf5Process(Process process)
    {
        _process = process;
        process.ErrorDataReceived += static (_, _) => { };      // a native library's last words help nobody
        process.BeginErrorReadLine();
        Questions = new BinaryWriter(process.StandardInput.BaseStream);
        Answers = new BinaryReader(new BufferedStream(process.StandardOutput.BaseStream, 1 << 16));
        _watch = new Timer(_ => Look());
    }

    /// <summary>Its number in the system.</summary>
    internal int Id => _process.Id;

    /// <summary>Where questions go.</summary>
    internal BinaryWriter Questions { get; }

    /// <summary>Where answers come from.</summary>
    internal BinaryReader Answers { get; }

    /// <summary>Starts the program beside this library; null where there is none, or no way to start it.</summary>
    internal static Hdf5Process? Start()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "meanfield.dll");
        if (!File.Exists(program))
            return null;
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath ?? "");
        var start = host == "meanfield"
            ? new ProcessStartInfo(Environment.ProcessPath!, [Hdf5Service.Verb])
            : new ProcessStartInfo(host == "dotnet" ? Environment.ProcessPath! : "dotnet", ["exec", program, Hdf5Service.Verb]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            return new Hdf5Process(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Watches the process until <see cref="Rest"/>.</summary>
    /// <param name="extra">Time of its processor that the question may take beyond the usual.</param>
    internal void Work(TimeSpan extra)
    {
        lock (_gate)
        {
            (_workBefore, _allowed) = (Measured(process => process.TotalProcessorTime), MostWork + extra);
            _waiting.Restart();
            _watch.Change(Glance, Glance);
        }
    }

    /// <summary>Watches no longer.</summary>
    internal void Rest()
    {
        lock (_gate)
            _watch.Change(Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Why it has ended.</summary>
    internal string Ending()
    {
        _process.WaitForExit(MostPatience);
        lock (_gate)
            return _ended ?? $"the HDF5 library failed on it ({(_process.HasExited ? $"exit {_process.ExitCode}" : "no answer")})";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            Kill();
            _process.WaitForExit(MostPatience);
            _process.Dispose();
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_ended is not null || _disposed)
                return;
            _ended = Measured(process => process.TotalProcessorTime) - _workBefore > _allowed || _waiting.Elapsed > MostPatience + _allowed ? "reading it does not end"
                : Measured(process => process.WorkingSet64) > MostMemory ? $"reading it takes more than {MostMemory / 1e9:F1} GB of memory"
                : null;
            if (_ended is not null)
                Kill();
        }
    }

    // Nothing of a process that has ended meanwhile.
    private T Measured<T>(Func<Process, T> quantity)
        where T : struct
    {
        try
        {
            _process.Refresh();
            return quantity(_process);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception or IOException)
        {
            return default;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
