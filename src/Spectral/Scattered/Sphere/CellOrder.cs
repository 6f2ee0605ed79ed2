using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>A chunk of points in the order of their cells (counting sort).</summary>
/// <remarks>Angles come from a polynomial for the arctangent, good to 1e−5: cells are wider by <see cref="SphereBand.Margin"/>.</remarks>
internal sealed unsafe class CellOrder
{
    private const double Pole = 1e-60; // ρ² below which the longitude is set to zero

    private readonly SphereCells _cells;
    private readonly int[] _intervals; // of every band
    private readonly int[] _starts;
    private int[] _cell = [];
    private int[] _place = [];
    private double[] _copy = []; // the points as they came
    private int _count;

    /// <summary>Order by the cells of a sphere.</summary>
    public CellOrder(SphereCells cells)
    {
        _cells = cells;
        _intervals = new int[cells.Starts.Length - 1];
        for (int b = 0; b < _intervals.Length; b++)
            _intervals[b] = cells.Band(b).Cells;
        _starts = new int[cells.Count + 2];
    }

    /// <summary>First sorted point of every cell, and their number.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, _cells.Count + 1);

    /// <summary>[8 + count][4] x, y, z, w of the sorted points, then zeros.</summary>
    public AlignedBuffer Points { get; private set; } = new(0);

    /// <summary>Place of every point among the sorted.</summary>
    public ReadOnlySpan<int> Places => _place;

    /// <summary>Makes room.</summary>
    public void Reserve(int count)
    {
        if (_cell.Length >= count + 8)
            return;
        _cell = new int[count + 8];
        _place = new int[count + 8];
        _copy = new double[3 * count];
        _count = 0;
        Points = new AlignedBuffer(4L * (count + 16));
    }

    /// <summary>Whether these are the points that were sorted last.</summary>
    public bool Holds(double* x, double* y, double* z, int count) =>
        count == _count
        && new Span<double>(x, count).SequenceEqual(_copy.AsSpan(0, count))
        && new Span<double>(y, count).SequenceEqual(_copy.AsSpan(count, count))
        && new Span<double>(z, count).SequenceEqual(_copy.AsSpan(2 * count, count));

    /// <summary>Sorts.</summary>
    /// <param name="x">[count] first coordinates.</param>
    /// <param name="y">[count] second coordinates.</param>
    /// <param name="z">[count] third coordinates.</param>
    /// <param name="w">[count] masses, or null for equal ones.</param>
    /// <param name="equal">Mass of every point where w is null.</param>
    /// <param name="count">Points.</param>
    public void Sort(double* x, double* y, double* z, double* w, double equal, int count)
    {
        _count = count;
        new Span<double>(x, count).CopyTo(_copy);
        new Span<double>(y, count).CopyTo(_copy.AsSpan(count));
        new Span<double>(z, count).CopyTo(_copy.AsSpan(2 * count));
        Array.Clear(_starts);
        fixed (int* cell = _cell, place = _place, starts = _starts, intervals = _intervals, first = _cells.Starts)
        {
            Locate(x, y, z, count, cell, first, intervals, _intervals.Length);
            int* counts = starts + 2;
            for (int i = 0; i < count; i++)
                counts[cell[i]]++;
            for (int c = 2; c < _starts.Length; c++)
                starts[c] += starts[c - 1];
            double* points = Points.Pointer;
            for (int i = 0; i < count; i++)
            {
                int at = starts[cell[i] + 1]++;
                place[i] = at;
                Vector256.Create(x[i], y[i], z[i], w == null ? equal : w[i]).Store(points + 4L * at);
            }
            new Span<double>(points + 4L * count, 64).Clear();
        }
    }

    [SkipLocalsInit]
    private static void Locate(double* x, double* y, double* z, int count, int* cell, int* first, int* intervals, int bands)
    {
        double* turn = stackalloc double[8], band = stackalloc double[8];
        double* padded = stackalloc double[24];
        Vector512<double> half = Vector512.Create(Math.PI / 2), perBand = Vector512.Create(bands / Math.PI), perTurn = Vector512.Create(0.5 / Math.PI);
        for (int i = 0; i < count; i += 8)
        {
            double* px = x + i, py = y + i, pz = z + i;
            if (count - i < 8)
            {
                for (int k = 0; k < 8; k++)
                {
                    bool real = k < count - i;
                    (padded[k], padded[8 + k], padded[16 + k]) = real ? (px[k], py[k], pz[k]) : (1, 0, 0);
                }
                px = padded;
                py = padded + 8;
                pz = padded + 16;
            }
            Vector512<double> vx = Vector512.Load(px), vy = Vector512.Load(py), vz = Vector512.Load(pz);
            Vector512<double> rho = Radius(ref vx, ref vy);
            Vector512<double> latitude = Angle(Vector512.Abs(vz), rho, half);
            latitude = Vector512.ConditionalSelect(Vector512.LessThan(vz, Vector512<double>.Zero), half + half - latitude, latitude);
            Vector512<double> longitude = Angle(Vector512.Abs(vx), Vector512.Abs(vy), half);
            longitude = Vector512.ConditionalSelect(Vector512.LessThan(vx, Vector512<double>.Zero), half + half - longitude, longitude);
            longitude = Vector512.ConditionalSelect(
                Vector512.LessThan(vy, Vector512<double>.Zero), Vector512.Create(2 * Math.PI) - longitude, longitude);
            (latitude * perBand).Store(band);
            (longitude * perTurn).Store(turn);
            int length = Math.Min(8, count - i);
            for (int k = 0; k < length; k++)
            {
                int b = Math.Min(bands - 1, (int)band[k]);
                cell[i + k] = first[b] + Math.Min(intervals[b] - 1, (int)(turn[k] * intervals[b]));
            }
        }
    }

    /// <summary>ρ = √(x² + y²); at a pole, where the longitude is lost, x and y become those of longitude 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Radius(ref Vector512<double> x, ref Vector512<double> y)
    {
        Vector512<double> square = Vector512.FusedMultiplyAdd(x, x, y * y);
        Vector512<double> pole = Vector512.LessThan(square, Vector512.Create(Pole));
        x = Vector512.ConditionalSelect(pole, Vector512.Create(1e-30), x);
        y = Vector512.ConditionalSelect(pole, Vector512<double>.Zero, y);
        return Vector512.Sqrt(Vector512.Max(square, Vector512.Create(Pole)));
    }

    // arctan(b/a) for a, b ≥ 0; polynomial of Abramowitz and Stegun 4.4.49, error ≤ 1e−5
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Angle(Vector512<double> a, Vector512<double> b, Vector512<double> half)
    {
        Vector512<double> s = Vector512.Min(a, b) / Vector512.Max(a, b), t = s * s;
        Vector512<double> p = Vector512.FusedMultiplyAdd(t, Vector512.Create(0.0208351), Vector512.Create(-0.0851330));
        p = Vector512.FusedMultiplyAdd(t, p, Vector512.Create(0.1801410));
        p = Vector512.FusedMultiplyAdd(t, p, Vector512.Create(-0.3302995));
        p = s * Vector512.FusedMultiplyAdd(t, p, Vector512.Create(0.9998660));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(b, a), half - p, p);
    }
}
