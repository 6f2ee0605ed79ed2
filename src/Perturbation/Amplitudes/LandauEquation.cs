using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>Weakly nonlinear growth of one mode: ȧ = γa + Q a² + C a³ + …, a the amplitude along one element of an eigenspace.</summary>
/// <remarks>
/// On the circle a = |c_q| and Q = 0 (THEORY 3.4; with r = λ_q/λ_0 for softmax, r = 0 without normalization, γ without and γ̃ with noise)
/// <code>
///   c_2q = h c_q²,   h = 2γ_q(1 − r)/(2γ̃_q − γ̃_2q)
///   C = γ_q(r² − r − h) + ¼γ_2q(2 − r)h        USA without noise: C = −γ_q whatever β and q;  SA: −γ_q[1 − r/2 − r²/2 + rh/2]
/// </code>
/// </remarks>
/// <param name="Rate">γ, with noise γ̃.</param>
/// <param name="Quadratic">Q.</param>
/// <param name="Cubic">C.</param>
public sealed record LandauEquation(double Rate, double Quadratic, double Cubic)
{
    /// <summary>The equation of |c_q| on the circle.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="degree">q ≥ 1.</param>
    /// <exception cref="ResonanceException">2γ̃_q = γ̃_2q: the second harmonic is not slaved.</exception>
    public static LandauEquation OnCircle(Attention attention, int degree)
    {
        double slaved = SlavedHarmonic(attention, degree);
        var kernel = new AttentionKernel(2, attention.Beta, 2 * degree);
        double relative = Relative(attention, kernel, degree), rate = Attraction(attention, kernel, degree), second = Attraction(attention, kernel, 2 * degree);
        double cubic = rate * (relative * relative - relative - slaved) + 0.25 * second * (2 - relative) * slaved;
        return new LandauEquation(attention.GrowthRate(kernel, degree), 0, cubic);
    }

    /// <summary>h of c_2q = h c_q² on the circle.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="degree">q ≥ 1.</param>
    /// <exception cref="ResonanceException">2γ̃_q = γ̃_2q.</exception>
    public static double SlavedHarmonic(Attention attention, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        var kernel = new AttentionKernel(2, attention.Beta, 2 * degree);
        double growth = 2 * attention.GrowthRate(kernel, degree), divisor = growth - attention.GrowthRate(kernel, 2 * degree);
        if (Math.Abs(divisor) < 1e-9 * Math.Abs(growth)) throw new ResonanceException(2, 2 * degree, divisor / growth);
        return 2 * Attraction(attention, kernel, degree) * (1 - Relative(attention, kernel, degree)) / divisor;
    }

    /// <summary>
    /// Q = ½γ_k G_kkk of the zonal amplitude of degree k on S^(d−1) (times 1 − r with softmax, γ without noise); 0 for odd k (THEORY 3.4).
    /// </summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">d ≥ 2; 0 on the circle.</param>
    /// <param name="degree">k ≥ 1.</param>
    public static double ZonalQuadratic(Attention attention, int dimension, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        if (dimension == 2 || degree % 2 == 1) return 0;
        var kernel = new AttentionKernel(dimension, attention.Beta, degree);
        return 0.5 * Attraction(attention, kernel, degree) * (1 - Relative(attention, kernel, degree)) * GauntCoefficients.Zonal(dimension, degree, degree, degree);
    }

    /// <summary>The equation of the amplitude a along C^(1) on an unstable manifold, in any dimension: Q = γC_2, C = 2γ(C_3 − C_2²), C_n = ⟨C^(n), C^(1)⟩/‖C^(1)‖².</summary>
    /// <remarks>From a = z + C_2 z² + C_3 z³ + …, ż = γz. Within a degenerate eigenspace the direction may turn: a is then its projection.</remarks>
    /// <param name="series">The manifold.</param>
    public static LandauEquation OfManifold(ManifoldSeries series)
    {
        ReadOnlySpan<double> element = series.Coefficients(1);
        double square = TensorPrimitives.SumOfSquares(element);
        double second = Along(series.Coefficients(2), element), third = Along(series.Coefficients(3), element);
        return new LandauEquation(series.Rate, series.Rate * second, 2 * series.Rate * (third - second * second));

        double Along(ReadOnlySpan<double> term, ReadOnlySpan<double> direction) => TensorPrimitives.Dot(term[..direction.Length], direction) / square;
    }

    /// <summary>a(t) of the truncated equation where it has a closed form: Q = 0 or C = 0.</summary>
    /// <remarks>C a² → a_0 e^{γt}/√(1 − (C/γ)a_0²(e^{2γt} − 1)); Q a → a_0 e^{γt}/(1 − (Q/γ)a_0(e^{γt} − 1)); infinite from the blow-up on.</remarks>
    /// <param name="initial">a_0 ≥ 0.</param>
    /// <param name="time">t ≥ 0.</param>
    /// <exception cref="InvalidOperationException">Neither Q nor C is 0.</exception>
    public double Solution(double initial, double time)
    {
        if (Quadratic != 0 && Cubic != 0) throw new InvalidOperationException("the amplitude equation has a closed solution only without its quadratic or without its cubic term");
        double growth = Rate * time;
        double divisor = Quadratic == 0
            ? 1 - Cubic * initial * initial * 2 * time * Expm1Over(2 * growth)
            : 1 - Quadratic * initial * time * Expm1Over(growth);
        if (divisor <= 0) return double.PositiveInfinity;
        return initial * Math.Exp(growth) / (Quadratic == 0 ? Math.Sqrt(divisor) : divisor);
    }

    /// <summary>Time from a_0 to a when Q = 0: (1/2γ) log[(a²/(γ + Ca²)) (γ + Ca_0²)/a_0²].</summary>
    /// <param name="initial">a_0 &gt; 0.</param>
    /// <param name="amplitude">a ≥ a_0.</param>
    /// <returns>Infinite if a is not below the saturated amplitude.</returns>
    /// <exception cref="InvalidOperationException">Q ≠ 0, or γ ≤ 0.</exception>
    public double TimeToReach(double initial, double amplitude)
    {
        if (Quadratic != 0 || !(Rate > 0)) throw new InvalidOperationException("the time to an amplitude is given for growing modes without a quadratic term");
        double left = Rate + Cubic * amplitude * amplitude;
        return left <= 0 ? double.PositiveInfinity : (Math.Log(amplitude / initial) + 0.5 * Math.Log((Rate + Cubic * initial * initial) / left)) / Rate;
    }

    /// <summary>r = λ_ℓ/λ_0 with softmax, 0 without normalization.</summary>
    private static double Relative(Attention attention, AttentionKernel kernel, int degree) =>
        attention.Normalization == Normalization.Softmax ? kernel.Relative(degree) : 0;

    /// <summary>γ_ℓ without the noise.</summary>
    private static double Attraction(Attention attention, AttentionKernel kernel, int degree) => (attention with { Noise = 0 }).GrowthRate(kernel, degree);

    /// <summary>(e^x − 1)/x.</summary>
    private static double Expm1Over(double x) => Math.Abs(x) < 1e-5 ? 1 + 0.5 * x * (1 + x / 3) : 2 * Math.Exp(0.5 * x) * Math.Sinh(0.5 * x) / x;
}
