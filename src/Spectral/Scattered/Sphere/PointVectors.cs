using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>Eight records of four numbers ([8][4] in memory) as four vectors and back; the lanes hold records 0 2 1 3 4 6 5 7.</summary>
internal static unsafe class PointVectors
{
    private const byte Even = 0x88, Odd = 0xDD, Lower = 0x44, Upper = 0xEE, Middle = 0xD8;

    /// <summary>Number of the record in every lane.</summary>
    public static Vector512<double> Numbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0.0, 2, 1, 3, 4, 6, 5, 7);
    }

    /// <summary>Reads eight records.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        double* source, out Vector512<double> x, out Vector512<double> y, out Vector512<double> z, out Vector512<double> w)
    {
        if (!Avx512F.IsSupported)
        {
            LoadEach(source, out x, out y, out z, out w);
            return;
        }
        Vector512<double> a = Vector512.Load(source), b = Vector512.Load(source + 8);
        Vector512<double> c = Vector512.Load(source + 16), d = Vector512.Load(source + 24);
        Vector512<double> low = Avx512F.UnpackLow(a, b), lowNext = Avx512F.UnpackLow(c, d);
        Vector512<double> high = Avx512F.UnpackHigh(a, b), highNext = Avx512F.UnpackHigh(c, d);
        x = Avx512F.Shuffle4x128(low, lowNext, Even);
        z = Avx512F.Shuffle4x128(low, lowNext, Odd);
        y = Avx512F.Shuffle4x128(high, highNext, Even);
        w = Avx512F.Shuffle4x128(high, highNext, Odd);
    }

    /// <summary>Writes eight records.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Vector512<double> x, Vector512<double> y, Vector512<double> z, Vector512<double> w)
    {
        if (!Avx512F.IsSupported)
        {
            StoreEach(target, x, y, z, w);
            return;
        }
        StoreFour(target, Avx512F.Shuffle4x128(x, z, Lower), Avx512F.Shuffle4x128(y, w, Lower));
        StoreFour(target + 16, Avx512F.Shuffle4x128(x, z, Upper), Avx512F.Shuffle4x128(y, w, Upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(double* target, Vector512<double> xz, Vector512<double> yw)
    {
        Vector512<double> first = Avx512F.UnpackLow(xz, yw), second = Avx512F.UnpackHigh(xz, yw);
        Avx512F.Shuffle4x128(first, first, Middle).Store(target);
        Avx512F.Shuffle4x128(second, second, Middle).Store(target + 8);
    }

    private static void LoadEach(
        double* source, out Vector512<double> x, out Vector512<double> y, out Vector512<double> z, out Vector512<double> w)
    {
        double* lanes = stackalloc double[32];
        for (int i = 0; i < 8; i++)
        {
            for (int k = 0; k < 4; k++)
                lanes[8 * k + Lane(i)] = source[4 * i + k];
        }
        (x, y) = (Vector512.Load(lanes), Vector512.Load(lanes + 8));
        (z, w) = (Vector512.Load(lanes + 16), Vector512.Load(lanes + 24));
    }

    private static void StoreEach(double* target, Vector512<double> x, Vector512<double> y, Vector512<double> z, Vector512<double> w)
    {
        double* lanes = stackalloc double[32];
        x.Store(lanes);
        y.Store(lanes + 8);
        z.Store(lanes + 16);
        w.Store(lanes + 24);
        for (int i = 0; i < 8; i++)
        {
            for (int k = 0; k < 4; k++)
                target[4 * i + k] = lanes[8 * k + Lane(i)];
        }
    }

    // Records 1 and 2 of four change places.
    private static int Lane(int record) => (record & 3) is 1 or 2 ? record ^ 3 : record;
}
