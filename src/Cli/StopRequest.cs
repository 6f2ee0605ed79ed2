using System.Globalization;
using System.Runtime.InteropServices;

namespace Meanfield.Cli;

/// <summary>When a run is to stop between two steps: at SIGINT or SIGTERM, or when its time is up. A second signal ends the process at once.</summary>
internal sealed class StopRequest : IDisposable
{
    private static readonly (string Unit, double Seconds)[] Units = [("d", 86400), ("h", 3600), ("min", 60), ("m", 60), ("s", 1)];

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private bool _asked;

    /// <summary>Listens for signals, and starts the clock if there is a limit.</summary>
    public StopRequest(TimeSpan? limit)
    {
        if (limit is { } time) _source.CancelAfter(time);
        _signals = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM]).Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Reads 90s, 30m, 2h, 1.5d.</summary>
    /// <exception cref="ArgumentException">Anything else.</exception>
    public static TimeSpan ParseLimit(string text)
    {
        foreach ((string unit, double seconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            bool number = double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
            if (number && count > 0 && count * seconds <= 40 * 86400) return TimeSpan.FromSeconds(count * seconds);
        }
        throw new ArgumentException($"--max-time cannot be '{text}': a number and a unit, such as 90s, 30m, 2h or 1.5d, up to 40d");
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        _source.Dispose();
    }

    // What is published is whole at any moment: the second signal may take its course.
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !Interlocked.Exchange(ref _asked, true) && !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
