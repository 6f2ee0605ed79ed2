using System.Runtime.CompilerServices;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Products of matrices stored in panels of sixteen rows, [panel][depth][16]; the same bits in registers of any width.</summary>
internal static unsafe class PanelProducts
{
    private const int Width = TokenPanels.Width;
    private const int Rows = Width / 2; // eight rows by sixteen columns: sixteen accumulators of eight lanes
    private const int Depth = 128; // a block of both panels stays in the first cache

    /// <summary>target[i, j] += Σ_k a[i, k] b[j, k] for all rows i of a's panels and j of b's.</summary>
    /// <param name="a">[aPanels][depth][16].</param>
    /// <param name="aPanels">Panels of a.</param>
    /// <param name="b">[bPanels][depth][16].</param>
    /// <param name="bPanels">Panels of b.</param>
    /// <param name="depth">Length of a row.</param>
    /// <param name="target">[16 aPanels, stride] numbers.</param>
    /// <param name="stride">At least 16 bPanels.</param>
    public static void Multiply(double* a, int aPanels, double* b, int bPanels, int depth, double* target, int stride)
    {
        long panel = (long)Width * depth;
        for (int k = 0; k < depth; k += Depth)
        {
            int length = Math.Min(Depth, depth - k);
            for (int column = 0; column < bPanels; column++)
            {
                for (int row = 0; row < 2 * aPanels; row++)
                {
                    double* left = a + row / 2 * panel + k * Width + row % 2 * Rows;
                    Inner(left, b + column * panel + k * Width, length, target + (long)row * Rows * stride + column * Width, stride);
                }
            }
        }
    }

    /// <summary>target[k, c] += Σ_t x[k, t] y[t, c] over the sixteen tokens t of one panel.</summary>
    /// <param name="x">[depth][16].</param>
    /// <param name="y">[16][16].</param>
    /// <param name="depth">Rows of the target.</param>
    /// <param name="target">[depth][16].</param>
    public static void AddOuter(double* x, double* y, int depth, double* target)
    {
        for (int half = 0; half < Width; half += Rows) Outer(x + half, y + half * Width, depth, target);
    }

    private static void Inner(double* a, double* b, int depth, double* target, int stride)
    {
        if (SimdVariant.Lanes == 8) Inner<EightLanes>(a, b, depth, target, stride);
        else if (SimdVariant.Lanes == 4) Inner<FourLanes>(a, b, depth, target, stride);
        else Inner<OneLane>(a, b, depth, target, stride);
    }

