using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>
/// The gradient on one order's coefficients: sin θ ∂_θ and ∂_φ map harmonics to harmonics,
/// sin θ ∂_θ P_ℓ = ℓ ε_{ℓ+1} P_{ℓ+1} − (ℓ+1) ε_ℓ P_{ℓ−1} and ∂_φ e^(imφ) = im e^(imφ).
/// </summary>
internal static unsafe class SurfaceGradient
{
    /// <summary>
    /// u_ℓ = (ℓ−1) ε_ℓ c_{ℓ−1} − (ℓ+2) ε_{ℓ+1} c_{ℓ+1} (of sin θ ∂_θ f, degrees m … degree + 1) and v_ℓ = im c_ℓ (of ∂_φ f).
    /// </summary>
    /// <param name="epsilon"><see cref="LegendreTable.Epsilon"/>.</param>
    /// <param name="m">Order.</param>
    /// <param name="degree">Last degree of c.</param>
    /// <param name="line">c, followed by <see cref="PairMixing.Slack"/> zero degrees.</param>
    /// <param name="colatitude">Receives u, followed by <see cref="PairMixing.Slack"/> zero degrees.</param>
    /// <param name="longitude">Receives v, up to degree + 1 and followed by zeros as well.</param>
    public static void Differentiate(double* epsilon, int m, int degree, double* line, double* colatitude, double* longitude)
    {
        Vector128<double> order = Vector128.Create(-(double)m, m), below = Vector128<double>.Zero, here = Vector128.Load(line);
        for (int l = m; l <= degree + 1; l++, line += 2, colatitude += 2, longitude += 2)
        {
            Vector128<double> above = Vector128.Load(line + 2);
            double down = (l - 1) * epsilon[l - m], up = (l + 2) * epsilon[l - m + 1];
            (down * below - up * above).Store(colatitude);
            (order * Swap(here)).Store(longitude);
            (below, here) = (here, above);
        }
        new Span<double>(colatitude, 2 * PairMixing.Slack).Clear();
        new Span<double>(longitude, 2 * PairMixing.Slack).Clear();
    }

    /// <summary>
    /// The transpose, d_ℓ = ℓ ε_{ℓ+1} u_{ℓ+1} − (ℓ+1) ε_ℓ u_{ℓ−1} − im v_ℓ for degrees m … degree:
    /// with u, v the analyses of F_θ/sin θ and F_φ/sin θ it is the coefficient of −∇·F.
    /// </summary>
    /// <param name="epsilon"><see cref="LegendreTable.Epsilon"/>.</param>
    /// <param name="m">Order.</param>
    /// <param name="degree">Last degree of d.</param>
    /// <param name="colatitude">u, degrees m … degree + 1.</param>
    /// <param name="longitude">v, degrees m … degree.</param>
    /// <param name="line">Receives d; exactly 0 at degree 0.</param>
    public static void Diverge(double* epsilon, int m, int degree, double* colatitude, double* longitude, double* line)
    {
        Vector128<double> order = Vector128.Create(m, -(double)m);
        Vector128<double> below = Vector128<double>.Zero, here = Vector128.Load(colatitude);
        for (int l = m; l <= degree; l++, line += 2, colatitude += 2, longitude += 2)
        {
            Vector128<double> above = Vector128.Load(colatitude + 2);
            double up = l * epsilon[l - m + 1], down = (l + 1) * epsilon[l - m];
            (up * above - down * below + order * Swap(Vector128.Load(longitude))).Store(line);
            (below, here) = (here, above);
        }
        if (m == 0)
            Vector128<double>.Zero.Store(line - 2 * (degree + 1));
    }

    private static Vector128<double> Swap(Vector128<double> value) => Vector128.Shuffle(value, Vector128.Create(1L, 0));
}
