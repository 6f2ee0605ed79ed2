using System.Numerics;

namespace Meanfield.Solver;

/// <summary>Which tokens lie within an angle of each other, a bit for each pair; T²/8 bytes.</summary>
internal sealed class NeighbourGraph
{
    private const int Bits = 64;
    private readonly ulong[] _bits;
    private readonly int _words;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">Most tokens, a multiple of 64.</param>
    public NeighbourGraph(int capacity)
    {
        _words = capacity / Bits;
        _bits = new ulong[(long)capacity * _words];
    }

    /// <summary>Forgets all edges.</summary>
    public void Clear() => Array.Clear(_bits);

    /// <summary>Joins i and j. Threads may work at once on tiles of at least 64 by 64 tokens, each its own.</summary>
    public void Join(int i, int j)
    {
        _bits[(long)i * _words + j / Bits] |= 1UL << (j % Bits);
        _bits[(long)j * _words + i / Bits] |= 1UL << (i % Bits);
    }

    /// <summary>Number of neighbours of a token, itself not counted.</summary>
    public int Degree(int token)
    {
        int sum = 0;
        foreach (ulong word in Row(token)) sum += BitOperations.PopCount(word);
        return sum;
    }

    /// <summary>Neighbours of a token among those marked, in rising order.</summary>
    /// <param name="token">The token.</param>
    /// <param name="marked">[capacity/64] bits.</param>
    /// <param name="neighbours">Receives them.</param>
    public void Among(int token, ReadOnlySpan<ulong> marked, List<int> neighbours)
    {
        neighbours.Clear();
        ReadOnlySpan<ulong> row = Row(token);
        for (int w = 0; w < row.Length; w++)
            for (ulong word = row[w] & marked[w]; word != 0; word &= word - 1) neighbours.Add(w * Bits + BitOperations.TrailingZeroCount(word));
    }

    /// <summary>Words of a row.</summary>
    public int Words => _words;

    private ReadOnlySpan<ulong> Row(int token) => _bits.AsSpan(token * _words, _words);
}