    private static void Outer(double* x, double* y, int depth, double* target)
    {
        if (SimdVariant.Lanes == 8) Outer<EightLanes>(x, y, depth, target);
        else if (SimdVariant.Lanes == 4) Outer<FourLanes>(x, y, depth, target);
        else Outer<OneLane>(x, y, depth, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Inner<T>(double* a, double* b, int depth, double* target, int stride)
        where T : struct, ISimd<T>
    {
        for (int part = 0; part < Width; part += 2 * T.Lanes)
        {
            double* t0 = target + part, t1 = t0 + stride, t2 = t1 + stride, t3 = t2 + stride;
            double* t4 = t3 + stride, t5 = t4 + stride, t6 = t5 + stride, t7 = t6 + stride;
            T p0 = T.Load(t0), p1 = T.Load(t1), p2 = T.Load(t2), p3 = T.Load(t3), p4 = T.Load(t4), p5 = T.Load(t5), p6 = T.Load(t6), p7 = T.Load(t7);
            T q0 = T.Load(t0 + T.Lanes), q1 = T.Load(t1 + T.Lanes), q2 = T.Load(t2 + T.Lanes), q3 = T.Load(t3 + T.Lanes);
            T q4 = T.Load(t4 + T.Lanes), q5 = T.Load(t5 + T.Lanes), q6 = T.Load(t6 + T.Lanes), q7 = T.Load(t7 + T.Lanes);
            double* x = a, y = b + part;
            for (double* end = x + (long)depth * Width; x < end; x += Width, y += Width)
            {
                T u = T.Load(y), v = T.Load(y + T.Lanes), f = T.Broadcast(x[0]);
                (p0, q0) = (T.MultiplyAdd(f, u, p0), T.MultiplyAdd(f, v, q0));
                f = T.Broadcast(x[1]);
                (p1, q1) = (T.MultiplyAdd(f, u, p1), T.MultiplyAdd(f, v, q1));
                f = T.Broadcast(x[2]);
                (p2, q2) = (T.MultiplyAdd(f, u, p2), T.MultiplyAdd(f, v, q2));
                f = T.Broadcast(x[3]);
                (p3, q3) = (T.MultiplyAdd(f, u, p3), T.MultiplyAdd(f, v, q3));
                f = T.Broadcast(x[4]);
                (p4, q4) = (T.MultiplyAdd(f, u, p4), T.MultiplyAdd(f, v, q4));
                f = T.Broadcast(x[5]);
                (p5, q5) = (T.MultiplyAdd(f, u, p5), T.MultiplyAdd(f, v, q5));
                f = T.Broadcast(x[6]);
                (p6, q6) = (T.MultiplyAdd(f, u, p6), T.MultiplyAdd(f, v, q6));
                f = T.Broadcast(x[7]);
                (p7, q7) = (T.MultiplyAdd(f, u, p7), T.MultiplyAdd(f, v, q7));
            }
            p0.Store(t0);
            p1.Store(t1);
            p2.Store(t2);
            p3.Store(t3);
            p4.Store(t4);
            p5.Store(t5);
            p6.Store(t6);
            p7.Store(t7);
            q0.Store(t0 + T.Lanes);
            q1.Store(t1 + T.Lanes);
            q2.Store(t2 + T.Lanes);
            q3.Store(t3 + T.Lanes);
            q4.Store(t4 + T.Lanes);
            q5.Store(t5 + T.Lanes);
            q6.Store(t6 + T.Lanes);
            q7.Store(t7 + T.Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer<T>(double* x, double* y, int depth, double* target)
        where T : struct, ISimd<T>
    {
        for (int part = 0; part < Width; part += 2 * T.Lanes)
        {
            double* r = y + part;
            T p0 = T.Load(r), p1 = T.Load(r + Width), p2 = T.Load(r + 2 * Width), p3 = T.Load(r + 3 * Width);
            T p4 = T.Load(r + 4 * Width), p5 = T.Load(r + 5 * Width), p6 = T.Load(r + 6 * Width), p7 = T.Load(r + 7 * Width);
            r += T.Lanes;
            T q0 = T.Load(r), q1 = T.Load(r + Width), q2 = T.Load(r + 2 * Width), q3 = T.Load(r + 3 * Width);
            T q4 = T.Load(r + 4 * Width), q5 = T.Load(r + 5 * Width), q6 = T.Load(r + 6 * Width), q7 = T.Load(r + 7 * Width);
            double* f = x, t = target + part;
            for (double* end = f + (long)depth * Width; f < end; f += Width, t += Width)
            {
                T u = T.Load(t), v = T.Load(t + T.Lanes), w = T.Broadcast(f[0]);
                (u, v) = (T.MultiplyAdd(w, p0, u), T.MultiplyAdd(w, q0, v));
                w = T.Broadcast(f[1]);
                (u, v) = (T.MultiplyAdd(w, p1, u), T.MultiplyAdd(w, q1, v));
                w = T.Broadcast(f[2]);
                (u, v) = (T.MultiplyAdd(w, p2, u), T.MultiplyAdd(w, q2, v));
                w = T.Broadcast(f[3]);
                (u, v) = (T.MultiplyAdd(w, p3, u), T.MultiplyAdd(w, q3, v));
                w = T.Broadcast(f[4]);
                (u, v) = (T.MultiplyAdd(w, p4, u), T.MultiplyAdd(w, q4, v));
                w = T.Broadcast(f[5]);
                (u, v) = (T.MultiplyAdd(w, p5, u), T.MultiplyAdd(w, q5, v));
                w = T.Broadcast(f[6]);
                (u, v) = (T.MultiplyAdd(w, p6, u), T.MultiplyAdd(w, q6, v));
                w = T.Broadcast(f[7]);
                (u, v) = (T.MultiplyAdd(w, p7, u), T.MultiplyAdd(w, q7, v));
                u.Store(t);
                v.Store(t + T.Lanes);
            }
        }
    }
}
