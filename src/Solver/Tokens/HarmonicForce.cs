using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The plain attention of tokens on the circle or the sphere through few harmonics of their empirical measure: cost N.</summary>
/// <remarks>
/// <code>
///   a_A = Σ_i w_i Y_A(x_i),   USA: v = ∇ Σ ŵ_ℓ a_A Y_A,   SA: v = ∇D/(βD),  D = Z/λ_0 = Σ (λ_ℓ/λ_0) a_A Y_A
/// </code>
/// over the degrees ℓ ≤ L_Φ(β) beyond which Σ ℓ N λ_ℓ is below 1e−15 of its largest term. Softmax divides by Z_i, which is at least w_i e^β (β &gt; 0: token i
/// sees itself) while Z ≤ e^|β| everywhere, so the error of |v| ≤ 1 is at most about 2e−15·min(1/w, e^{2|β|}): <see cref="ErrorBound"/>.
/// Sources: THEORY 1.2, Funk–Hecke.
/// </remarks>
public sealed class HarmonicForce : TokenForce
{
    private const double Truncation = 1e-15;
    private const double LargestError = 1e-4;

    private readonly ScatteredHarmonics _harmonics;
    private readonly AttentionKernel _kernel;
    private readonly double[] _moments;
    private readonly double[] _potential;
    private readonly double[] _partition;
    private readonly bool _softmax;
    private readonly bool _bounded; // nodes of no mass may lie where Z is below rounding

    /// <summary>Prepares for N tokens.</summary>
    /// <param name="model">d = 2 or 3, β ≠ 0, no matrices, no mask.</param>
    /// <param name="count">N.</param>
    /// <param name="threads">Threads of the sums over points; null for <see cref="ThreadCount"/>'s.</param>
    /// <exception cref="ArgumentException">A model that harmonics cannot represent, or an error bound above 1e−4.</exception>
    public HarmonicForce(TokenModel model, int count, int? threads = null)
        : base(model, count)
    {
        if (!Serves(model)) throw new ArgumentException("harmonic forces need d ≤ 3, β ≠ 0, no query, key, value and no causal mask: take direct sums", nameof(model));
        if (ErrorBound(model, count) > LargestError)
            throw new ArgumentException($"at β = {model.Attention.Beta} harmonic forces may lose {ErrorBound(model, count):0e-00} of a token's speed: take direct sums", nameof(model));
        _kernel = new AttentionKernel(model.Dimension, model.Attention.Beta, BandlimitFor(model));
        _softmax = model.Attention.Normalization == Normalization.Softmax;
        if (!_softmax && !double.IsFinite(_kernel.Multiplier(1)))
            throw new ArgumentException("e^β overflows without normalization: take softmax or a smaller β", nameof(model));
        _harmonics = ScatteredHarmonics.Create(model.Dimension, _kernel.MaximumDegree, threads: threads);
        _moments = new double[_harmonics.Basis.Count];
        _potential = new double[_harmonics.Basis.Count];
        _partition = _softmax ? new double[count] : [];
    }

    /// <summary>
    /// The force between nodes of a density, whatever its dimension: positions have the coordinates of the labels (2 in the meridian plane of zonal data).
    /// A light node's own error is of no weight: what counts is Σ w_i |δv_i| ≤ 2e−15 N, and |v| ≤ 1 bounds each.
    /// </summary>
    /// <param name="attention">The model; β = 0 is the kernel x·y.</param>
    /// <param name="dimension">d of the sphere.</param>
    /// <param name="coordinates">Coordinates of a position.</param>
    /// <param name="weights">[N] masses of the nodes; 0 for one that is only carried along.</param>
    internal static HarmonicForce BetweenNodes(Attention attention, int dimension, int coordinates, double[] weights) =>
        new(new TokenModel(attention, coordinates) { Weights = weights }, weights.Length, DensityFlow.KernelFor(attention, dimension));

