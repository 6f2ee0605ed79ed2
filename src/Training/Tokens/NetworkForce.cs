using Meanfield.Solver;

namespace Meanfield.Training;

/// <summary>Attention between tokens and a feed-forward network on top: ẋ_i = v(x_i) + P_{x_i} W σ(x_i).</summary>
/// <remarks>For d ≥ 4 the network acts along the last axis and sees the height only, as <see cref="TrainedModel"/> says.</remarks>
public sealed class NetworkForce : TokenForce
{
    private readonly TrainedModel _model;
    private readonly TokenForce _attention;
    private readonly double[] _control;
    private readonly double[] _point;
    private readonly double[] _features;

    /// <summary>Prepares for N tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unnormalized weights that overflow.</exception>
    public NetworkForce(TrainedModel model, int count)
        : base(AttentionOf(model), count)
    {
        _model = model;
        _attention = ForceSelection.Create(Model, count, ForceChoice.Auto, new NormSettings(), tolerance: 1e-8).Force;
        _control = new double[model.ControlSize];
        _point = new double[model.Rows];
        _features = new double[model.Features.Count];
    }

    /// <inheritdoc/>
    public override string Description => $"{_attention.Description}, and a feed-forward network";

    /// <summary>Sets W, [features, rows], for the evaluations to come.</summary>
    public void Steer(ReadOnlySpan<double> control) => control.CopyTo(_control);

    /// <inheritdoc/>
    public override void Velocity(ReadOnlySpan<double> positions, Span<double> velocity)
    {
        _attention.Velocity(positions, velocity);
        int d = Model.Dimension, first = d - _point.Length; // the last coordinate alone for d ≥ 4
        for (int i = 0; i < Count; i++)
        {
            for (int k = 0; k < _point.Length; k++) _point[k] = positions[(first + k) * Count + i];
            _model.Features.Evaluate(_point, _features);
            double along = 0;
            for (int r = 0; r < _point.Length; r++)
            {
                double pull = Pull(r);
                along += pull * _point[r];
                velocity[(first + r) * Count + i] += pull;
            }
            for (int k = 0; k < d; k++) velocity[k * Count + i] -= along * positions[k * Count + i];
        }
    }

    /// <inheritdoc/>
    public override double Energy(double logScale) => _attention.Energy(logScale);

    /// <summary>Not known: the network does work on the tokens.</summary>
    protected override double Partition(int token, double logScale) => double.NaN;

    private double Pull(int row)
    {
        double sum = 0;
        for (int j = 0; j < _features.Length; j++) sum += _control[j * _point.Length + row] * _features[j];
        return sum;
    }

    // Weights e^{β⟨x,Ay⟩}, values Ay: Q = I, K = V = A.
    private static TokenModel AttentionOf(TrainedModel model)
    {
        int d = model.Dimension;
        var matrix = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++) matrix[i * d + j] = model.Matrix[i, j];
        }
        return new TokenModel(model.Attention, d) { Key = matrix, Value = matrix };
    }
}
