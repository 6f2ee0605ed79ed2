using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The mean-field transformer flow of a density on S^(d−1), as a Galerkin system for its harmonic coefficients.</summary>
/// <remarks>
/// <code>
///   ∂ₜρ + ∇·(ρ v[ρ]) = κΔρ,    Ψ = Σ_{ℓ≥1} m_ℓ a_ℓm Y_ℓm
///   USA: m_ℓ = ŵ_ℓ,        v = ∇Ψ
///   SA:  m_ℓ = ŵ_ℓ/(βŵ_0), v = ∇Ψ / D,  D = Z/λ_0 = 1 + βΨ
///   ȧ_A = γ_A a_A + N_A(a),  γ_ℓ = ℓ(ℓ+d−2)(m_ℓ − κ),  N_A = ∫ (ρ/D − 1) ∇Ψ·∇Y_A dσ      (D = 1 for USA)
/// </code>
/// The linear part about the uniform state is split off before any product is formed, so small perturbations keep their
/// relative accuracy. Multipliers beyond the kernel's bandlimit L_Φ, where W∗μ is below rounding, count as 0 throughout.
/// Invariants of the semi-discrete system, to rounding: a_0 never changes; when κ = 0,
/// dE/dt = ∫ρ|v|² dσ (USA) and ∫ρZ|v|² dσ (SA), in the grid's quadrature. For USA that quadrature is exact.
/// For SA, whose D is not band-limited, <see cref="Oversampling"/> adds degrees and <see cref="AliasingMonitor"/> measures what is left.
/// Source: weak form of THEORY 1.2–1.4; |v| ≤ 1 for softmax (a mean of unit vectors) bounds D from below by |∇Ψ|.
/// </remarks>
public sealed class DensityFlow : ISemilinearFlow
{
    /// <summary>Relative size of the potential's terms that are dropped beyond L_Φ.</summary>
    public const double PotentialTolerance = 1e-16;

    private readonly HarmonicTransform _transform;
    private readonly double[] _rates;
    private readonly double[] _multipliers; // m_ℓ of each coefficient, 0 for degree 0
    private readonly double[] _deviation;
    private readonly double[] _potentialCoefficients;
    private double[] _density = []; // the fields are allocated when first evaluated: stepping alone needs none
    private double[] _velocity = [];
    private double[] _partition = [];

    /// <summary>Builds the flow of degrees ≤ <paramref name="bandlimit"/> on the smallest grid that integrates its products exactly.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">Ambient dimension d.</param>
    /// <param name="bandlimit">Largest degree L ≥ 1.</param>
    /// <param name="oversampling">Degrees added to the quadrature for the softmax denominator, in units of L_Φ.</param>
    /// <param name="engine">Fourier engine; that of <see cref="FourierChoice.Auto"/> if null.</param>
    public DensityFlow(Attention attention, int dimension, int bandlimit, int oversampling = 0, IFourierEngine? engine = null)
        : this(attention, HarmonicTransform.Create(dimension, bandlimit, QuadratureDegree(attention, dimension, bandlimit, oversampling), engine))
    {
        Oversampling = oversampling;
        Engine = engine;
    }

    /// <summary>Builds the flow on a given grid, for instance that of an output mesh.</summary>
    public DensityFlow(Attention attention, HarmonicTransform transform)
    {
        Attention = attention;
        _transform = transform;
        Basis = transform.Basis;
        Kernel = KernelFor(attention, Basis.Dimension);
        PotentialBandlimit = Math.Min(Basis.Bandlimit, Kernel.MaximumDegree);
        _multipliers = new double[Basis.Start(PotentialBandlimit + 1)];
        _rates = new double[Basis.Bandlimit + 1];
        for (int degree = 1; degree <= Basis.Bandlimit; degree++)
        {
            if (degree <= PotentialBandlimit)
                _multipliers.AsSpan(Basis.Start(degree)..Basis.Start(degree + 1)).Fill(Kernel.Multiplier(attention.Normalization, degree));
            _rates[degree] = attention.GrowthRate(Kernel, degree);
        }
        _deviation = new double[Basis.Count];
        _potentialCoefficients = new double[Basis.Start(PotentialBandlimit + 1)];
    }

    /// <summary>The model.</summary>
    public Attention Attention { get; }

    /// <summary>The kernel, truncated at L_Φ.</summary>
    public AttentionKernel Kernel { get; }

    /// <inheritdoc/>
    public HarmonicBasis Basis { get; }

    /// <summary>Largest degree of the potential: min(L, L_Φ).</summary>
    public int PotentialBandlimit { get; }

    /// <summary>Degrees added to the quadrature for the softmax denominator, in units of L_Φ.</summary>
    public int Oversampling { get; }

    /// <summary>The Fourier engine asked for; null leaves it to <see cref="FourierChoice.Auto"/>.</summary>
    public IFourierEngine? Engine { get; }

    /// <summary>Growth rate γ_ℓ of each degree about the uniform state.</summary>
    public ReadOnlySpan<double> Rates => _rates;

    /// <summary>Quadrature weights of the grid.</summary>
    public ReadOnlySpan<double> Weights => _transform.Weights;

    /// <summary>ρ on the grid, after <see cref="EvaluateFields"/>.</summary>
    public ReadOnlySpan<double> Density => _density;

    /// <summary>v on the grid, component after component, after <see cref="EvaluateFields"/>.</summary>
    public ReadOnlySpan<double> Velocity => _velocity;

    /// <summary>D = Z/λ_0 on the grid (softmax only), after <see cref="EvaluateFields"/>.</summary>
    public ReadOnlySpan<double> Partition => _partition;

