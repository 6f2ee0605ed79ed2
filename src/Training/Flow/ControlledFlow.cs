using System.Numerics.Tensors;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>The flow of a density under attention, a feed-forward network and noise, as a Galerkin system, with its exact transpose.</summary>
/// <remarks>
/// <code>
///   ȧ_A = −κℓ(ℓ+d−2) a_A + N_A(a, W),     N_A = Σᵢ wᵢ ρᵢ (vᵢ + uᵢ)·∇Y_A(xᵢ),   v = ∇Φ (unnormalized), ∇Φ/(βΦ) (softmax),   u = P_x W σ
///   q·N is linear in q:   ∂(q·N)/∂a = Σᵢ wᵢ ((v+u)·g)ᵢ Y(xᵢ) + K s,   g = Σ_A q_A ∇Y_A,
///       s_B = Σᵢ wᵢ ρᵢ g·∇Y_B  (unnormalized)     Σᵢ wᵢ (ρ/D) (g·∇Y_B − β g·v Y_B),  D = βΦ  (softmax)
///   ∂(q·N)/∂W_jr = Σᵢ wᵢ ρᵢ g·e_r σ_j
/// </code>
/// The transpose is that of the discrete sums, so gradients are exact to rounding on every grid. The grid integrates the products of the
/// unnormalized flow with polynomial features exactly; softmax and other features are oversampled. Mass never changes.
/// Source: THEORY 5.2, A6. One instance serves one caller at a time; no call allocates.
/// </remarks>
public sealed class ControlledFlow : ISemilinearFlow
{
    private readonly HarmonicTransform _transform;
    private readonly Network _network;
    private readonly double[] _rates;
    private readonly double _beta; // of D = βΦ; 0: no normalization
    private readonly double[] _potential; // [kernel.Count]
    private readonly double[] _pulled; // [kernel.Count]
    private readonly double[] _work; // [Basis.Count]
    private readonly double[] _density;
    private readonly double[] _attention; // v
    private readonly double[] _drift; // u
    private readonly double[] _velocity; // v + u
    private readonly double[] _field; // flux, or g
    private readonly double[] _partition;
    private readonly double[] _scalar;

    /// <summary>Builds the flow of degrees ≤ <paramref name="bandlimit"/>, at first without control.</summary>
    /// <param name="model">The model.</param>
    /// <param name="bandlimit">L ≥ 1.</param>
    /// <param name="engine">Fourier engine; that of <see cref="FourierChoice.Auto"/> if null.</param>
    public ControlledFlow(TrainedModel model, int bandlimit, IFourierEngine? engine = null)
    {
        Model = model;
        _transform = HarmonicTransform.Create(model.Dimension, bandlimit, QuadratureDegree(model, bandlimit), engine);
        Basis = _transform.Basis;
        Kernel = new InteractionKernel(model.Attention, model.Matrix, bandlimit);
        var grid = new TangentGrid(_transform, model.Dimension);
        _network = new Network(model.Features, grid);
        _beta = model.Attention.Normalization == Normalization.Softmax ? model.Attention.Beta : 0;
        _rates = new double[bandlimit + 1];
        for (int degree = 1; degree <= bandlimit; degree++)
            _rates[degree] = -model.Attention.Noise * HarmonicBasis.LaplaceEigenvalue(degree, model.Dimension);
        (_potential, _pulled, _work) = (new double[Kernel.Count], new double[Kernel.Count], new double[Basis.Count]);
        int points = grid.Points, vectors = grid.Points * grid.Components;
        (_density, _partition, _scalar) = (new double[points], new double[points], new double[points]);
        (_attention, _drift, _velocity, _field) = (new double[vectors], new double[vectors], new double[vectors], new double[vectors]);
    }

    /// <summary>The model.</summary>
    public TrainedModel Model { get; }

    /// <inheritdoc/>
    public HarmonicBasis Basis { get; }

    /// <summary>The operator μ ↦ Φ.</summary>
    public InteractionKernel Kernel { get; }

    /// <summary>−κℓ(ℓ+d−2) for each degree.</summary>
    public ReadOnlySpan<double> Rates => _rates;

    /// <summary>Degree of quadrature: 2L and the larger of L_Φ (four times with softmax) and the network's degree (L where it is no polynomial).</summary>
    public static int QuadratureDegree(TrainedModel model, int bandlimit)
    {
        int potential = Math.Min(bandlimit, InteractionKernel.FullBandlimit(model.Attention, model.Matrix));
        int network = Math.Min(bandlimit, model.Features.Degree + 1 ?? bandlimit);
        return 2 * bandlimit + Math.Max(network, model.Attention.Normalization == Normalization.Softmax ? 4 * potential : potential);
    }

    /// <summary>Sets W for the evaluations to come.</summary>
    /// <param name="control">[features·rows] W, feature after feature.</param>
    public void Steer(ReadOnlySpan<double> control) => _network.Drift(control, _drift);

    /// <summary>N(a, W) at the W of the last <see cref="Steer"/>.</summary>
    /// <param name="coefficients">[Basis.Count] a.</param>
    /// <param name="tendency">[Basis.Count] receives N.</param>
    public void Nonlinear(ReadOnlySpan<double> coefficients, Span<double> tendency)
    {
        EvaluateFields(coefficients);
        TensorPrimitives.Add(_attention, _drift, _field);
        Scale(_field, _density);
        _transform.AnalyzeDivergence(_field, tendency);
    }

