using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Unit tokens of R^d in panels of sixteen, [panel][d][16], beside their norms: the one layout that all products of tokens read.</summary>
/// <remarks>Places beyond the last token are zero. Memory: 8·d bytes per token, in whole tiles of <see cref="PairTiles.Size"/> tokens.</remarks>
internal sealed unsafe class TokenPanels
{
    /// <summary>Tokens per panel.</summary>
    public const int Width = 16;

    private readonly AlignedBuffer _coordinates;
    private readonly double[] _norms;

    /// <summary>Makes room.</summary>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="capacity">Most tokens.</param>
    public TokenPanels(int dimension, int capacity)
    {
        int places = (capacity + PairTiles.Size - 1) / PairTiles.Size * PairTiles.Size;
        Dimension = dimension;
        _coordinates = new AlignedBuffer((long)places * dimension);
        _norms = new double[places];
    }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>Tokens set since <see cref="Clear"/>: 0 … Count − 1.</summary>
    public int Count { get; private set; }

    /// <summary>Panels that hold a token.</summary>
    public int Panels => (Count + Width - 1) / Width;

    /// <summary>[Count] |x| of each token.</summary>
    public ReadOnlySpan<double> Norms => _norms.AsSpan(0, Count);

    /// <summary>Forgets all tokens and makes room for as many.</summary>
    public void Clear(int count)
    {
        Count = count;
        if (count % Width != 0) new Span<double>(Panel(Panels - 1), Width * Dimension).Clear();
    }

    /// <summary>Sets one token; different tokens may be set by different threads.</summary>
    public void Set(int token, ReadOnlySpan<double> unit, double norm)
    {
        double* at = First(token);
        for (int k = 0; k < unit.Length; k++) at[k * Width] = unit[k];
        _norms[token] = norm;
    }

    /// <summary>The unit vector of one token.</summary>
    public void Get(int token, Span<double> unit)
    {
        double* at = First(token);
        for (int k = 0; k < unit.Length; k++) unit[k] = at[k * Width];
    }

    /// <summary>One coordinate of one token.</summary>
    public double Coordinate(int token, int k) => First(token)[k * Width];

    /// <summary>Cosine of two tokens.</summary>
    public double Cosine(int first, int second)
    {
        double* a = First(first), b = First(second);
        double sum = 0;
        for (int k = 0; k < Dimension; k++) sum = Math.FusedMultiplyAdd(a[k * Width], b[k * Width], sum);
        return sum;
    }

    /// <summary>|x − y| of two unit tokens, right however small.</summary>
    public double Distance(int first, int second)
    {
        double* a = First(first), b = First(second);
        double sum = 0;
        for (int k = 0; k < Dimension; k++)
        {
            double away = a[k * Width] - b[k * Width];
            sum = Math.FusedMultiplyAdd(away, away, sum);
        }
        return Math.Sqrt(sum);
    }

    /// <summary>Address of a panel, [d][16].</summary>
    public double* Panel(int panel) => _coordinates.Pointer + (long)panel * Width * Dimension;

    private double* First(int token) => Panel(token / Width) + token % Width;
}
