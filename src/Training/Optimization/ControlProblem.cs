using System.Numerics.Tensors;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>The control problem of a trained network: min over W of J(W) = (λ/2)∫‖W_t‖²dt + G(μ_T), W constant on each of n steps.</summary>
/// <remarks>
/// With G_k = (1/h) ∂G(μ_T)/∂W_k, exact for the discrete map: ∂J/∂W_k = h(λW_k + G_k), and an optimum has W = −G/λ. Source: THEORY 5.2.
/// </remarks>
public sealed class ControlProblem
{
    private readonly double[] _initial;
    private readonly double[] _adjoint;

    /// <summary>States a problem.</summary>
    /// <param name="model">The model.</param>
    /// <param name="grid">Bandlimit, horizon and steps.</param>
    /// <param name="initial">Coefficients of μ_0, all degrees up to some K; those above L are dropped.</param>
    /// <param name="loss">G.</param>
    /// <param name="regularization">λ &gt; 0.</param>
    /// <param name="engine">Fourier engine; that of <see cref="FourierChoice.Auto"/> if null.</param>
    /// <exception cref="ArgumentException">initial of mass other than 1, or λ ≤ 0.</exception>
    public ControlProblem(
        TrainedModel model, DepthGrid grid, ReadOnlySpan<double> initial, TerminalLoss loss, double regularization, IFourierEngine? engine = null)
    {
        if (!(regularization > 0)) throw new ArgumentException("the regularization must be greater than 0", nameof(regularization));
        if (!(Math.Abs(initial[0] - 1) < 1e-12)) throw new ArgumentException($"the mass of the initial density must be 1, not {initial[0]}", nameof(initial));
        (Loss, Regularization) = (loss, regularization);
        Flow = new ControlledFlow(model, grid.Bandlimit, engine);
        Map = new DiscreteFlow(Flow, grid.Horizon, grid.Steps);
        _initial = new double[Flow.Basis.Count];
        int known = Math.Min(initial.Length, _initial.Length);
        initial[..known].CopyTo(_initial);
        _adjoint = new double[_initial.Length];
    }

    /// <summary>The flow.</summary>
    public ControlledFlow Flow { get; }

    /// <summary>The time-discrete map.</summary>
    public DiscreteFlow Map { get; }

    /// <summary>G.</summary>
    public TerminalLoss Loss { get; }

    /// <summary>λ.</summary>
    public double Regularization { get; }

    /// <summary>Numbers in all controls: steps · features · rows.</summary>
    public int Size => Map.Steps * Flow.Model.ControlSize;

    /// <summary>J(W); keeps the trajectory for <see cref="Sensitivity"/>.</summary>
    /// <param name="controls">[steps, features, rows] W_0 … W_(n−1).</param>
    public Objective Evaluate(ReadOnlySpan<double> controls)
    {
        Map.Forward(_initial, controls);
        return new Objective(Loss.Value(Map.Final), 0.5 * Regularization * Map.Step * TensorPrimitives.SumOfSquares(controls));
    }

    /// <summary>G_k = (1/h) ∂G(μ_T)/∂W_k along the trajectory of the last <see cref="Evaluate"/>.</summary>
    /// <param name="controls">[steps, features, rows] the same as there.</param>
    /// <param name="sensitivity">[steps, features, rows] receives G.</param>
    /// <param name="observer">Sees states and adjoint states from the end to the start; may be null.</param>
    public void Sensitivity(ReadOnlySpan<double> controls, Span<double> sensitivity, IAdjointObserver? observer = null)
    {
        Loss.Gradient(Map.Final, _adjoint);
        Map.Reverse(controls, _adjoint, sensitivity, observer);
        TensorPrimitives.Divide(sensitivity, Map.Step, sensitivity);
    }

    /// <summary>The optimality residual ‖W + G/λ‖/‖W‖; infinite at W = 0 unless G is 0 too.</summary>
    public double Residual(ReadOnlySpan<double> controls, ReadOnlySpan<double> sensitivity)
    {
        double distance = 0;
        for (int i = 0; i < controls.Length; i++)
        {
            double gap = controls[i] + sensitivity[i] / Regularization;
            distance += gap * gap;
        }
        return distance == 0 ? 0 : Math.Sqrt(distance / TensorPrimitives.SumOfSquares(controls));
    }

    /// <summary>
    /// Error of the last state by the size of the steps: its distance from that of half steps, each W kept for two, relative to the deviation from uniform. NaN where a state is not finite.
    /// </summary>
    /// <param name="controls">[steps, features, rows].</param>
    public double StepError(ReadOnlySpan<double> controls)
    {
        int size = Flow.Model.ControlSize;
        var halves = new double[2 * controls.Length];
        for (int k = 0; k < 2 * Map.Steps; k++) controls.Slice(k / 2 * size, size).CopyTo(halves.AsSpan(k * size));
        var fine = new DiscreteFlow(Flow, Map.Horizon, 2 * Map.Steps);
        Map.Forward(_initial, controls);
        fine.Forward(_initial, halves);
        ReadOnlySpan<double> rough = Map.Final[1..], close = fine.Final[1..];
        return close.IndexOfAnyExcept(0) < 0 && rough.IndexOfAnyExcept(0) < 0 ? 0 : TensorPrimitives.Distance(rough, close) / TensorPrimitives.Norm(close);
    }

    /// <summary>Bytes that a problem holds: states, kernel matrix, fields and features on the grid, controls of the optimizer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="grid">Bandlimit, horizon and steps.</param>
    /// <param name="vectors">Vectors of controls that the optimizer holds.</param>
    public static long MemoryBytes(TrainedModel model, DepthGrid grid, int vectors)
    {
        var basis = new HarmonicBasis(model.Dimension, grid.Bandlimit);
        int full = InteractionKernel.FullBandlimit(model.Attention, model.Matrix);
        long kernel = basis.Start(Math.Min(grid.Bandlimit, full) + 1);
        long points = HarmonicTransform.GridPoints(model.Dimension, ControlledFlow.QuadratureDegree(model, grid.Bandlimit));
        long making = kernel * HarmonicTransform.GridPoints(model.Dimension, 2 * (full + 1)); // while the kernel is computed
        int components = model.Dimension == 3 ? 2 : 1, stages = ExponentialTableau.HochbruckOstermann.Stages;
        long states = (long)basis.Count * (DiscreteFlow.StatesFor(grid.Steps) + stages * (stages + 5) / 2 + 8);
        long fields = points * (model.Features.Count + model.Rows * (1 + components) + 8 + 6 * components);
        long controls = (long)vectors * grid.Steps * model.ControlSize;
        return sizeof(double) * (states + kernel * kernel + making + fields + controls);
    }
}
