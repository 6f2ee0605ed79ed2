namespace Meanfield.Solver;

/// <summary>Eigenvalues of a symmetric tridiagonal matrix by the QL algorithm with implicit shifts (EISPACK's imtql, Dubrulle 1970).</summary>
/// <remarks>Backward stable: errors of a few roundings of the norm. O(n²).</remarks>
internal static class Tridiagonal
{
    private const int MostTurns = 80;
    private const double Rounding = 2.2204460492503131e-16;

    /// <summary>Replaces the diagonal by the eigenvalues, in no order.</summary>
    /// <param name="diagonal">[n] the diagonal; the eigenvalues.</param>
    /// <param name="beside">[n] the entries beside it, the last unused; destroyed.</param>
    /// <param name="first">[n] e₁ on entry, the first components of the eigenvectors on return; or empty.</param>
    /// <exception cref="ArithmeticException">No convergence: the numbers are not finite.</exception>
    public static void Solve(Span<double> diagonal, Span<double> beside, Span<double> first)
    {
        int n = diagonal.Length;
        beside[n - 1] = 0;
        double norm = 0;
        for (int i = 0; i < n; i++) norm = Math.Max(norm, Math.Max(Math.Abs(diagonal[i]), Math.Abs(beside[i])));
        double negligible = 0.004 * Rounding * norm;
        for (int l = 0; l < n; l++)
        {
            for (int turn = 0; ; turn++)
            {
                int m = l;
                while (m < n - 1 && Math.Abs(beside[m]) > Math.Max(negligible, Rounding * (Math.Abs(diagonal[m]) + Math.Abs(diagonal[m + 1])))) m++;
                if (m == l) break;
                if (turn == MostTurns) throw new ArithmeticException("the eigenvalues of a tridiagonal matrix do not converge: its entries are not finite");
                Sweep(l, m, diagonal, beside, first);
            }
        }
    }

    private static void Sweep(int l, int m, Span<double> diagonal, Span<double> beside, Span<double> first)
    {
        double g = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
        double r = Math.Sqrt(g * g + 1);
        g = diagonal[m] - diagonal[l] + beside[l] / (g + (g >= 0 ? r : -r));
        double sine = 1, cosine = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = sine * beside[i], b = cosine * beside[i];
            r = Math.Sqrt(f * f + g * g);
            beside[i + 1] = r;
            if (r == 0)
            {
                diagonal[i + 1] -= p;
                beside[m] = 0;
                return;
            }
            (sine, cosine) = (f / r, g / r);
            g = diagonal[i + 1] - p;
            r = (diagonal[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            diagonal[i + 1] = g + p;
            g = cosine * r - b;
            if (first.IsEmpty) continue;
            f = first[i + 1];
            first[i + 1] = sine * first[i] + cosine * f;
            first[i] = cosine * first[i] - sine * f;
        }
        diagonal[l] -= p;
        beside[l] = g;
        beside[m] = 0;
    }
}
