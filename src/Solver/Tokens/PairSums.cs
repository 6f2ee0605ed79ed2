using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Solver;

/// <summary>Sums over tokens j for sixteen tokens i at once, one per lane: Σ_j w_j 2^{t_ij} V x_j and Σ_j w_j 2^{t_ij}, t_ij = ⟨q_i,k_j⟩ + s_i.</summary>
/// <remarks>
/// Rows: q [d][16] = β log₂e · Q x_i. Records: per token k_j [d], w_j V x_j [d], w_j. Sums: [d + 1][16]. Shifts: s [16]. The order of the
/// additions is that of j.
/// </remarks>
internal static unsafe class PairSums
{
    /// <summary>Tokens i per call.</summary>
    public const int Rows = 2 * Lanes;

    private const int Lanes = 8;
    private const int Tile = 4;

    /// <summary>Numbers per record of token j.</summary>
    public static int RecordLength(int dimension) => 2 * dimension + 1;

    /// <summary>Writes the sums over <paramref name="count"/> records; three coordinates stay in registers, others go through the cache.</summary>
    public static void Over(int dimension, double* rows, double* shifts, double* records, int count, double* sums)
    {
        if (dimension == 3) OverThree(rows, shifts, records, count, sums);
        else OverAny(dimension, rows, shifts, records, count, sums);
    }

