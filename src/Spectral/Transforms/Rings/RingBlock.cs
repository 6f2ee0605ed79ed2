using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// Eight northern rows and their mirror rows as they enter and leave a Fourier transform:
/// [longitude][north × 8, south × 8], one complex transform carrying both hemispheres.
/// </summary>
/// <remarks>
/// With n_m, s_m the amplitudes of a northern and its mirror row, the transform's modes are Z_m = n_m + i s_m and
/// Z_{−m} = conj(n_m) + i conj(s_m).
/// </remarks>
internal static unsafe class RingBlock
{
    private const int Lanes = LegendreTable.Lanes;

    /// <summary>Numbers per longitude or mode.</summary>
    public const int PointLength = 2 * Lanes;

    /// <summary>Z from amplitudes for the orders 0 … <paramref name="orders"/>; other modes are left as they are.</summary>
    /// <param name="amplitudes">[order, <paramref name="stride"/> apart][even re, even im, odd re, odd im][8].</param>
    /// <param name="stride">Distance between orders.</param>
    /// <param name="orders">Last order.</param>
    /// <param name="even">[8] factor of the even part.</param>
    /// <param name="odd">[8] factor of the odd part.</param>
    /// <param name="size">Longitudes n.</param>
    /// <param name="modes">[n][16] receives Z.</param>
    public static void SpreadModes(
        double* amplitudes, nint stride, int orders, double* even, double* odd, int size, double* modes)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            SpreadModes<EightLanes>(amplitudes, stride, orders, even, odd, size, modes);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            SpreadModes<FourLanes>(amplitudes, stride, orders, even, odd, size, modes);
        else
            SpreadModes<OneLane>(amplitudes, stride, orders, even, odd, size, modes);
    }

    private static void SpreadModes<T>(
        double* amplitudes, nint stride, int orders, double* even, double* odd, int size, double* modes)
        where T : struct, ISimd<T>
    {
        for (int lane = 0; lane < Lanes; lane += T.Lanes)
            SpreadModesPart<T>(amplitudes + lane, stride, orders, even + lane, odd + lane, size, modes + lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SpreadModesPart<T>(
        double* amplitudes, nint stride, int orders, double* even, double* odd, int size, double* modes)
        where T : struct, ISimd<T>
    {
        T g = T.Load(even), h = T.Load(odd);
        double* positive = modes, negative = modes;
        for (int m = 0; m <= orders; m++, amplitudes += stride)
        {
            T er = g * T.Load(amplitudes), ei = g * T.Load(amplitudes + Lanes);
            T or = h * T.Load(amplitudes + 2 * Lanes), oi = h * T.Load(amplitudes + 3 * Lanes);
            T nr = er + or, ni = ei + oi, sr = er - or, si = ei - oi;
            (nr - si).Store(positive);
            (ni + sr).Store(positive + Lanes);
            (nr + si).Store(negative);
            (sr - ni).Store(negative + Lanes);
            positive += PointLength;
            negative = modes + (nint)(size - m - 1) * PointLength;
        }
    }

    /// <summary>The transpose: amplitudes from Z, for the orders 0 … <paramref name="orders"/>.</summary>
    /// <param name="modes">[n][16] Z.</param>
    /// <param name="size">Longitudes n.</param>
    /// <param name="even">[8] half the weight of the even part.</param>
    /// <param name="odd">[8] half the weight of the odd part.</param>
    /// <param name="orders">Last order.</param>
    /// <param name="amplitudes">Receives [order, <paramref name="stride"/> apart][even re, even im, odd re, odd im][8].</param>
    /// <param name="stride">Distance between orders.</param>
    public static void CollectModes(
        double* modes, int size, double* even, double* odd, int orders, double* amplitudes, nint stride)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            CollectModes<EightLanes>(modes, size, even, odd, orders, amplitudes, stride);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            CollectModes<FourLanes>(modes, size, even, odd, orders, amplitudes, stride);
        else
            CollectModes<OneLane>(modes, size, even, odd, orders, amplitudes, stride);
    }

    private static void CollectModes<T>(
        double* modes, int size, double* even, double* odd, int orders, double* amplitudes, nint stride)
        where T : struct, ISimd<T>
    {
        for (int lane = 0; lane < Lanes; lane += T.Lanes)
            CollectModesPart<T>(modes + lane, size, even + lane, odd + lane, orders, amplitudes + lane, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CollectModesPart<T>(
        double* modes, int size, double* even, double* odd, int orders, double* amplitudes, nint stride)
        where T : struct, ISimd<T>
    {
        T g = T.Load(even), h = T.Load(odd);
        double* positive = modes, negative = modes;
        for (int m = 0; m <= orders; m++, amplitudes += stride)
        {
            T zr = T.Load(positive), zi = T.Load(positive + Lanes);
            T kr = T.Load(negative), ki = T.Load(negative + Lanes);
            T nr = zr + kr, ni = zi - ki, sr = zi + ki, si = kr - zr;
            (g * (nr + sr)).Store(amplitudes);
            (g * (ni + si)).Store(amplitudes + Lanes);
            (h * (nr - sr)).Store(amplitudes + 2 * Lanes);
            (h * (ni - si)).Store(amplitudes + 3 * Lanes);
            positive += PointLength;
            negative = modes + (nint)(size - m - 1) * PointLength;
        }
    }

    /// <summary>Writes the block's rows to a grid field [n_lat][n_lon].</summary>
    /// <param name="points">[n_lon][16].</param>
    /// <param name="block">Block number from the north.</param>
    /// <param name="latitudes">n_lat.</param>
    /// <param name="longitudes">n_lon.</param>
    /// <param name="values">[n_lat][n_lon].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreRows(double* points, int block, int latitudes, int longitudes, double* values)
    {
        double* north = values + (long)block * Lanes * longitudes;
        double* south = values + (long)(latitudes - 1 - block * Lanes) * longitudes;
        int rows = Math.Min(Lanes, latitudes / 2 - block * Lanes), j = 0;
        if (rows == Lanes)
        {
            for (; j + Lanes <= longitudes; j += Lanes)
            {
                LaneTranspose.Copy(points + j * PointLength, PointLength, north + j, longitudes);
                LaneTranspose.Copy(points + j * PointLength + Lanes, PointLength, south + j, -longitudes);
            }
        }
        bool equator = HoldsEquator(block, latitudes);
        for (; j < longitudes; j++)
        {
            for (int row = 0; row < rows; row++)
            {
                north[(nint)row * longitudes + j] = points[j * PointLength + row];
                south[-(nint)row * longitudes + j] = points[j * PointLength + Lanes + row];
            }
            if (equator)
                north[(nint)rows * longitudes + j] = points[j * PointLength + rows];
        }
    }

    /// <summary>Reads the block's rows from a grid field; lanes without a row, and the mirror of the equator, become 0.</summary>
    /// <param name="values">[n_lat][n_lon].</param>
    /// <param name="block">Block number from the north.</param>
    /// <param name="latitudes">n_lat.</param>
    /// <param name="longitudes">n_lon.</param>
    /// <param name="points">[n_lon][16].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadRows(double* values, int block, int latitudes, int longitudes, double* points)
    {
        double* north = values + (long)block * Lanes * longitudes;
        double* south = values + (long)(latitudes - 1 - block * Lanes) * longitudes;
        int rows = Math.Min(Lanes, latitudes / 2 - block * Lanes), j = 0;
        if (rows == Lanes)
        {
            for (; j + Lanes <= longitudes; j += Lanes)
            {
                LaneTranspose.Copy(north + j, longitudes, points + j * PointLength, PointLength);
                LaneTranspose.Copy(south + j, -longitudes, points + j * PointLength + Lanes, PointLength);
            }
        }
        bool equator = HoldsEquator(block, latitudes);
        for (; j < longitudes; j++)
        {
            new Span<double>(points + j * PointLength, PointLength).Clear();
            for (int row = 0; row < rows; row++)
            {
                points[j * PointLength + row] = north[(nint)row * longitudes + j];
                points[j * PointLength + Lanes + row] = south[-(nint)row * longitudes + j];
            }
            if (equator)
                points[j * PointLength + rows] = north[(nint)rows * longitudes + j];
        }
    }

    private static bool HoldsEquator(int block, int latitudes) => latitudes % 2 == 1 && latitudes / 2 / Lanes == block;
}
