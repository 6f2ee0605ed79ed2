namespace Meanfield.Spectral;

/// <summary>
/// The degrees of one order m ≥ 0 as complex numbers [ℓ − m][re, im]: c_ℓ is the coefficient of P_ℓm(cos θ) e^(imφ), so that
/// a_{ℓ,m} = √2 Re c_ℓ and a_{ℓ,−m} = −√2 Im c_ℓ (a_{ℓ,0} = Re c_ℓ).
/// </summary>
internal static unsafe class OrderLine
{
    private const double HalfRoot = 0.70710678118654752440; // 1/√2
    private const double Root = 1.4142135623730950488; // √2

    /// <summary>Reads one order.</summary>
    /// <param name="coefficients">Coefficients in the order ℓ² + ℓ + m.</param>
    /// <param name="m">Order ≥ 0.</param>
    /// <param name="degree">Last degree read.</param>
    /// <param name="line">Receives degrees m … degree and <see cref="PairMixing.Slack"/> zero degrees after them.</param>
    public static void Gather(double* coefficients, int m, int degree, double* line)
    {
        double* centre = coefficients + (long)m * m + m;
        double cosine = m == 0 ? 1 : HalfRoot, sine = m == 0 ? 0 : -HalfRoot;
        for (int l = m; l <= degree; l++, line += 2)
        {
            line[0] = cosine * centre[m];
            line[1] = sine * centre[-m];
            centre += 2 * l + 2;
        }
        new Span<double>(line, 2 * PairMixing.Slack).Clear();
    }

    /// <summary>Writes one order.</summary>
    /// <param name="line">Degrees m … degree.</param>
    /// <param name="m">Order ≥ 0.</param>
    /// <param name="degree">Last degree written.</param>
    /// <param name="coefficients">Coefficients in the order ℓ² + ℓ + m.</param>
    public static void Scatter(double* line, int m, int degree, double* coefficients)
    {
        double* centre = coefficients + (long)m * m + m;
        double scale = m == 0 ? 1 : Root;
        for (int l = m; l <= degree; l++, line += 2)
        {
            centre[-m] = -scale * line[1];
            centre[m] = scale * line[0];
            centre += 2 * l + 2;
        }
    }
}