    /// <summary>Adds the transpose of the derivative of N, applied to q: state += (∂N/∂a)ᵀq, control += (∂N/∂W)ᵀq.</summary>
    /// <param name="coefficients">[Basis.Count] a, where the derivative is taken.</param>
    /// <param name="adjoint">[Basis.Count] q.</param>
    /// <param name="state">[Basis.Count] is added to.</param>
    /// <param name="control">[features·rows] is added to.</param>
    public void AddTransposed(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> adjoint, Span<double> state, Span<double> control)
    {
        EvaluateFields(coefficients);
        _transform.SynthesizeGradient(adjoint, _field);                       // g
        TensorPrimitives.Multiply(_density, _transform.Weights, _scalar);
        _network.AddGradient(_scalar, _field, control);                       // Σ w ρ g·e_r σ_j
        TensorPrimitives.Add(_attention, _drift, _velocity);
        Contract(_velocity, _field, _scalar);
        _transform.Analyze(_scalar, _work);                                   // through ρ
        TensorPrimitives.Add(state, _work, state);
        if (_beta != 0) TensorPrimitives.Divide(_density, _partition, _density);
        Scale(_field, _density);
        _transform.AnalyzeDivergence(_field, _work);                          // through Φ
        _work.AsSpan(0, Kernel.Count).CopyTo(_pulled);
        if (_beta != 0)
        {
            Contract(_attention, _field, _scalar);
            _transform.Analyze(_scalar, _work);
            TensorPrimitives.MultiplyAdd(_work.AsSpan(0, Kernel.Count), -_beta, _pulled, _pulled);
        }
        Kernel.Apply(_pulled, _potential);
        TensorPrimitives.Add(state[..Kernel.Count], _potential, state[..Kernel.Count]);
    }

    /// <summary>p·ȧ = p·(γa + N(a, W)): the Hamiltonian without the penalty of the control, at the W of the last <see cref="Steer"/>.</summary>
    /// <param name="coefficients">[Basis.Count] a.</param>
    /// <param name="adjoint">[Basis.Count] p.</param>
    public double Pairing(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> adjoint)
    {
        Nonlinear(coefficients, _work);
        double sum = TensorPrimitives.Dot<double>(_work, adjoint);
        for (int degree = 1; degree <= Basis.Bandlimit; degree++)
        {
            Range block = Basis.Start(degree)..Basis.Start(degree + 1);
            sum += _rates[degree] * TensorPrimitives.Dot(coefficients[block], adjoint[block]);
        }
        return sum;
    }

    /// <summary>The energy E, the entropy −∫ρ log ρ dσ in the grid's quadrature (where ρ &gt; 0), and the smallest density.</summary>
    /// <param name="coefficients">[Basis.Count].</param>
    public (double Energy, double Entropy, double Minimum) Energies(ReadOnlySpan<double> coefficients)
    {
        _transform.Synthesize(coefficients, _density);
        double entropy = 0;
        for (int i = 0; i < _density.Length; i++)
            if (_density[i] > 0) entropy -= _transform.Weights[i] * _density[i] * Math.Log(_density[i]);
        return (Kernel.Energy(coefficients), entropy, TensorPrimitives.Min<double>(_density));
    }

    /// <summary>Variance of φ under μ and ∫|∇φ|²dμ, by the grid's quadrature: what N tokens' loss fluctuates by (<see cref="DepthRecord.Fluctuation"/>).</summary>
    /// <param name="coefficients">[Basis.Count] μ.</param>
    /// <param name="adjoint">[Basis.Count] φ.</param>
    public (double Variance, double Roughness) Fluctuation(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> adjoint)
    {
        _transform.Synthesize(coefficients, _density);
        TensorPrimitives.Multiply(_density, _transform.Weights, _density);
        _transform.Synthesize(adjoint, _partition);
        _transform.SynthesizeGradient(adjoint, _field);
        double mean = TensorPrimitives.Dot<double>(_density, _partition), square = 0;
        for (int i = 0; i < _density.Length; i++) square += _density[i] * (_partition[i] - mean) * (_partition[i] - mean);
        Contract(_field, _field, _scalar);
        return (square, TensorPrimitives.Dot<double>(_density, _scalar));
    }

    private void EvaluateFields(ReadOnlySpan<double> coefficients)
    {
        Kernel.Apply(coefficients, _potential);
        _transform.SynthesizeGradient(_potential, _attention);
        _transform.Synthesize(coefficients, _density);
        if (_beta == 0) return;
        _transform.Synthesize(_potential, _partition);
        TensorPrimitives.Multiply(_partition, _beta, _partition);
        for (int at = 0; at < _attention.Length; at += _partition.Length)
            TensorPrimitives.Divide(_attention.AsSpan(at, _partition.Length), _partition, _attention.AsSpan(at, _partition.Length));
    }

    private static void Scale(Span<double> field, ReadOnlySpan<double> factor)
    {
        for (int at = 0; at < field.Length; at += factor.Length)
            TensorPrimitives.Multiply(field.Slice(at, factor.Length), factor, field.Slice(at, factor.Length));
    }

    private static void Contract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> sum)
    {
        int points = sum.Length;
        TensorPrimitives.Multiply(left[..points], right[..points], sum);
        if (left.Length > points) TensorPrimitives.MultiplyAdd(left[points..], right[points..], sum, sum);
    }
}
