namespace Meanfield.Perturbation;

/// <summary>Wigner 3j symbols (ℓ1 ℓ2 ℓ3; m1 m2 m3), m1 = −m2−m3, for all ℓ1 at once.</summary>
/// <remarks>
/// The recurrence of Schulten and Gordon (J. Math. Phys. 16, 1961, 1975)
/// <code>
///   ℓ1 A(ℓ1+1) f(ℓ1+1) + B(ℓ1) f(ℓ1) + (ℓ1+1) A(ℓ1) f(ℓ1−1) = 0
///   A(ℓ) = √((ℓ²−(ℓ2−ℓ3)²) ((ℓ2+ℓ3+1)²−ℓ²) (ℓ²−m1²)),  B(ℓ) = −(2ℓ+1)(m1(ℓ2(ℓ2+1)−ℓ3(ℓ3+1)) − ℓ(ℓ+1)(m3−m2))
/// </code>
/// is stable away from either end as far as the values grow; both directions are matched where the upward one stops growing,
/// and Σ(2ℓ1+1) f² = 1, sign f(ℓ2+ℓ3) = (−1)^(ℓ2−ℓ3−m1), fix the scale.
/// </remarks>
internal static class Wigner3j
{
    private const double Large = 1e100;

    /// <summary>f(ℓ1) for ℓ1 = max(|ℓ2−ℓ3|, |m1|) … ℓ2 + ℓ3.</summary>
    /// <param name="l2">ℓ2 ≥ |m2|.</param>
    /// <param name="l3">ℓ3 ≥ |m3|.</param>
    /// <param name="m2">m2.</param>
    /// <param name="m3">m3.</param>
    public static double[] Family(int l2, int l3, int m2, int m3)
    {
        int m1 = -m2 - m3, first = Math.Max(Math.Abs(l2 - l3), Math.Abs(m1)), last = l2 + l3;
        var up = new double[last - first + 1];
        int match = Up(up, first, l2, l3, m2, m3);
        double[] values = Down(match, first, last, l2, l3, m2, m3);
        double cross = 0, square = 0;
        for (int i = Math.Max(0, match - 1); i <= match; i++)
        {
            cross += up[i] * values[i];
            square += up[i] * up[i];
        }
        for (int i = 0; i < match; i++) values[i] = up[i] * (cross / square);
        double norm = 0;
        for (int i = 0; i < values.Length; i++) norm += (2 * (first + i) + 1) * values[i] * values[i];
        double scale = 1 / Math.Sqrt(norm);
        if (values[^1] < 0 != (((l2 - l3 - m1) & 1) != 0)) scale = -scale;
        for (int i = 0; i < values.Length; i++) values[i] *= scale;
        return values;
    }

    /// <summary>Upwards until f(ℓ)² + f(ℓ−1)² no longer grows; returns the index reached.</summary>
    private static int Up(double[] f, int first, int l2, int l3, int m2, int m3)
    {
        f[0] = 1;
        for (int i = 0; i + 1 < f.Length; i++)
        {
            int l = first + i;
            double before = i > 0 ? f[i - 1] : 0;
            f[i + 1] = l == 0
                ? -(m3 - m2) / A(1, l2, l3, 0) * f[0] // the recurrence divided by ℓ1
                : -(B(l, l2, l3, m2, m3) * f[i] + (l + 1) * A(l, l2, l3, m2 + m3) * before) / (l * A(l + 1, l2, l3, m2 + m3));
            if (f[i + 1] * f[i + 1] < before * before) return i + 1;
            if (Math.Abs(f[i + 1]) > Large)
            {
                for (int j = 0; j <= i + 1; j++) f[j] /= Large;
            }
        }
        return f.Length - 1;
    }

    /// <summary>Downwards from ℓ2 + ℓ3 to one index below the match.</summary>
    private static double[] Down(int match, int first, int last, int l2, int l3, int m2, int m3)
    {
        var f = new double[last - first + 1];
        f[^1] = 1;
        for (int i = f.Length - 1; i > Math.Max(0, match - 1); i--)
        {
            int l = first + i;
            double above = i + 1 < f.Length ? f[i + 1] : 0;
            f[i - 1] = -(B(l, l2, l3, m2, m3) * f[i] + l * A(l + 1, l2, l3, m2 + m3) * above) / ((l + 1) * A(l, l2, l3, m2 + m3));
            if (Math.Abs(f[i - 1]) > Large)
            {
                for (int j = i - 1; j < f.Length; j++) f[j] /= Large;
            }
        }
        return f;
    }

    private static double A(int l, int l2, int l3, int m1) =>
        Math.Sqrt((double)(l - l2 + l3) * (l + l2 - l3)) * Math.Sqrt((double)(l2 + l3 + 1 - l) * (l2 + l3 + 1 + l)) * Math.Sqrt((double)(l - m1) * (l + m1));

    private static double B(int l, int l2, int l3, int m2, int m3) =>
        -(2.0 * l + 1) * (-(m2 + m3) * ((double)l2 * (l2 + 1) - (double)l3 * (l3 + 1)) - (double)l * (l + 1) * (m3 - m2));
}
