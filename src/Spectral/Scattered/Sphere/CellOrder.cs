using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>A chunk of points in the order of their cells (counting sort).</summary>
/// <remarks>Angles come from a polynomial for the arctangent, good to 1e−5: cells are wider by <see cref="SphereBand.Margin"/>.</remarks>
internal sealed unsafe class CellOrder
{
    private const double Pole = 1e-60; // ρ² below which the longitude is set to zero

    private const int Samples = 64;

    private readonly SphereCells _cells;
    private readonly int[] _intervals; // of every band
    private readonly int[] _starts;
    private int[] _place = [];
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
        if (_place.Length >= count + 8)
            return;
        _place = new int[count + 8];
        _count = 0;
        Points = new AlignedBuffer(4L * (count + 16));
    }

    /// <summary>Whether some points, spread over the chunk, are those that were sorted last: if so, most likely all are.</summary>
    public bool MayHold(double* x, double* y, double* z, int count)
    {
        if (count != _count)
            return false;
        for (int i = 0; i < count; i += count / Samples + 1)
        {
            if (!Holds(i, x, y, z))
                return false;
        }
        return true;
    }

    /// <summary>Whether point i, to the bit, is the one that was sorted last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int i, double* x, double* y, double* z)
    {
        double* point = Points.Pointer + 4L * _place[i];
        return Same(point[0], x[i]) && Same(point[1], y[i]) && Same(point[2], z[i]);
    }

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
        Array.Clear(_starts);
        fixed (int* place = _place, starts = _starts, intervals = _intervals, first = _cells.Starts)
        {
            Locate(x, y, z, count, place, first, intervals, _intervals.Length);
            int* counts = starts + 2;
            for (int i = 0; i < count; i++)
                counts[place[i]]++;
            for (int c = 2; c < _starts.Length; c++)
                starts[c] += starts[c - 1];
            double* points = Points.Pointer;
            for (int i = 0; i < count; i++)
            {
                int at = starts[place[i] + 1]++;
                place[i] = at;
                Vector256.Create(x[i], y[i], z[i], w == null ? equal : w[i]).Store(points + 4L * at);
            }
            new Span<double>(points + 4L * count, 64).Clear();
        }
    }

    private static void Locate(double* x, double* y, double* z, int count, int* cell, int* first, int* intervals, int bands)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Locate<EightLanes>(x, y, z, count, cell, first, intervals, bands);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Locate<FourLanes>(x, y, z, count, cell, first, intervals, bands);
        else
            Locate<OneLane>(x, y, z, count, cell, first, intervals, bands);
    }

    [SkipLocalsInit]
    private static void Locate<T>(double* x, double* y, double* z, int count, int* cell, int* first, int* intervals, int bands)
        where T : struct, ISimd<T>
    {
        double* turn = stackalloc double[8], band = stackalloc double[8];
        double* padded = stackalloc double[24];
        T half = T.Broadcast(Math.PI / 2), perBand = T.Broadcast(bands / Math.PI), perTurn = T.Broadcast(0.5 / Math.PI);
        for (int i = 0; i < count; i += T.Lanes)
        {
            double* px = x + i, py = y + i, pz = z + i;
            int length = Math.Min(T.Lanes, count - i);
            if (length < T.Lanes)
            {
                for (int k = 0; k < T.Lanes; k++)
                    (padded[k], padded[8 + k], padded[16 + k]) = k < length ? (px[k], py[k], pz[k]) : (1, 0, 0);
                px = padded;
                py = padded + 8;
                pz = padded + 16;
            }
            T vx = T.Load(px), vy = T.Load(py), vz = T.Load(pz), rho = Radius(ref vx, ref vy);
            T latitude = Angle(Size(vz), rho, half);
            latitude = T.Select(vz, half + half - latitude, latitude);
            T longitude = Angle(Size(vx), Size(vy), half);
            longitude = T.Select(vx, half + half - longitude, longitude);
            longitude = T.Select(vy, T.Broadcast(2 * Math.PI) - longitude, longitude);
            T zero = T.Broadcast(0); // what is no number lies in cell 0
            T.Select(zero - latitude, latitude * perBand, zero).Store(band);
            T.Select(zero - longitude, longitude * perTurn, zero).Store(turn);
            for (int k = 0; k < length; k++)
            {
                int b = Math.Min(bands - 1, double.ConvertToIntegerNative<int>(band[k]));
                cell[i + k] = first[b] + Math.Min(intervals[b] - 1, double.ConvertToIntegerNative<int>(turn[k] * intervals[b]));
            }
        }
    }

    /// <summary>ρ = √(x² + y²); at a pole, where the longitude is lost, x and y become those of longitude 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Radius<T>(ref T x, ref T y) where T : struct, ISimd<T>
    {
        T pole = T.Broadcast(Pole), square = T.MultiplyAdd(x, x, y * y), distance = square - pole;
        x = T.Select(distance, T.Broadcast(1e-30), x);
        y = T.Select(distance, T.Broadcast(0), y);
        return T.SquareRoot(T.Select(distance, pole, square));
    }

    // arctan(b/a) for a, b ≥ 0; polynomial of Abramowitz and Stegun 4.4.49, error ≤ 1e−5
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Angle<T>(T a, T b, T half) where T : struct, ISimd<T>
    {
        T order = a - b, s = T.Select(order, a, b) / T.Select(order, b, a), t = s * s;
        T p = T.MultiplyAdd(t, T.Broadcast(0.0208351), T.Broadcast(-0.0851330));
        p = T.MultiplyAdd(t, p, T.Broadcast(0.1801410));
        p = T.MultiplyAdd(t, p, T.Broadcast(-0.3302995));
        p = s * T.MultiplyAdd(t, p, T.Broadcast(0.9998660));
        return T.Select(order, half - p, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Size<T>(T a) where T : struct, ISimd<T> => T.Select(a, T.Broadcast(0) - a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
