using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Law of a time over draws of N iid uniform tokens (<see cref="ExitTime"/>), in numbers.</summary>
/// <param name="Tokens">N.</param>
/// <param name="Mean">E T.</param>
/// <param name="StandardDeviation">Its standard deviation.</param>
/// <param name="Quantile05">5 % of draws are earlier.</param>
/// <param name="Quantile50">Half of the draws are earlier.</param>
/// <param name="Quantile95">95 % of draws are earlier.</param>
public sealed record ExitForecast(int Tokens, double Mean, double StandardDeviation, double Quantile05, double Quantile50, double Quantile95)
{
    /// <summary>The law of the time at which α_q reaches a size.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">d.</param>
    /// <param name="degree">q, a degree that grows.</param>
    /// <param name="tokens">N ≥ 1.</param>
    /// <param name="amplitude">The size of α_q, which is |c_q| on the circle and (Σ_m a²/N(q,d))^½ on S^(d−1).</param>
    /// <param name="landau">Whether the amplitude equation corrects linear growth (circle only).</param>
    /// <returns>Null where the amplitude equation has a resonance.</returns>
    public static ExitForecast? Of(Attention attention, int dimension, int degree, int tokens, double amplitude, bool landau)
    {
        double threshold = dimension == 2 ? amplitude : amplitude * Math.Sqrt(Multiplicity.Of(dimension, degree));
        try
        {
            ExitTime time = ExitTime.Of(attention, dimension, degree, tokens, threshold, landau);
            return new ExitForecast(tokens, time.Mean, time.StandardDeviation, time.Quantile(0.05), time.Quantile(0.5), time.Quantile(0.95));
        }
        catch (ResonanceException)
        {
            return null;
        }
    }
}
