using System.Runtime.CompilerServices;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Householder reflections of rows: A ← (I − τ v vᵀ) A for v = (1, v₁, …), rows stored one after another in groups of sixteen columns.</summary>
internal static unsafe class Reflector
{
    /// <summary>Columns are handled in groups of this many; strides are odd multiples of it, so that rows do not share cache lines' places.</summary>
    public const int Group = 16;

    /// <summary>Numbers per row for as many columns.</summary>
    public static int Stride(int columns) => (((columns + Group - 1) / Group) | 1) * Group;

    /// <summary>The reflection that takes (x₀, x) to (β, 0): x becomes v.</summary>
    /// <returns>β and τ; τ = 0 where x is zero.</returns>
    public static (double Beta, double Tau) Of(double head, Span<double> x)
    {
        double largest = 0;
        foreach (double value in x) largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0) return (head, 0);
        largest = Math.Max(largest, Math.Abs(head));
        double square = head / largest * (head / largest);
        foreach (double value in x) square += value / largest * (value / largest);
        double norm = largest * Math.Sqrt(square), beta = head >= 0 ? -norm : norm, scale = 1 / (head - beta);
        for (int i = 0; i < x.Length; i++) x[i] *= scale;
        return (beta, (beta - head) / beta);
    }

    /// <summary>Applies a reflection to the columns from … to − 1, and to those before them in the same group.</summary>
    /// <param name="top">The row that v's 1 meets.</param>
    /// <param name="rows">The rows that v₁, v₂, … meet.</param>
    /// <param name="stride">Numbers per row.</param>
    /// <param name="v">[count] v₁, v₂, ….</param>
    /// <param name="count">Rows below the top.</param>
    /// <param name="tau">τ.</param>
    /// <param name="from">First column.</param>
    /// <param name="to">End of the columns.</param>
    public static void Apply(double* top, double* rows, int stride, double* v, int count, double tau, int from, int to)
    {
        if (tau == 0) return;
        for (int c = from & -Group; c < to; c += Group)
        {
            if (SimdVariant.Lanes == 8) Apply<EightLanes>(top + c, rows + c, stride, v, count, tau);
            else if (SimdVariant.Lanes == 4) Apply<FourLanes>(top + c, rows + c, stride, v, count, tau);
            else Apply<OneLane>(top + c, rows + c, stride, v, count, tau);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<T>(double* top, double* rows, int stride, double* v, int count, double tau)
        where T : struct, ISimd<T>
    {
        for (int part = 0; part < Group; part += 2 * T.Lanes)
        {
            double* head = top + part, row = rows + part;
            T p = T.Load(head), q = T.Load(head + T.Lanes);
            T a = p, b = q;
            for (int r = 0; r < count; r++, row += stride)
            {
                T f = T.Broadcast(v[r]);
                (a, b) = (T.MultiplyAdd(f, T.Load(row), a), T.MultiplyAdd(f, T.Load(row + T.Lanes), b));
            }
            T scale = T.Broadcast(tau);
            (a, b) = (scale * a, scale * b);
            (p - a).Store(head);
            (q - b).Store(head + T.Lanes);
            row = rows + part;
            for (int r = 0; r < count; r++, row += stride)
            {
                T f = T.Broadcast(v[r]);
                T.MultiplySubtractFrom(f, a, T.Load(row)).Store(row);
                T.MultiplySubtractFrom(f, b, T.Load(row + T.Lanes)).Store(row + T.Lanes);
            }
        }
    }
}
