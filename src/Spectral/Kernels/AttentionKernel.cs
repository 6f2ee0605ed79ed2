namespace Meanfield.Spectral;

/// <summary>
/// Multipliers of the attention kernel W(x·y) = e^{β x·y}/β on harmonics of S^(d−1) (Funk–Hecke):
/// W∗Y_ℓ = ŵ_ℓ Y_ℓ with ŵ_ℓ = λ_ℓ/β and λ_ℓ = Γ(d/2) (2/β)^{d/2−1} I_{ℓ+d/2−1}(β).
/// </summary>
/// <remarks>
/// Nothing overflows: the ratios r_ℓ = λ_ℓ/λ_(ℓ−1) come from the downward recurrence
/// r_ℓ = 1 / ((2ℓ+d−2)/β + r_(ℓ+1)), all terms positive, and λ_0 from the sum rule Σ N(ℓ,d) λ_ℓ = e^β.
/// Relative error about 1e−15 per factor for 1e−3 ≤ |β| ≤ 1e4 and 2 ≤ d ≤ 1024.
/// For β &lt; 0, λ_ℓ(β) = (−1)^ℓ λ_ℓ(|β|). At β = 0 the constant part of W, which exerts no force, is dropped:
/// W = x·y, ŵ_1 = 1/d and every other multiplier is 0.
/// </remarks>
public sealed class AttentionKernel
{
    private const double Rescale = 1e200;
    private readonly double[] _relative; // λ_ℓ(|β|)/λ_0(|β|)

    /// <summary>Computes the multipliers of degrees 0 … <paramref name="maximumDegree"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">dimension &lt; 2, degree &lt; 0, or β not finite.</exception>
    public AttentionKernel(int dimension, double beta, int maximumDegree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDegree);
        if (!double.IsFinite(beta)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "β must be finite");
        Dimension = dimension;
        Beta = beta;
        double size = Math.Abs(beta);
        double[] ratios = Ratios(dimension, size, maximumDegree);
        _relative = new double[maximumDegree + 1];
        _relative[0] = 1;
        for (int degree = 1; degree <= maximumDegree; degree++)
            _relative[degree] = _relative[degree - 1] * ratios[degree];
        LogLambda0 = size - LogInverseScaledLambda0(dimension, ratios);
    }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; }

    /// <summary>Largest degree for which multipliers are held.</summary>
    public int MaximumDegree => _relative.Length - 1;

    /// <summary>log λ_0: λ_0 itself exceeds the range of double beyond |β| ≈ 700.</summary>
    public double LogLambda0 { get; }

    /// <summary>λ_ℓ/λ_0, between −1 and 1; 0 beyond <see cref="MaximumDegree"/>.</summary>
    public double Relative(int degree) => degree > MaximumDegree ? 0 : Sign(degree) * _relative[degree];

    /// <summary>ŵ_ℓ = λ_ℓ/β; infinite where e^|β| overflows.</summary>
    public double Multiplier(int degree) => Multiplier(Normalization.None, degree);

    /// <summary>ŵ_ℓ e^{−logScale}, finite where ŵ_ℓ itself overflows; at β = 0, where nothing can, the scale is not used.</summary>
    public double ScaledMultiplier(int degree, double logScale) =>
        Beta == 0 ? Multiplier(degree) : Relative(degree) / Beta * Math.Exp(LogLambda0 - logScale);

    /// <summary>
    /// The multiplier m_ℓ that governs the linear dynamics: ŵ_ℓ without normalization, ŵ_ℓ/(βŵ_0) = λ_ℓ/(βλ_0) with softmax.
    /// </summary>
    public double Multiplier(Normalization normalization, int degree)
    {
        if (Beta == 0) return degree == 1 ? 1.0 / Dimension : 0;
        double relative = Relative(degree) / Beta;
        return normalization == Normalization.Softmax || relative == 0 ? relative : relative * Math.Exp(LogLambda0);
    }

    /// <summary>
    /// Bandlimit L_Φ of the potential: beyond it the kernel's contribution to ∇(W∗μ), for any probability measure μ,
    /// is below <paramref name="tolerance"/> of its largest term: Σ_{ℓ&gt;L_Φ} ℓ N(ℓ,d) λ_ℓ ≤ tolerance · max_ℓ ℓ N(ℓ,d) λ_ℓ.
    /// </summary>
    /// <remarks>Needs multipliers up to a degree where they are negligible; otherwise returns <see cref="MaximumDegree"/>.</remarks>
    public int Bandlimit(double tolerance)
    {
        if (Beta == 0) return Math.Min(1, MaximumDegree);
        double logMultiplicity = 0, largest = double.NegativeInfinity;
        var logTerms = new double[MaximumDegree + 1];
        for (int degree = 1; degree <= MaximumDegree; degree++)
        {
            logMultiplicity += Math.Log(Multiplicity.Growth(Dimension, degree));
            logTerms[degree] = Math.Log(degree) + logMultiplicity + Math.Log(_relative[degree]);
            largest = Math.Max(largest, logTerms[degree]);
        }
        double tail = 0;
        for (int degree = MaximumDegree; degree >= 1; degree--)
        {
            tail += Math.Exp(logTerms[degree] - largest);
            if (tail > tolerance) return degree;
        }
        return 0;
    }

    private double Sign(int degree) => Beta < 0 && (degree & 1) == 1 ? -1 : 1;

    /// <summary>r_ℓ = λ_ℓ/λ_(ℓ−1) for degrees 1 … at least <paramref name="maximumDegree"/> and past the bulk of Σ N(ℓ,d) λ_ℓ.</summary>
    private static double[] Ratios(int dimension, double beta, int maximumDegree)
    {
        // Past ℓ ≈ √(80β) + 60 the product of ratios has forgotten the start, and the sum rule's tail is below rounding.
        int last = Math.Max(maximumDegree, (int)Math.Sqrt(80 * beta * 2) + (int)Math.Min(beta, 12 * dimension) + 60);
        int start = last + (int)Math.Sqrt(80 * beta) + 60;
        var ratios = new double[last + 1];
        double ratio = beta / (2.0 * start + dimension);
        for (int degree = start; degree >= 1; degree--)
        {
            ratio = beta / (2.0 * degree + dimension - 2 + beta * ratio);
            if (degree <= last) ratios[degree] = ratio;
        }
        return ratios;
    }

    /// <summary>log Σ_ℓ N(ℓ,d) λ_ℓ/λ_0 = log(e^β/λ_0), summed with rescaling.</summary>
    private static double LogInverseScaledLambda0(int dimension, double[] ratios)
    {
        double term = 1, sum = 1, logScale = 0;
        for (int degree = 1; degree < ratios.Length; degree++)
        {
            term *= Multiplicity.Growth(dimension, degree) * ratios[degree];
            sum += term;
            if (sum < Rescale) continue;
            term /= Rescale;
            sum /= Rescale;
            logScale += Math.Log(Rescale);
        }
        return logScale + Math.Log(sum);
    }
}