    /// <summary>Raises the sixteen numbers of <paramref name="largest"/> to max_j ⟨q_i,k_j⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Largest(int dimension, double* rows, double* records, int count, double* largest)
    {
        Vector512<double> first = Vector512.Load(largest), second = Vector512.Load(largest + Lanes);
        for (int j = 0; j < count; j++, records += RecordLength(dimension))
        {
            Vector512<double> a = default, b = default;
            for (int k = 0; k < dimension; k++)
            {
                Vector512<double> key = Vector512.Create(records[k]);
                a = Vector512.FusedMultiplyAdd(Vector512.Load(rows + Rows * k), key, a);
                b = Vector512.FusedMultiplyAdd(Vector512.Load(rows + Rows * k + Lanes), key, b);
            }
            (first, second) = (Vector512.Max(first, a), Vector512.Max(second, b));
        }
        first.Store(largest);
        second.Store(largest + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OverThree(double* rows, double* shifts, double* records, int count, double* sums)
    {
        Vector512<double> ax = Vector512.Load(rows), bx = Vector512.Load(rows + Lanes);
        Vector512<double> ay = Vector512.Load(rows + Rows), by = Vector512.Load(rows + Rows + Lanes);
        Vector512<double> az = Vector512.Load(rows + 2 * Rows), bz = Vector512.Load(rows + 2 * Rows + Lanes);
        Vector512<double> shiftA = Vector512.Load(shifts), shiftB = Vector512.Load(shifts + Lanes);
        Vector512<double> ux = default, uy = default, uz = default, u = default;
        Vector512<double> vx = default, vy = default, vz = default, v = default;
        for (double* end = records + 7L * count; records < end; records += 7)
        {
            Vector512<double> x = Vector512.Create(records[0]), y = Vector512.Create(records[1]), z = Vector512.Create(records[2]);
            Vector512<double> a = PowerOfTwo.Of(Vector512.FusedMultiplyAdd(
                ax, x, Vector512.FusedMultiplyAdd(ay, y, Vector512.FusedMultiplyAdd(az, z, shiftA))));
            Vector512<double> b = PowerOfTwo.Of(Vector512.FusedMultiplyAdd(
                bx, x, Vector512.FusedMultiplyAdd(by, y, Vector512.FusedMultiplyAdd(bz, z, shiftB))));
            (x, y, z) = (Vector512.Create(records[3]), Vector512.Create(records[4]), Vector512.Create(records[5]));
            Vector512<double> w = Vector512.Create(records[6]);
            ux = Vector512.FusedMultiplyAdd(a, x, ux);
            vx = Vector512.FusedMultiplyAdd(b, x, vx);
            uy = Vector512.FusedMultiplyAdd(a, y, uy);
            vy = Vector512.FusedMultiplyAdd(b, y, vy);
            uz = Vector512.FusedMultiplyAdd(a, z, uz);
            vz = Vector512.FusedMultiplyAdd(b, z, vz);
            u = Vector512.FusedMultiplyAdd(a, w, u);
            v = Vector512.FusedMultiplyAdd(b, w, v);
        }
        ux.Store(sums);
        vx.Store(sums + Lanes);
        uy.Store(sums + Rows);
        vy.Store(sums + Rows + Lanes);
        uz.Store(sums + 2 * Rows);
        vz.Store(sums + 2 * Rows + Lanes);
        u.Store(sums + 3 * Rows);
        v.Store(sums + 3 * Rows + Lanes);
    }

    private static void OverAny(int dimension, double* rows, double* shifts, double* records, int count, double* sums)
    {
        new Span<double>(sums, (dimension + 1) * Rows).Clear();
        int length = RecordLength(dimension), j = 0;
        for (; j + Tile <= count; j += Tile) FourRecords(dimension, rows, shifts, records + (long)j * length, sums);
        for (; j < count; j++) OneRecord(dimension, rows, shifts, records + (long)j * length, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRecords(int dimension, double* rows, double* shifts, double* records, double* sums)
    {
        int length = RecordLength(dimension);
        double* r0 = records, r1 = r0 + length, r2 = r1 + length, r3 = r2 + length;
        Vector512<double> a0 = Vector512.Load(shifts), a1 = a0, a2 = a0, a3 = a0;
        Vector512<double> b0 = Vector512.Load(shifts + Lanes), b1 = b0, b2 = b0, b3 = b0;
        for (int k = 0; k < dimension; k++, rows += Rows)
        {
            Vector512<double> a = Vector512.Load(rows), b = Vector512.Load(rows + Lanes);
            Vector512<double> k0 = Vector512.Create(r0[k]), k1 = Vector512.Create(r1[k]), k2 = Vector512.Create(r2[k]), k3 = Vector512.Create(r3[k]);
            (a0, b0) = (Vector512.FusedMultiplyAdd(a, k0, a0), Vector512.FusedMultiplyAdd(b, k0, b0));
            (a1, b1) = (Vector512.FusedMultiplyAdd(a, k1, a1), Vector512.FusedMultiplyAdd(b, k1, b1));
            (a2, b2) = (Vector512.FusedMultiplyAdd(a, k2, a2), Vector512.FusedMultiplyAdd(b, k2, b2));
            (a3, b3) = (Vector512.FusedMultiplyAdd(a, k3, a3), Vector512.FusedMultiplyAdd(b, k3, b3));
        }
        (a0, a1, a2, a3) = (PowerOfTwo.Of(a0), PowerOfTwo.Of(a1), PowerOfTwo.Of(a2), PowerOfTwo.Of(a3));
        (b0, b1, b2, b3) = (PowerOfTwo.Of(b0), PowerOfTwo.Of(b1), PowerOfTwo.Of(b2), PowerOfTwo.Of(b3));
        for (int k = dimension; k < length; k++, sums += Rows)
        {
            Vector512<double> u = Vector512.Load(sums), v = Vector512.Load(sums + Lanes);
            Vector512<double> x0 = Vector512.Create(r0[k]), x1 = Vector512.Create(r1[k]), x2 = Vector512.Create(r2[k]), x3 = Vector512.Create(r3[k]);
            (u, v) = (Vector512.FusedMultiplyAdd(a0, x0, u), Vector512.FusedMultiplyAdd(b0, x0, v));
            (u, v) = (Vector512.FusedMultiplyAdd(a1, x1, u), Vector512.FusedMultiplyAdd(b1, x1, v));
            (u, v) = (Vector512.FusedMultiplyAdd(a2, x2, u), Vector512.FusedMultiplyAdd(b2, x2, v));
            (u, v) = (Vector512.FusedMultiplyAdd(a3, x3, u), Vector512.FusedMultiplyAdd(b3, x3, v));
            u.Store(sums);
            v.Store(sums + Lanes);
        }
    }

    private static void OneRecord(int dimension, double* rows, double* shifts, double* record, double* sums)
    {
        Vector512<double> a = Vector512.Load(shifts), b = Vector512.Load(shifts + Lanes);
        for (int k = 0; k < dimension; k++)
        {
            Vector512<double> key = Vector512.Create(record[k]);
            a = Vector512.FusedMultiplyAdd(Vector512.Load(rows + Rows * k), key, a);
            b = Vector512.FusedMultiplyAdd(Vector512.Load(rows + Rows * k + Lanes), key, b);
        }
        (a, b) = (PowerOfTwo.Of(a), PowerOfTwo.Of(b));
        for (int k = 0; k <= dimension; k++)
        {
            Vector512<double> value = Vector512.Create(record[dimension + k]);
            double* sum = sums + Rows * k;
            Vector512.FusedMultiplyAdd(a, value, Vector512.Load(sum)).Store(sum);
            Vector512.FusedMultiplyAdd(b, value, Vector512.Load(sum + Lanes)).Store(sum + Lanes);
        }
    }
}
