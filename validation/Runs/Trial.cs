using System.Globalization;
using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>What a measurement is given: how much work, which random numbers, when to stop. One thread: claims run beside one another.</summary>
public sealed class Trial
{
    private readonly ulong _seed;

    /// <summary>The trial of one law.</summary>
    /// <param name="id">The law, V01, V02, …, W01, …: each has its own random numbers.</param>
    /// <param name="level">How much work.</param>
    /// <param name="seed">Seed of the whole validation.</param>
    /// <param name="cancellation">When to stop.</param>
    public Trial(string id, Level level, ulong seed, CancellationToken cancellation = default)
    {
        Level = level;
        Root = seed;
        Cancellation = cancellation;
        _seed = Derive(seed, (ulong)(id[0] - 'V') * 1000 + ulong.Parse(id.AsSpan(1), CultureInfo.InvariantCulture));
    }

    /// <summary>How much work.</summary>
    public Level Level { get; }

    /// <summary>Seed of the whole validation.</summary>
    public ulong Root { get; }

    /// <summary>When to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The value for the level.</summary>
    public T At<T>(T quick, T normal, T thorough) => At(Level, quick, normal, thorough);

    /// <summary>The value for a level, for predictions.</summary>
    public static T At<T>(Level level, T quick, T normal, T thorough) => level switch { Level.Quick => quick, Level.Default => normal, _ => thorough };

    /// <summary>The seed of the n-th independent stream of random numbers, n ≥ 0.</summary>
    public ulong Seed(int stream = 0) => Derive(_seed, (ulong)stream);

    /// <summary>The n-th independent stream of random numbers, n ≥ 0.</summary>
    public RandomNumbers Random(int stream = 0) => new(Seed(stream));

    private static ulong Derive(ulong seed, ulong place) => (ulong)(new RandomNumbers(seed, place).NextUniform() * (1L << 52));
}
