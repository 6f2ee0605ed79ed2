namespace Meanfield.Solver;

/// <summary>The few tokens nearest to each token, by falling cosine, equal cosines by rising index: the same whatever the order of the offers.</summary>
internal sealed class NeighbourTable
{
    /// <summary>Neighbours kept for each token.</summary>
    public const int Kept = 10;

    private readonly double[] _cosines;
    private readonly int[] _tokens;
    private readonly int[] _counts;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">Most tokens; the floors of places without a token are +∞.</param>
    public NeighbourTable(int capacity)
    {
        _cosines = new double[capacity * Kept];
        _tokens = new int[capacity * Kept];
        _counts = new int[capacity];
        Floors = new double[capacity];
    }

    /// <summary>[capacity] the cosine that an offer to each token must reach.</summary>
    public double[] Floors { get; }

    /// <summary>Forgets everything.</summary>
    /// <param name="repeated">[tokens] those that want no neighbours.</param>
    public void Clear(ReadOnlySpan<bool> repeated)
    {
        Array.Clear(_counts);
        Array.Fill(Floors, double.PositiveInfinity);
        for (int i = 0; i < repeated.Length; i++)
            if (!repeated[i]) Floors[i] = double.NegativeInfinity;
    }

    /// <summary>Neighbours of a token, nearest first.</summary>
    public ReadOnlySpan<int> Of(int token) => _tokens.AsSpan(token * Kept, _counts[token]);

    /// <summary>Their cosines.</summary>
    public ReadOnlySpan<double> CosinesOf(int token) => _cosines.AsSpan(token * Kept, _counts[token]);

    /// <summary>Keeps a neighbour if it is among the nearest.</summary>
    public void Offer(int token, int neighbour, double cosine)
    {
        int start = token * Kept, count = _counts[token], at = start + count;
        if (count == Kept)
        {
            if (cosine < Floors[token] || (cosine == Floors[token] && neighbour > _tokens[at - 1])) return;
            at--;
        }
        else
        {
            _counts[token] = ++count;
        }
        for (; at > start && (_cosines[at - 1] < cosine || (_cosines[at - 1] == cosine && _tokens[at - 1] > neighbour)); at--)
            (_cosines[at], _tokens[at]) = (_cosines[at - 1], _tokens[at - 1]);
        (_cosines[at], _tokens[at]) = (cosine, neighbour);
        if (count == Kept) Floors[token] = _cosines[start + Kept - 1];
    }

    /// <summary>Takes over what another table of the same tokens found.</summary>
    public void Merge(NeighbourTable other, int count)
    {
        for (int token = 0; token < count; token++)
        {
            ReadOnlySpan<int> tokens = other.Of(token);
            for (int i = 0; i < tokens.Length; i++) Offer(token, tokens[i], other.CosinesOf(token)[i]);
        }
    }
}
