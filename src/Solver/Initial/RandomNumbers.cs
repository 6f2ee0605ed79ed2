namespace Meanfield.Solver;

/// <summary>
/// A reproducible stream of random numbers: output n is a mix of (seed, n), so a stream is resumed by its position alone.
/// </summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014); the seed is mixed once so that nearby seeds are unrelated.</remarks>
public sealed class RandomNumbers
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private readonly ulong _origin;

    /// <summary>Starts the stream of a seed at a position.</summary>
    public RandomNumbers(ulong seed, ulong position = 0)
    {
        _origin = Mix(seed + GoldenGamma);
        Position = position;
    }

    /// <summary>How many 64-bit numbers have been drawn.</summary>
    public ulong Position { get; private set; }

    /// <summary>Moves to a position of the stream, wherever it stands.</summary>
    public void Seek(ulong position) => Position = position;

    /// <summary>A number uniform on (0, 1).</summary>
    public double NextUniform() => ((Mix(_origin + ++Position * GoldenGamma) >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>Two independent standard normal numbers (Box–Muller).</summary>
    public (double First, double Second) NextNormals()
    {
        double radius = Math.Sqrt(-2 * Math.Log(NextUniform()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextUniform());
        return (radius * cosine, radius * sine);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
