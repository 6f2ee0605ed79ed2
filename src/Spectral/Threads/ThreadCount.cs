namespace Meanfield.Spectral;

/// <summary>How many threads a transform uses when nobody says.</summary>
public static class ThreadCount
{
    /// <summary>Environment variable that sets the number; 1 turns threads off.</summary>
    public const string Variable = "MEANFIELD_THREADS";

    /// <summary>Smaller bandlimits stay on one thread: their phases last a few microseconds.</summary>
    public const int SmallestBandlimit = 127;

    private const int Largest = 64;
    private const int LargestUnasked = 4;

    /// <summary>Threads for a bandlimit: those of <see cref="Variable"/>, else the machine's processors up to four.</summary>
    public static int For(int bandlimit) => bandlimit < SmallestBandlimit ? 1 : ForPoints();

    /// <summary>Threads for sums over scattered points: those of <see cref="Variable"/>, else the processors up to four.</summary>
    public static int ForPoints()
    {
        string? wish = Environment.GetEnvironmentVariable(Variable);
        return int.TryParse(wish, out int threads) && threads >= 1
            ? Math.Min(threads, Largest)
            : Math.Min(Environment.ProcessorCount, LargestUnasked);
    }
}
