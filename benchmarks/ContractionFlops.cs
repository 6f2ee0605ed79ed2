using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>Operations of the Legendre contractions of one right-hand side without normalization on the sphere.</summary>
/// <remarks>
/// Per order m, pair of degrees and latitude of the northern half: 4 for the recurrence, 8 per field for the sums
/// (two parities, real and imaginary part, multiply and add).
/// Fields: ∇Ψ two of degree L_Φ + 1, ρ − 1 one of degree L, the flux two of degree L + 1.
/// Latitudes near the pole where an order is below rounding, which the transforms leave out in blocks of eight, do not count;
/// nor do Fourier transforms, products and everything of order L².
/// </remarks>
internal static class ContractionFlops
{
    private const int Lanes = 8;
    private const double Negligible = 1.0 / (1L << 53);

    /// <summary>The count for a bandlimit, a potential's bandlimit and a number of latitudes.</summary>
    public static double Of(int bandlimit, int potentialBandlimit, SphereGrid grid)
        => OfScalar(bandlimit, grid) + OfVector(bandlimit, bandlimit, grid) + OfVector(bandlimit, potentialBandlimit, grid);

    /// <summary>One field of degree L.</summary>
    public static double OfScalar(int bandlimit, SphereGrid grid) => Sum(bandlimit, bandlimit, extra: 0, fields: 1, grid);

    /// <summary>Two fields of degree <paramref name="degree"/> + 1, in the blocks of bandlimit L.</summary>
    public static double OfVector(int bandlimit, int degree, SphereGrid grid) => Sum(bandlimit, degree, extra: 1, fields: 2, grid);

    private static double Sum(int bandlimit, int degree, int extra, int fields, SphereGrid grid)
    {
        int northern = (grid.Latitudes + 1) / 2, blocks = (northern + Lanes - 1) / Lanes, first = 0;
        double flops = 0;
        for (int m = 0; m <= degree; m++)
        {
            while (first < blocks && IsNegligible(bandlimit + 1, m, Math.Min(first * Lanes + Lanes, northern) - 1, grid))
                first++;
            flops += Pairs(m, degree + extra) * (4.0 + 8 * fields) * Math.Max(0, northern - first * Lanes);
        }
        return flops;
    }

    private static int Pairs(int m, int degree) => (degree - m) / 2 + 1;

    // |P_ℓm| < 2⁻⁵³ for all ℓ: t P_ℓ = ε_{ℓ+1} P_{ℓ+1} + ε_ℓ P_{ℓ−1} from P_mm ∝ sin^m θ
    private static bool IsNegligible(int degree, int m, int latitude, SphereGrid grid)
    {
        double value = 1, below = 0, cosine = grid.Cosines[latitude];
        for (int k = 1; k <= m; k++)
            value *= Math.Sqrt((2 * k + 1.0) / (2 * k)) * grid.Sines[latitude];
        double largest = Math.Abs(value);
        for (int l = m; l < degree; l++)
        {
            (below, value) = (value, (cosine * value - Epsilon(l, m) * below) / Epsilon(l + 1, m));
            largest = Math.Max(largest, Math.Abs(value));
        }
        return largest < Negligible;
    }

    private static double Epsilon(int l, int m) => Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));
}
