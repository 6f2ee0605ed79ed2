using System.Diagnostics;
using System.Globalization;
using System.Text;
using Meanfield.Spectral;

namespace Meanfield.Cli.Commands;

/// <summary>Microseconds of one forward transform: the least of many runs on this machine, as it is loaded now.</summary>
internal static class EngineTimings
{
    private static readonly int[] Sizes = [96, 192, 384, 768, 1536];
    private static readonly int[] Lanes = [8, 1];

    /// <summary>One engine, size and number of lanes.</summary>
    internal sealed record Timing(string Engine, int Size, int Lanes, double Microseconds);

    public static IReadOnlyList<Timing> Measure() =>
    [
        .. from lanes in Lanes
           from size in Sizes
           from engine in FourierPlanner.Engines
           where engine.IsAvailable
           select new Timing(engine.Name, size, lanes, Time(engine, size, lanes)),
    ];

    public static string Table(IReadOnlyList<Timing> timings)
    {
        string[] engines = [.. timings.Select(timing => timing.Engine).Distinct()];
        var text = new StringBuilder("\nforward transforms, microseconds\nlanes  points").AppendJoin("", engines.Select(name => $"{name,10}")).Append('\n');
        foreach (IGrouping<(int Lanes, int Size), Timing> row in timings.GroupBy(timing => (timing.Lanes, timing.Size)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Key.Lanes,5}  {row.Key.Size,6}");
            foreach (Timing timing in row)
                text.Append(CultureInfo.InvariantCulture, $"{timing.Microseconds,10:F2}");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static double Time(IFourierEngine engine, int size, int lanes)
    {
        using FourierPlan plan = engine.CreatePlan(size, lanes);
        Span<double> input = Aligned(plan.Length), output = Aligned(plan.Length), work = Aligned(plan.Length);
        for (int i = 0; i < input.Length; i++)
            input[i] = Math.Sin(i);
        int repetitions = Math.Max(1, 20000 / (size * lanes));
        double best = double.PositiveInfinity;
        long end = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 6;
        while (Stopwatch.GetTimestamp() < end)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repetitions; i++)
                plan.Forward(input, output, work);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / repetitions);
        }
        return best;
    }

    private static Span<double> Aligned(int length)
    {
        double[] storage = GC.AllocateUninitializedArray<double>(length + 8, pinned: true);
        Array.Clear(storage);
        nint address = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
        return storage.AsSpan((int)((64 - address % 64) % 64 / sizeof(double)), length);
    }
}
