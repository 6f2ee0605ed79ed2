using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>Moments Σ w u^α v^β, α + β &lt; p, of the points of one cell: points in the lanes, four or eight sums in registers.</summary>
internal sealed unsafe class CellMoments
{
    private const int Block = 32; // vectors of eight points

    private readonly SphereCells _cells;
    private readonly AlignedBuffer _scratch = new(5 * 8 * Block);
    private readonly AlignedBuffer _rows = new(64);
    private readonly AlignedBuffer _sums;

    /// <summary>Work space for one thread.</summary>
    public CellMoments(SphereCells cells)
    {
        _cells = cells;
        _sums = new AlignedBuffer(cells.Stride + SphereBand.Row);
    }

    /// <summary>Adds the moments of sorted points.</summary>
    /// <param name="cell">Their cell.</param>
    /// <param name="points">[count][4] x, y, z, w, and seven more readable points.</param>
    /// <param name="count">Points.</param>
    /// <param name="moments">[stride] sums so far.</param>
    public void Add<T>(in SphereCell cell, double* points, int count, double* moments) where T : struct, ISimd<T>
    {
        for (int first = 0; first < count; first += 8 * Block)
            AddBlock<T>(cell, points + 4L * first, Math.Min(8 * Block, count - first), moments);
    }

    private void AddBlock<T>(in SphereCell cell, double* points, int count, double* moments) where T : struct, ISimd<T>
    {
        int vectors = (count + 7) / 8;
        double* u = _scratch.Pointer, w = u + 8 * Block, rows = _rows.Pointer;
        for (int i = 0; i < vectors; i++)
        {
            PointVectors.Split(points + 32 * i, rows);
            PointVectors.Mask(rows + 24, count - 8 * i);
            for (int lane = 0; lane < 8; lane += T.Lanes)
                LocateLanes<T>(cell, rows + lane, u + 8 * i + lane);
        }
        double* sums = _sums.Pointer;
        for (int row = 0; row < _cells.Terms; row++)
        {
            if (row > 0)
                Multiply<T>(w, u, vectors);
            double* target = sums + _cells.RowStarts[row];
            for (int first = 0, left = _cells.Terms - row; first < left; first += 8)
            {
                for (int lane = 0; lane < 8; lane += T.Lanes)
                {
                    if (left - first > 4)
                        SumEight<T>(w + lane, vectors, first, rows + lane, target + first);
                    else
                        SumFour<T>(w + lane, vectors, first, rows + lane, target + first);
                }
                if (T.Lanes < EightLanes.Lanes)
                    LaneTranspose.SumRows(rows, target + first);
            }
        }
        for (int i = 0; i < _cells.Stride; i += T.Lanes)
            (T.Load(moments + i) + T.Load(sums + i)).Store(moments + i);
    }

    // target: u, w, v, v², v⁴, 8·Block apart
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LocateLanes<T>(in SphereCell cell, double* rows, double* target) where T : struct, ISimd<T>
    {
        cell.Locate(rows, out T across, out T along);
        across.Store(target);
        T.Load(rows + 24).Store(target + 8 * Block);
        along.Store(target + 16 * Block);
        T square = along * along;
        square.Store(target + 24 * Block);
        (square * square).Store(target + 32 * Block);
    }

    private static void Multiply<T>(double* w, double* u, int vectors) where T : struct, ISimd<T>
    {
        for (int i = 0; i < 8 * vectors; i += T.Lanes)
            (T.Load(w + i) * T.Load(u + i)).Store(w + i);
    }

    // target[k] = Σ w v^(k + first), k = 0 … 7, first 0 or 8
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumEight<T>(double* w, int vectors, int first, double* rows, double* target) where T : struct, ISimd<T>
    {
        double* v = w + 8 * Block, v2 = v + 8 * Block, v4 = v2 + 8 * Block;
        T s0 = T.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int i = 0; i < 8 * vectors; i += 8)
        {
            T t0 = T.Load(w + i), square = T.Load(v2 + i), fourth = T.Load(v4 + i);
            if (first != 0)
                t0 *= fourth * fourth;
            T t1 = t0 * T.Load(v + i), t2 = t0 * square, t3 = t1 * square;
            s0 += t0;
            s1 += t1;
            s2 += t2;
            s3 += t3;
            s4 = T.MultiplyAdd(t0, fourth, s4);
            s5 = T.MultiplyAdd(t1, fourth, s5);
            s6 = T.MultiplyAdd(t2, fourth, s6);
            s7 = T.MultiplyAdd(t3, fourth, s7);
        }
        LaneTranspose.Sum(s0, s1, s2, s3, s4, s5, s6, s7, rows, target);
    }

    // target[k] = Σ w v^(k + first), k = 0 … 3, then zeros
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumFour<T>(double* w, int vectors, int first, double* rows, double* target) where T : struct, ISimd<T>
    {
        double* v = w + 8 * Block, v2 = v + 8 * Block, v4 = v2 + 8 * Block;
        T zero = T.Broadcast(0), s0 = zero, s1 = zero, s2 = zero, s3 = zero;
        for (int i = 0; i < 8 * vectors; i += 8)
        {
            T t0 = T.Load(w + i), square = T.Load(v2 + i), fourth = T.Load(v4 + i);
            if (first != 0)
                t0 *= fourth * fourth;
            T along = T.Load(v + i);
            s0 += t0;
            s1 = T.MultiplyAdd(t0, along, s1);
            s2 = T.MultiplyAdd(t0, square, s2);
            s3 = T.MultiplyAdd(t0 * along, square, s3);
        }
        LaneTranspose.Sum(s0, s1, s2, s3, zero, zero, zero, zero, rows, target);
    }
}
