using MathNet.Numerics;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>The law of the time at which a mode, started by the noise of N iid uniform tokens, reaches a size: the end of the linear phase (THEORY 3.1, 3.2).</summary>
/// <remarks>
/// The N tokens give S_0 = Σ_m a_qm² with N S_0 → χ²_D, D = N(q,d) the multiplicity, and S grows as e^{2γt} until S = δ²:
/// <code>
///   T = (1/2γ)[log(N δ²) − log χ²_D],   E T = (1/2γ)[log(N δ²) − log 2 − ψ(D/2)],   Var T = ψ_1(D/2)/(4γ²)
/// </code>
/// On the circle δ is the threshold of |c_q| = √(S/2), −log(N|c_q(0)|²) is a Gumbel variable, and the Landau equation corrects δ:
/// δ² → δ²/(1 + (C/γ)δ²), without normalization δ²/(1 − δ²). A size at the start above δ counts as a negative time; the law is that of N → ∞.
/// </remarks>
public sealed class ExitTime
{
    private readonly double _logRatio; // log(N δ²) in units of N S_0

    private ExitTime(double rate, double multiplicity, double logRatio)
    {
        Rate = rate;
        Multiplicity = multiplicity;
        _logRatio = logRatio;
    }

    /// <summary>γ of the mode.</summary>
    public double Rate { get; }

    /// <summary>D, degrees of freedom.</summary>
    public double Multiplicity { get; }

    /// <summary>E T.</summary>
    public double Mean => (_logRatio - Math.Log(2) - SpecialFunctions.DiGamma(0.5 * Multiplicity)) / (2 * Rate);

    /// <summary>Standard deviation of T; it does not depend on N or δ.</summary>
    public double StandardDeviation => Math.Sqrt(Trigamma.Of(0.5 * Multiplicity)) / (2 * Rate);

    /// <summary>The law for N tokens.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degree">q, a degree that grows.</param>
    /// <param name="tokens">N ≥ 1.</param>
    /// <param name="threshold">δ: of |c_q| on the circle, of (Σ_m a_qm²)^½ for d ≥ 3.</param>
    /// <param name="landau">Whether the Landau equation corrects the growth (circle only).</param>
    /// <exception cref="ArgumentException">The degree does not grow, δ is not below the saturated amplitude, or a correction was asked for in d ≥ 3.</exception>
    public static ExitTime Of(Attention attention, int dimension, int degree, double tokens, double threshold, bool landau)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        if (!(threshold > 0)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "the threshold must be positive");
        if (landau && dimension != 2) throw new ArgumentException("the Landau correction of the exit time is known on the circle", nameof(landau));
        double rate = attention.GrowthRate(new AttentionKernel(dimension, attention.Beta, degree), degree);
        if (!(rate > 0)) throw new ArgumentException($"degree {degree} does not grow (γ = {rate:G6}): it never leaves the linear phase", nameof(degree));
        double square = threshold * threshold;
        if (landau)
        {
            double left = 1 + LandauEquation.OnCircle(attention, degree).Cubic / rate * square;
            if (left <= 0) throw new ArgumentException($"mode {degree} saturates below {threshold}", nameof(threshold));
            square /= left;
        }
        return new ExitTime(rate, Meanfield.Spectral.Multiplicity.Of(dimension, degree), Math.Log(tokens * square * (dimension == 2 ? 2 : 1)));
    }

    /// <summary>P(T ≤ t) = P(χ²_D ≥ N δ² e^{−2γt}).</summary>
    public double Probability(double time) => SpecialFunctions.GammaUpperRegularized(0.5 * Multiplicity, 0.5 * Math.Exp(_logRatio - 2 * Rate * time));

    /// <summary>The time by which a fraction of realizations has left the linear phase.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">probability outside (0, 1).</exception>
    public double Quantile(double probability)
    {
        if (!(probability > 0 && probability < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a quantile needs a probability between 0 and 1");
        double square = Multiplicity == 2 ? -2 * Math.Log(probability) : 2 * SpecialFunctions.GammaLowerRegularizedInv(0.5 * Multiplicity, 1 - probability);
        return (_logRatio - Math.Log(square)) / (2 * Rate);
    }
}
