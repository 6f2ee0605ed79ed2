using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>
/// Eight records of four numbers ([8][4] in memory) as four rows of eight and back; the lanes of a row hold records 0 2 1 3 4 6 5 7
/// in registers of any width.
/// </summary>
internal static unsafe class PointVectors
{
    private const byte Even = 0x88, Odd = 0xDD, Lower = 0x44, Upper = 0xEE, Middle = 0xD8;

    /// <summary>Zeros w where the record in the lane is one of the first <paramref name="count"/> no more.</summary>
    /// <param name="w">[8] a row.</param>
    /// <param name="count">Records that count.</param>
    public static void Mask(double* w, int count)
    {
        for (int i = count; i < 8; i++)
            w[Lane(i)] = 0;
    }

    /// <summary>rows[k][lane] = source[record][k], rows eight apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(double* source, double* rows)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
        {
            Vector512<double> a = Vector512.Load(source), b = Vector512.Load(source + 8);
            Vector512<double> c = Vector512.Load(source + 16), d = Vector512.Load(source + 24);
            Vector512<double> low = Avx512F.UnpackLow(a, b), lowNext = Avx512F.UnpackLow(c, d);
            Vector512<double> high = Avx512F.UnpackHigh(a, b), highNext = Avx512F.UnpackHigh(c, d);
            Avx512F.Shuffle4x128(low, lowNext, Even).Store(rows);
            Avx512F.Shuffle4x128(high, highNext, Even).Store(rows + 8);
            Avx512F.Shuffle4x128(low, lowNext, Odd).Store(rows + 16);
            Avx512F.Shuffle4x128(high, highNext, Odd).Store(rows + 24);
            return;
        }
        for (int i = 0; i < 8; i++)
        {
            for (int k = 0; k < 4; k++)
                rows[8 * k + Lane(i)] = source[4 * i + k];
        }
    }

    /// <summary>target[record][k] = rows[k][lane], rows eight apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(double* rows, double* target)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
        {
            Vector512<double> x = Vector512.Load(rows), y = Vector512.Load(rows + 8);
            Vector512<double> z = Vector512.Load(rows + 16), w = Vector512.Load(rows + 24);
            StoreFour(target, Avx512F.Shuffle4x128(x, z, Lower), Avx512F.Shuffle4x128(y, w, Lower));
            StoreFour(target + 16, Avx512F.Shuffle4x128(x, z, Upper), Avx512F.Shuffle4x128(y, w, Upper));
            return;
        }
        for (int i = 0; i < 8; i++)
        {
            for (int k = 0; k < 4; k++)
                target[4 * i + k] = rows[8 * k + Lane(i)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(double* target, Vector512<double> xz, Vector512<double> yw)
    {
        Vector512<double> first = Avx512F.UnpackLow(xz, yw), second = Avx512F.UnpackHigh(xz, yw);
        Avx512F.Shuffle4x128(first, first, Middle).Store(target);
        Avx512F.Shuffle4x128(second, second, Middle).Store(target + 8);
    }

    // Records 1 and 2 of four change places.
    private static int Lane(int record) => (record & 3) is 1 or 2 ? record ^ 3 : record;
}