    private HarmonicForce(TokenModel model, int count, AttentionKernel kernel)
        : base(model, count)
    {
        _kernel = kernel;
        _softmax = model.Attention is { Normalization: Normalization.Softmax, Beta: not 0 };
        _harmonics = ScatteredHarmonics.Create(kernel.Dimension, kernel.MaximumDegree);
        _moments = new double[_harmonics.Basis.Count];
        _potential = new double[_harmonics.Basis.Count];
        _partition = _softmax ? new double[count] : [];
        _bounded = true;
    }

    /// <summary>Largest degree L_Φ of the potential.</summary>
    public int Bandlimit => _harmonics.Basis.Bandlimit;

    /// <inheritdoc/>
    public override string Description => $"harmonics of degree ≤ {Bandlimit} of {Count} tokens";

    /// <summary>Whether harmonics represent a model.</summary>
    public static bool Serves(TokenModel model) => model.Dimension <= 3 && model.IsPlain && !model.Causal && model.Attention.Beta != 0;

    /// <summary>L_Φ of a model.</summary>
    public static int BandlimitFor(TokenModel model)
    {
        AttentionKernel wide = DensityFlow.KernelFor(model.Attention, model.Dimension);
        return Math.Max(1, wide.Bandlimit(Truncation));
    }

    /// <summary>A bound of the error of a token's velocity relative to the largest that there can be: 2e−15 (USA), 2e−15·min(1/min w, e^{2|β|}) (SA).</summary>
    public static double ErrorBound(TokenModel model, int count)
    {
        Attention attention = model.Attention;
        if (attention.Normalization == Normalization.None) return 2 * Truncation;
        double contrast = Math.Exp(2 * Math.Abs(attention.Beta));
        if (attention.Beta > 0) contrast = Math.Min(contrast, model.Weights is null ? count : 1 / TensorPrimitives.Min<double>(model.Weights));
        return 2 * Truncation * contrast;
    }

    /// <inheritdoc/>
    public override void Velocity(ReadOnlySpan<double> positions, Span<double> velocity)
    {
        HarmonicBasis basis = _harmonics.Basis;
        _harmonics.Moments(positions, Model.Weights, _moments);
        for (int degree = 0; degree <= basis.Bandlimit; degree++)
        {
            double factor = _softmax ? _kernel.Relative(degree) : degree == 0 ? 0 : _kernel.Multiplier(degree);
            (int start, int end) = (basis.Start(degree), basis.Start(degree + 1));
            TensorPrimitives.Multiply(_moments.AsSpan(start..end), factor, _potential.AsSpan(start..end));
        }
        _harmonics.Evaluate(positions, _potential, _partition, velocity);
        if (!_softmax) return;
        if (_bounded) BoundPartition(velocity);
        for (int at = 0; at < velocity.Length; at += Count)
        {
            Span<double> v = velocity.Slice(at, Count);
            TensorPrimitives.Divide(v, _partition, v);
            TensorPrimitives.Divide(v, Model.Attention.Beta, v);
        }
    }

    // D ≥ |∇D|/|β| since |v| ≤ 1, a mean of unit vectors
    private void BoundPartition(ReadOnlySpan<double> gradient)
    {
        double scale = 1 / (Model.Attention.Beta * Model.Attention.Beta);
        for (int i = 0; i < Count; i++)
        {
            double square = 0;
            for (int at = i; at < gradient.Length; at += Count) square += gradient[at] * gradient[at];
            _partition[i] = Math.Max(Math.Max(_partition[i], Math.Sqrt(scale * square)), double.Epsilon);
        }
    }

    /// <inheritdoc/>
    public override double Energy(double logScale)
    {
        HarmonicBasis basis = _harmonics.Basis;
        double sum = 0;
        for (int degree = basis.Bandlimit; degree >= 0; degree--)
        {
            double power = TensorPrimitives.SumOfSquares<double>(_moments.AsSpan(basis.Start(degree)..basis.Start(degree + 1)));
            sum += _kernel.ScaledMultiplier(degree, logScale) * power;
        }
        return 0.5 * sum;
    }

    /// <inheritdoc/>
    protected override double Partition(int token, double logScale) => _partition[token] * Math.Exp(_kernel.LogLambda0 - logScale);
}
