using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>Moments Σ w u^α v^β, α + β &lt; p, of the points of one cell: points in the lanes, eight sums in registers.</summary>
internal sealed unsafe class CellMoments
{
    private const int Block = 32; // vectors of eight points

    private readonly SphereCells _cells;
    private readonly AlignedBuffer _scratch = new(5 * 8 * Block);
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
    public void Add(in SphereCell cell, double* points, int count, double* moments)
    {
        for (int first = 0; first < count; first += 8 * Block)
            AddBlock(cell, points + 4L * first, Math.Min(8 * Block, count - first), moments);
    }

    private void AddBlock(in SphereCell cell, double* points, int count, double* moments)
    {
        int vectors = (count + 7) / 8;
        double* u = _scratch.Pointer, w = u + 8 * Block, v = w + 8 * Block, v2 = v + 8 * Block, v4 = v2 + 8 * Block;
        for (int i = 0; i < vectors; i++)
        {
            cell.Locate(points + 32 * i, out Vector512<double> across, out Vector512<double> along, out Vector512<double> mass);
            Vector512<double> inside = Vector512.LessThan(PointVectors.Numbers, Vector512.Create((double)(count - 8 * i)));
            across.Store(u + 8 * i);
            (mass & inside).Store(w + 8 * i);
            along.Store(v + 8 * i);
            Vector512<double> square = along * along;
            square.Store(v2 + 8 * i);
            (square * square).Store(v4 + 8 * i);
        }
        double* sums = _sums.Pointer;
        for (int row = 0; row < _cells.Terms; row++)
        {
            if (row > 0)
                Multiply(w, u, vectors);
            double* target = sums + _cells.RowStarts[row];
            int length = _cells.Terms - row;
            SumEight(w, v, v2, v4, vectors, 0, target);
            if (length > 8)
                SumEight(w, v, v2, v4, vectors, 1, target + 8);
        }
        for (int i = 0; i < _cells.Stride; i += 8)
            (Vector512.Load(moments + i) + Vector512.Load(sums + i)).Store(moments + i);
    }

    private static void Multiply(double* w, double* u, int vectors)
    {
        for (int i = 0; i < 8 * vectors; i += 8)
            (Vector512.Load(w + i) * Vector512.Load(u + i)).Store(w + i);
    }

    // target[k] = Σ w v^(k + 8·eights), k = 0 … 7
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumEight(double* w, double* v, double* v2, double* v4, int vectors, int eights, double* target)
    {
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int i = 0; i < 8 * vectors; i += 8)
        {
            Vector512<double> t0 = Vector512.Load(w + i), square = Vector512.Load(v2 + i), fourth = Vector512.Load(v4 + i);
            if (eights == 1)
                t0 *= fourth * fourth;
            Vector512<double> t1 = t0 * Vector512.Load(v + i), t2 = t0 * square, t3 = t1 * square;
            s0 += t0;
            s1 += t1;
            s2 += t2;
            s3 += t3;
            s4 = Vector512.FusedMultiplyAdd(t0, fourth, s4);
            s5 = Vector512.FusedMultiplyAdd(t1, fourth, s5);
            s6 = Vector512.FusedMultiplyAdd(t2, fourth, s6);
            s7 = Vector512.FusedMultiplyAdd(t3, fourth, s7);
        }
        double* rows = stackalloc double[64];
        s0.Store(rows);
        s1.Store(rows + 8);
        s2.Store(rows + 16);
        s3.Store(rows + 24);
        s4.Store(rows + 32);
        s5.Store(rows + 40);
        s6.Store(rows + 48);
        s7.Store(rows + 56);
        LaneTranspose.SumRows(rows, target);
    }
}
