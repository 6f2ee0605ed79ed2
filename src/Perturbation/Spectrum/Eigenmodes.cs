using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>One eigenspace of the flow linearized about the uniform state.</summary>
/// <param name="Degree">ℓ.</param>
/// <param name="Multiplicity">N(ℓ,d), the dimension of the eigenspace.</param>
/// <param name="Multiplier">m_ℓ in γ_ℓ = ℓ(ℓ+d−2)(m_ℓ − κ): ŵ_ℓ without normalization, ŵ_ℓ/(βŵ_0) with softmax.</param>
/// <param name="GrowthRate">γ_ℓ.</param>
/// <param name="KernelMultiplier">ŵ_ℓ itself; infinite where it leaves the range of double.</param>
public sealed record Eigenmode(int Degree, double Multiplicity, double Multiplier, double GrowthRate, double KernelMultiplier)
{
    /// <summary>κ_ℓ: the noise below which the degree grows, m_ℓ where that is positive; null where it decays at any noise (THEORY 2.5). Divided like the multipliers.</summary>
    public double? Threshold => Multiplier > 0 ? Multiplier : null;
}

/// <summary>The spectrum of the mean-field flow about the uniform state (THEORY 2.1–2.3).</summary>
public sealed class Eigenmodes
{
    private Eigenmodes(Attention attention, int dimension, IReadOnlyList<Eigenmode> modes, double logScale)
    {
        Attention = attention;
        Dimension = dimension;
        Modes = modes;
        LogScale = logScale;
        Fastest = modes.MaxBy(mode => mode.GrowthRate)!;
    }

    /// <summary>The model.</summary>
    public Attention Attention { get; }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Degrees 1, 2, …</summary>
    public IReadOnlyList<Eigenmode> Modes { get; }

    /// <summary>The eigenspace that grows fastest (k_max of THEORY 2.3).</summary>
    public Eigenmode Fastest { get; }

    /// <summary>κ_c = max m_ℓ: the uniform state is linearly stable for noise above it. Each multiplier m_ℓ is the noise at which its degree bifurcates (THEORY 2.5).</summary>
    public double CriticalNoise => Modes.Max(mode => mode.Multiplier);

    /// <summary>
    /// log of the factor taken out of multipliers and growth rates: 0 unless e^|β| leaves the range of double
    /// (unnormalized attention beyond |β| ≈ 700), when both are relative to ŵ_0.
    /// </summary>
    public double LogScale { get; }

    /// <summary>Computes the spectrum; at least up to the fastest degree.</summary>
    /// <param name="attention">The model; with <see cref="LogScale"/> ≠ 0 its noise must be 0.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degrees">How many degrees; null for twice the fastest, at least 8.</param>
    /// <exception cref="ArgumentException">Noise beside multipliers that overflow.</exception>
    public static Eigenmodes About(Attention attention, int dimension, int? degrees = null)
    {
        int enough = (int)Math.Ceiling(4 * Math.Sqrt(2 * Math.Abs(attention.Beta) + 1)) + 8;
        var kernel = new AttentionKernel(dimension, attention.Beta, Math.Max(enough, degrees ?? 0));
        double logScale = attention.Normalization == Normalization.None && Math.Abs(kernel.LogLambda0) > 690 ? kernel.LogLambda0 - Math.Log(Math.Abs(attention.Beta)) : 0;
        if (logScale != 0 && attention.Noise != 0)
            throw new ArgumentException($"noise {attention.Noise} is negligible beside multipliers of order e^{logScale:F0}: leave it out");
        var modes = new List<Eigenmode>();
        for (int degree = 1; degree <= kernel.MaximumDegree; degree++)
        {
            double multiplier = logScale == 0
                ? kernel.Multiplier(attention.Normalization, degree)
                : Math.Sign(attention.Beta) * kernel.Relative(degree);
            double rate = HarmonicBasis.LaplaceEigenvalue(degree, dimension) * (multiplier - attention.Noise);
            modes.Add(new Eigenmode(degree, Multiplicity.Of(dimension, degree), multiplier, rate, kernel.Multiplier(degree)));
        }
        int fastest = modes.MaxBy(mode => mode.GrowthRate)!.Degree;
        int shown = Math.Max(fastest, degrees ?? Math.Max(8, 2 * fastest));
        return new Eigenmodes(attention, dimension, modes.GetRange(0, Math.Min(shown, modes.Count)), logScale);
    }
}
