using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public static void Evaluate(in SphereCell cell, int terms, double* f, double* g, double* points, int count, double* results)
    {
        for (int i = 0; i < count; i += 16)
            EvaluateSixteen(cell, terms, f, g, points + 4L * i, results + 4L * i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EvaluateSixteen(in SphereCell cell, int terms, double* f, double* g, double* points, double* results)
    {
        cell.Locate(
            points, out Vector512<double> u0, out Vector512<double> v0, out Vector512<double> c0, out Vector512<double> s0,
            out Vector512<double> z0, out Vector512<double> rho0, out Vector512<double> slope0);
        cell.Locate(
            points + 32, out Vector512<double> u1, out Vector512<double> v1, out Vector512<double> c1, out Vector512<double> s1,
            out Vector512<double> z1, out Vector512<double> rho1, out Vector512<double> slope1);
        Vector512<double> f0 = Vector512<double>.Zero, f1 = f0, d0 = f0, d1 = f0, g0 = f0, g1 = f0;
        f += terms * (terms + 1) / 2;
        g += terms * (terms + 1) / 2;
        for (int length = 1; length <= terms; length++)
        {
            f--;
            g--;
            Vector512<double> p0 = Vector512.Create(*f), p1 = p0, q0 = Vector512.Create(*g), q1 = q0;
            for (int i = 1; i < length; i++)
            {
                f--;
                g--;
                Vector512<double> a = Vector512.Create(*f), b = Vector512.Create(*g);
                p0 = Vector512.FusedMultiplyAdd(p0, v0, a);
                p1 = Vector512.FusedMultiplyAdd(p1, v1, a);
                q0 = Vector512.FusedMultiplyAdd(q0, v0, b);
                q1 = Vector512.FusedMultiplyAdd(q1, v1, b);
            }
            d0 = Vector512.FusedMultiplyAdd(d0, u0, f0);
            d1 = Vector512.FusedMultiplyAdd(d1, u1, f1);
            f0 = Vector512.FusedMultiplyAdd(f0, u0, p0);
            f1 = Vector512.FusedMultiplyAdd(f1, u1, p1);
            g0 = Vector512.FusedMultiplyAdd(g0, u0, q0);
            g1 = Vector512.FusedMultiplyAdd(g1, u1, q1);
        }
        Store(results, f0, d0 * slope0, g0, c0, s0, z0, rho0);
        Store(results + 32, f1, d1 * slope1, g1, c1, s1, z1, rho1);
    }

    // ∇f = f_θ e_θ + g e_φ, e_θ = (z x/ρ, z y/ρ, −ρ), e_φ = (−y/ρ, x/ρ, 0)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        double* target, Vector512<double> value, Vector512<double> south, Vector512<double> east,
        Vector512<double> cosine, Vector512<double> sine, Vector512<double> z, Vector512<double> rho)
    {
        Vector512<double> outward = south * z;
        PointVectors.Store(
            target, value,
            Vector512.FusedMultiplyAdd(outward, cosine, -(east * sine)),
            Vector512.FusedMultiplyAdd(outward, sine, east * cosine),
            -(south * rho));
    }
}
