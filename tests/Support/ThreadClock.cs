using System.Diagnostics;
using System.Globalization;

namespace Meanfield.Tests;

/// <summary>Processor time of the calling thread, which other work on the machine does not lengthen as it does the time on the wall.</summary>
internal static class ThreadClock
{
    private const string Schedule = "/proc/thread-self/schedstat";      // first number: nanoseconds on a processor

    /// <summary>Time so far; where the system does not say, that on the wall.</summary>
    public static TimeSpan Now => File.Exists(Schedule)
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Schedule).Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
        : Stopwatch.GetElapsedTime(0);
}
