using System.Diagnostics;

namespace Meanfield.Benchmarks;

/// <summary>Times two sides in turn, A B A B, so that whatever else the machine does falls on both.</summary>
internal static class Interleaved
{
    private const double WarmUpSeconds = 0.5; // past the runtime's tiered compilation

    /// <summary>Medians of both sides, and the quartiles of the ratios of neighbouring samples.</summary>
    /// <param name="comparison">The two sides.</param>
    /// <param name="rounds">Samples per side.</param>
    /// <param name="sampleSeconds">Least duration of a sample.</param>
    public static Timing Time(Comparison comparison, int rounds, double sampleSeconds)
    {
        int ours = WarmUp(comparison.Ours, sampleSeconds), theirs = WarmUp(comparison.Theirs, sampleSeconds);
        var a = new double[rounds];
        var b = new double[rounds];
        var ratios = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            a[round] = comparison.Ours(ours) / ours;
            b[round] = comparison.Theirs(theirs) / theirs;
            ratios[round] = b[round] / a[round];
        }
        return new Timing(Quantile(a, 0.5), Quantile(b, 0.5), Quantile(ratios, 0.25), Quantile(ratios, 0.75));
    }

    /// <summary>Seconds that some calls of an action take.</summary>
    public static double Clock(Action action, int repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Quantile with linear interpolation between order statistics.</summary>
    public static double Quantile(ReadOnlySpan<double> samples, double fraction)
    {
        double[] sorted = samples.ToArray();
        Array.Sort(sorted);
        double place = fraction * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }

    // The repetitions that make a sample long enough.
    private static int WarmUp(Func<int, double> side, double sampleSeconds)
    {
        long start = Stopwatch.GetTimestamp();
        int repetitions = 1;
        while (true)
        {
            double seconds = side(repetitions);
            double growth = Math.Min(4, 1.1 * sampleSeconds / Math.Max(seconds, 1e-9));
            if (seconds < sampleSeconds)
                repetitions = (int)Math.Min(1 << 24, Math.Max(repetitions + 1, repetitions * growth));
            else if (Stopwatch.GetElapsedTime(start).TotalSeconds >= WarmUpSeconds)
                return repetitions;
        }
    }
}

/// <summary>Outcome of an interleaved timing.</summary>
/// <param name="Ours">Median seconds per evaluation.</param>
/// <param name="Theirs">Median seconds per evaluation of the peer.</param>
/// <param name="LowerRatio">Lower quartile of theirs/ours over neighbouring samples.</param>
/// <param name="UpperRatio">Upper quartile.</param>
internal readonly record struct Timing(double Ours, double Theirs, double LowerRatio, double UpperRatio);
