using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Meanfield.Solver;

/// <summary>What one thread counts of the tiles it draws: histograms, sums, neighbours.</summary>
internal sealed unsafe class PairTally
{
    private readonly double[] _plain = new double[PairTiles.Size * PairTiles.Size];
    private readonly double[] _centred = new double[PairTiles.Size * PairTiles.Size];
    private readonly double[] _powers = new double[PairTiles.Size * PairTiles.Size];

    /// <summary>Makes room for as many tokens.</summary>
    public PairTally(int capacity) => Neighbours = new NeighbourTable(capacity);

    /// <summary>[Bins] pairs by their cosine.</summary>
    public long[] Counts { get; } = new long[PairLaw.Bins];

    /// <summary>[Bins] pairs by their cosine once the mean is removed.</summary>
    public long[] CentredCounts { get; } = new long[PairLaw.Bins];

    /// <summary>Nearest tokens found so far.</summary>
    public NeighbourTable Neighbours { get; }

    /// <summary>Forgets everything.</summary>
    /// <param name="repeated">Tokens that take no part among the neighbours.</param>
    public void Clear(ReadOnlySpan<bool> repeated)
    {
        Array.Clear(Counts);
        Array.Clear(CentredCounts);
        Neighbours.Clear(repeated);
    }

    /// <summary>Counts the pairs of one tile.</summary>
    /// <param name="sweep">What they are counted into besides.</param>
    /// <param name="row">Row of tiles.</param>
    /// <param name="column">Column of tiles, at least the row.</param>
    /// <param name="cosines">[128, 128] cosines.</param>
    /// <param name="sums">[PairLaw.Sums] of the tile.</param>
    /// <param name="centredSums">[PairLaw.Sums] of the tile, mean removed.</param>
    public void Count(PairSweep sweep, int row, int column, double* cosines, Span<double> sums, Span<double> centredSums)
    {
        int rows = PairTiles.Tokens(row, sweep.Count), columns = PairTiles.Tokens(column, sweep.Count);
        int firstRow = row * PairTiles.Size, firstColumn = column * PairTiles.Size, pairs = 0;
        for (int r = 0; r < rows; r++)
        {
            int from = row == column ? r + 1 : 0;
            if (from >= columns) continue;
            var cosine = new ReadOnlySpan<double>(cosines + r * PairTiles.Size + from, columns - from);
            cosine.CopyTo(_plain.AsSpan(pairs));
            sweep.Centre(firstRow + r, firstColumn + from, cosine, _centred.AsSpan(pairs, cosine.Length));
            pairs += cosine.Length;
            Near(sweep, firstRow + r, firstColumn, from, columns, cosines + r * PairTiles.Size);
        }
        Add(_plain.AsSpan(0, pairs), Counts, sums);
        Add(_centred.AsSpan(0, pairs), CentredCounts, centredSums);
    }

    private void Add(ReadOnlySpan<double> cosines, long[] counts, Span<double> sums)
    {
        foreach (double cosine in cosines) counts[Math.Clamp((int)((cosine + 1) * (0.5 * PairLaw.Bins)), 0, PairLaw.Bins - 1)]++;
        Span<double> powers = _powers.AsSpan(0, cosines.Length);
        TensorPrimitives.Exp(cosines, powers);
        sums[0] = cosines.Length;
        sums[1] = TensorPrimitives.Sum(cosines);
        for (int b = 0; b < PairLaw.Betas.Count; b++)
        {
            if (b > 0) TensorPrimitives.Multiply<double>(powers, powers, powers);
            sums[2 + b] = TensorPrimitives.Sum<double>(powers);
        }
    }

    // Offers the pairs of a row that may matter: those within the census' angle, or nearer than what either token has.
    private void Near(PairSweep sweep, int token, int firstColumn, int from, int columns, double* cosines)
    {
        double[] floors = Neighbours.Floors;
        for (int c = from & -Vector512<double>.Count; c < columns; c += Vector512<double>.Count)
        {
            Vector512<double> cosine = Vector512.Load(cosines + c), least = Vector512.Create(Math.Min(floors[token], sweep.NearCosine));
            Vector512<double> wanted = Vector512.GreaterThanOrEqual(cosine, least)
                | Vector512.GreaterThanOrEqual(cosine, Vector512.LoadUnsafe(ref floors[firstColumn + c]));
            for (ulong lanes = wanted.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int at = c + System.Numerics.BitOperations.TrailingZeroCount(lanes);
                if (at < from || at >= columns) continue;
                double value = cosines[at];
                int other = firstColumn + at;
                if (value >= sweep.NearCosine) sweep.Graph.Join(token, other);
                if (sweep.Repeated[token] || sweep.Repeated[other]) continue;
                Neighbours.Offer(token, other, value);
                Neighbours.Offer(other, token, value);
            }
        }
    }
}
