using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>f, ∂f/∂θ and (∂f/∂φ)/sin θ at the points of one cell from its two polynomials, sixteen points at a time.</summary>
internal static unsafe class CellPolynomials
{
    /// <summary>f and ∇f at sorted points.</summary>
    /// <param name="cell">Their cell.</param>
    /// <param name="terms">p.</param>
    /// <param name="f">Polynomial of f, row after row.</param>
    /// <param name="g">Polynomial of (∂f/∂φ)/sin θ.</param>
    /// <param name="points">[count][4] x, y, z, w, and fifteen more readable points.</param>
    /// <param name="count">Points.</param>
    /// <param name="results">[count][4] receives f, ∇f; up to fifteen more are overwritten.</param>
    /// <param name="scratch">[8][8].</param>
    public static void Evaluate<T>(
        in SphereCell cell, int terms, double* f, double* g, double* points, int count, double* results, double* scratch)
        where T : struct, ISimd<T>
    {
        f += terms * (terms + 1) / 2;
        g += terms * (terms + 1) / 2;
        for (int i = 0; i < count; i += 16)
        {
            PointVectors.Split(points + 4L * i, scratch);
            PointVectors.Split(points + 4L * i + 32, scratch + 32);
            for (int lane = 0; lane < 8; lane += T.Lanes)
                EvaluateTwo<T>(cell, terms, f, g, scratch + lane);
            PointVectors.Join(scratch, results + 4L * i);
            PointVectors.Join(scratch + 32, results + 4L * i + 32);
        }
    }

    // rows: [2][4][8] coordinates, overwritten by values and gradients; f and g point behind their polynomials
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EvaluateTwo<T>(in SphereCell cell, int terms, double* f, double* g, double* rows) where T : struct, ISimd<T>
    {
        cell.Locate(rows, out T u0, out T v0, out T c0, out T s0, out T z0, out T rho0, out T slope0);
        cell.Locate(rows + 32, out T u1, out T v1, out T c1, out T s1, out T z1, out T rho1, out T slope1);
        T zero = T.Broadcast(0), f0 = zero, f1 = zero, d0 = zero, d1 = zero, g0 = zero, g1 = zero;
        for (int length = 1; length <= terms; length++)
        {
            f--;
            g--;
            T p0 = T.Broadcast(*f), p1 = p0, q0 = T.Broadcast(*g), q1 = q0;
            for (int i = 1; i < length; i++)
            {
                f--;
                g--;
                T a = T.Broadcast(*f), b = T.Broadcast(*g);
                p0 = T.MultiplyAdd(p0, v0, a);
                p1 = T.MultiplyAdd(p1, v1, a);
                q0 = T.MultiplyAdd(q0, v0, b);
                q1 = T.MultiplyAdd(q1, v1, b);
            }
            d0 = T.MultiplyAdd(d0, u0, f0);
            d1 = T.MultiplyAdd(d1, u1, f1);
            f0 = T.MultiplyAdd(f0, u0, p0);
            f1 = T.MultiplyAdd(f1, u1, p1);
            g0 = T.MultiplyAdd(g0, u0, q0);
            g1 = T.MultiplyAdd(g1, u1, q1);
        }
        Store(rows, f0, d0 * slope0, g0, c0, s0, z0, rho0);
        Store(rows + 32, f1, d1 * slope1, g1, c1, s1, z1, rho1);
    }

    // ∇f = f_θ e_θ + g e_φ, e_θ = (z x/ρ, z y/ρ, −ρ), e_φ = (−y/ρ, x/ρ, 0)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(double* rows, T value, T south, T east, T cosine, T sine, T z, T rho) where T : struct, ISimd<T>
    {
        T outward = south * z;
        value.Store(rows);
        T.MultiplySubtractFrom(east, sine, outward * cosine).Store(rows + 8);
        T.MultiplyAdd(outward, sine, east * cosine).Store(rows + 16);
        (T.Broadcast(0) - south * rho).Store(rows + 24);
    }
}
