using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>
/// The degrees of one order m ≥ 0 as complex numbers [ℓ − m][re, im]: c_ℓ is the coefficient of P_ℓm(cos θ) e^(imφ), so that
/// a_{ℓ,m} = √2 Re c_ℓ and a_{ℓ,−m} = −√2 Im c_ℓ (a_{ℓ,0} = Re c_ℓ).
/// </summary>
internal static unsafe class OrderLine
{
    private const double HalfRoot = 0.70710678118654752440; // 1/√2
    private const double Root = 1.4142135623730950488; // √2

    /// <summary>Orders read or written together: neighbours in memory, they share cache lines.</summary>
    public const int Group = 8;

    /// <summary>Reads the orders m … m + count − 1.</summary>
    /// <param name="coefficients">Coefficients in the order ℓ² + ℓ + m.</param>
    /// <param name="m">First order ≥ 0.</param>
    /// <param name="count">Orders.</param>
    /// <param name="degree">Last degree read.</param>
    /// <param name="lines">Each receives degrees from its order to degree and <see cref="PairMixing.Slack"/> zero degrees after them.</param>
    /// <param name="stride">Distance between lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(double* coefficients, int m, int count, int degree, double* lines, nint stride)
    {
        for (int l = m; l <= degree; l++)
        {
            double* centre = coefficients + (long)l * l + l, line = lines + 2 * (l - m);
            int last = Math.Min(l, m + count - 1);
            for (int order = m; order <= last; order++, line += stride - 2)
            {
                line[0] = (order == 0 ? 1 : HalfRoot) * centre[order];
                line[1] = (order == 0 ? 0 : -HalfRoot) * centre[-order];
            }
        }
        for (int i = 0; i < count; i++)
            new Span<double>(lines + i * stride + 2 * (degree + 1 - m - i), 2 * PairMixing.Slack).Clear();
    }

    /// <summary>Writes the orders m … m + count − 1.</summary>
    /// <param name="lines">Degrees from the order of each to degree.</param>
    /// <param name="stride">Distance between lines.</param>
    /// <param name="m">First order ≥ 0.</param>
    /// <param name="count">Orders.</param>
    /// <param name="degree">Last degree written.</param>
    /// <param name="coefficients">Coefficients in the order ℓ² + ℓ + m.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(double* lines, nint stride, int m, int count, int degree, double* coefficients)
    {
        for (int l = m; l <= degree; l++)
        {
            double* centre = coefficients + (long)l * l + l, line = lines + 2 * (l - m);
            int last = Math.Min(l, m + count - 1);
            for (int order = m; order <= last; order++, line += stride - 2)
            {
                double scale = order == 0 ? 1 : Root;
                centre[-order] = -scale * line[1];
                centre[order] = scale * line[0];
            }
        }
    }
}
