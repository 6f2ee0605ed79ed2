using System.Diagnostics;
using System.Globalization;
using Meanfield.Solver;

namespace Meanfield.Cli;

/// <summary>Shows where a run stands: one line that renews itself on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class ConsoleProgress : IProgressSink
{
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last;

    public void Report(in Progress progress)
    {
        double pause = _terminal ? 0.1 : 2;
        bool finished = progress.Time >= progress.Until;
        if (!finished && _last != 0 && Stopwatch.GetElapsedTime(_last).TotalSeconds < pause) return;
        _last = Stopwatch.GetTimestamp();
        Console.Error.Write(_terminal ? $"\r\u001b[K{Line(progress)}" : Line(progress) + "\n");
        if (finished && _terminal) Console.Error.WriteLine();
    }

    private string Line(in Progress progress)
    {
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        double share = progress.Time / progress.Until;
        string eta = share > 0.001
            ? TimeSpan.FromSeconds(elapsed * (1 / share - 1)).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)
            : "--:--:--";
        Observables o = progress.Observables;
        return FormattableString.Invariant(
            $"t {progress.Time:G5}/{progress.Until:G5}  eta {eta}  mass {o.Mass:F6}  energy {o.Energy:G7}  order {o.OrderParameter:F5}") +
            FormattableString.Invariant($"  L {o.Bandlimit}  tail {o.SpectrumTail:E1}  steps {progress.Steps}");
    }
}
