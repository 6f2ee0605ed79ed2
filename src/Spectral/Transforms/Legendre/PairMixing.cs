using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>
/// Between coefficients c_ℓ of P_ℓm and coefficients q_k of the recurrence y_k of <see cref="LegendreTable"/>:
/// q_k^even = ε_{m+2k+1} λ_k c_{m+2k} + ε_{m+2k+2} λ_k c_{m+2k+2} and q_k^odd = λ_k c_{m+2k+1}.
/// </summary>
internal static unsafe class PairMixing
{
    /// <summary>Zeros that must follow the last degree of a line.</summary>
    public const int Slack = 3;

    /// <summary>q from c.</summary>
    /// <param name="mixing"><see cref="LegendreTable.Mixing"/>.</param>
    /// <param name="pairs">Pairs to form.</param>
    /// <param name="line">[ℓ − m][re, im] c, followed by <see cref="Slack"/> zero degrees.</param>
    /// <param name="packed">[pairs] rows of [even re, even im, odd re, odd im], <paramref name="stride"/> apart.</param>
    /// <param name="stride">4 times the fields packed side by side.</param>
    public static void Mix(double* mixing, int pairs, double* line, double* packed, int stride)
    {
        if (SimdVariant.Lanes == OneLane.Lanes)
        {
            for (; pairs > 0; pairs--, mixing += 4, line += 4, packed += stride)
            {
                for (int i = 0; i < 4; i++)
                    packed[i] = mixing[i & 2] * line[i] + mixing[(i & 2) + 1] * line[i + 4];
            }
            return;
        }
        for (; pairs > 0; pairs--, mixing += 4, line += 4, packed += stride)
        {
            Vector256<double> factors = Vector256.Load(mixing);
            (Own(factors) * Vector256.Load(line) + Next(factors) * Vector256.Load(line + 4)).Store(packed);
        }
    }

    /// <summary>The transpose: c from sums r_k over y_k.</summary>
    /// <param name="mixing"><see cref="LegendreTable.Mixing"/>.</param>
    /// <param name="pairs">Pairs to read.</param>
    /// <param name="packed">[pairs] rows of [even re, even im, odd re, odd im], <paramref name="stride"/> apart.</param>
    /// <param name="stride">4 times the fields packed side by side.</param>
    /// <param name="line">[2·pairs][re, im] receives c.</param>
    public static void Unmix(double* mixing, int pairs, double* packed, int stride, double* line)
    {
        if (SimdVariant.Lanes == OneLane.Lanes)
        {
            for (int pair = 0; pair < pairs; pair++, mixing += 4, packed += stride, line += 4)
            {
                for (int i = 0; i < 4; i++)
                    line[i] = mixing[i & 2] * packed[i] + (pair == 0 ? 0 : mixing[(i & 2) - 3] * packed[i - stride]);
            }
            return;
        }
        Vector256<double> carried = Vector256<double>.Zero;
        for (; pairs > 0; pairs--, mixing += 4, packed += stride, line += 4)
        {
            Vector256<double> factors = Vector256.Load(mixing), sums = Vector256.Load(packed);
            (Own(factors) * sums + carried).Store(line);
            carried = Next(factors) * sums;
        }
    }

    private static Vector256<double> Own(Vector256<double> factors) => Vector256.Shuffle(factors, Vector256.Create(0L, 0, 2, 2));

    private static Vector256<double> Next(Vector256<double> factors) => Vector256.Shuffle(factors, Vector256.Create(1L, 1, 3, 3));
}