    /// <summary>The attention kernel truncated at the bandlimit L_Φ of its potential.</summary>
    public static AttentionKernel KernelFor(Attention attention, int dimension)
    {
        int enough = (int)(2 * Math.Sqrt(80 * Math.Abs(attention.Beta)) + Math.Min(Math.Abs(attention.Beta), 12 * dimension)) + 80;
        int bandlimit = new AttentionKernel(dimension, attention.Beta, enough).Bandlimit(PotentialTolerance);
        return new AttentionKernel(dimension, attention.Beta, Math.Max(1, bandlimit));
    }

    /// <summary>Degree of quadrature: 2L + L_Φ integrates ρ∇Φ·∇Y exactly; softmax adds (3 + oversampling)·L_Φ for 1/D.</summary>
    public static int QuadratureDegree(Attention attention, int dimension, int bandlimit, int oversampling)
    {
        int potential = Math.Min(bandlimit, KernelFor(attention, dimension).MaximumDegree);
        bool softmax = attention.Normalization == Normalization.Softmax && attention.Beta != 0;
        return 2 * bandlimit + potential * (softmax ? 3 + oversampling : 1);
    }

    /// <summary>Bytes that a flow holds: the transform, its work space and, if asked for, the fields of <see cref="EvaluateFields"/>.</summary>
    public static long MemoryBytes(Attention attention, int dimension, int bandlimit, int oversampling, bool fields)
    {
        int degree = QuadratureDegree(attention, dimension, bandlimit, oversampling);
        long count = new HarmonicBasis(dimension, bandlimit).Count, points = fields ? HarmonicTransform.GridPoints(dimension, degree) : 0;
        int values = 1 + (dimension == 3 ? 2 : 1) + (attention.Normalization == Normalization.Softmax ? 1 : 0);
        return HarmonicTransform.MemoryBytes(dimension, bandlimit, degree) + sizeof(double) * (count + values * points);
    }

    /// <summary>Whether the grid of a flow exists: in high dimension the outermost weights of large grids underflow.</summary>
    public static bool Fits(Attention attention, int dimension, int bandlimit, int oversampling) =>
        bandlimit <= HarmonicTransform.LargestBandlimit(dimension)
        && (dimension <= 3 || ZonalTransform.NodesForDegree(QuadratureDegree(attention, dimension, bandlimit, oversampling)) <= ZonalTransform.LargestGrid(dimension));

    /// <summary>ȧ = γ a + N(a): the whole right-hand side.</summary>
    /// <param name="coefficients">[Basis.Count] state, mass 1.</param>
    /// <param name="tendency">[Basis.Count] receives ȧ.</param>
    public void Tendency(ReadOnlySpan<double> coefficients, Span<double> tendency)
    {
        Nonlinear(coefficients, tendency);
        for (int degree = 1; degree <= Basis.Bandlimit; degree++)
        {
            for (int i = Basis.Start(degree); i < Basis.Start(degree + 1); i++)
                tendency[i] += _rates[degree] * coefficients[i];
        }
    }

    /// <summary>N(a): the right-hand side without its linear part about the uniform state.</summary>
    public void Nonlinear(ReadOnlySpan<double> coefficients, Span<double> tendency)
    {
        Potential(coefficients);                                                  // 1. Ψ = Σ m_ℓ a Y
        coefficients.CopyTo(_deviation);
        _deviation[0] -= 1;                                                       // 2. η = ρ − 1
        // 3. N_A = ∫ (ρ/D − 1) ∇Ψ·∇Y_A,  ρ/D − 1 = (η − βΨ)/D
        _transform.AnalyzeWeightedGradient(_deviation, _potentialCoefficients, Attention, tendency);
    }

    /// <summary>Evaluates ρ, v and (softmax) D on the grid.</summary>
    public void EvaluateFields(ReadOnlySpan<double> coefficients)
    {
        int points = _transform.GridSize;
        bool softmax = Attention.Normalization == Normalization.Softmax;
        if (_density.Length == 0)
        {
            _density = new double[points];
            _velocity = new double[points * _transform.TangentComponents];
            if (softmax) _partition = new double[points];
        }
        Potential(coefficients);
        _transform.SynthesizeGradient(_potentialCoefficients, _velocity);
        _transform.Synthesize(coefficients, _density);
        if (!softmax) return;
        _transform.Synthesize(_potentialCoefficients, _partition);
        BoundedPartition();
        for (int component = 0; component < _transform.TangentComponents; component++)
        {
            Span<double> v = _velocity.AsSpan(component * points, points);
            TensorPrimitives.Divide(v, _partition, v);
        }
    }

    private void Potential(ReadOnlySpan<double> coefficients) =>
        TensorPrimitives.Multiply(coefficients[.._multipliers.Length], _multipliers, _potentialCoefficients);

    /// <summary>D = max(1 + βΨ, |∇Ψ|): the bound |v| ≤ 1 keeps rounding from vanishing denominators where no mass is.</summary>
    private void BoundedPartition()
    {
        int points = _transform.GridSize;
        for (int i = 0; i < points; i++)
            _partition[i] = Bound(1 + Attention.Beta * _partition[i], GradientNorm(i, points));
    }

    private static double Bound(double partition, double gradient) => Math.Max(Math.Max(partition, gradient), double.Epsilon);

    private double GradientNorm(int i, int points) =>
        _transform.TangentComponents == 2 ? Math.Sqrt(_velocity[i] * _velocity[i] + _velocity[points + i] * _velocity[points + i]) : Math.Abs(_velocity[i]);
}
