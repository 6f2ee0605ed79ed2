using System.Numerics.Tensors;

namespace Meanfield.Training;

/// <summary>The network's drift u(x) = P_x W σ(x) on a grid, and the derivative of integrals by W.</summary>
/// <remarks>W is stored feature after feature, its rows within: W[j·rows + r] multiplies σ_j in direction r.</remarks>
public sealed class Network
{
    private readonly TangentGrid _grid;
    private readonly double[][] _features; // [feature][point]
    private readonly double[] _row;
    private readonly double[] _load;

    /// <summary>Evaluates the features on a grid.</summary>
    public Network(FeatureMap features, TangentGrid grid)
    {
        _grid = grid;
        _features = new double[features.Count][];
        for (int j = 0; j < _features.Length; j++) _features[j] = new double[grid.Points];
        double[] point = new double[grid.Rows], values = new double[features.Count];
        for (int i = 0; i < grid.Points; i++)
        {
            grid.Point(i, point);
            features.Evaluate(point, values);
            for (int j = 0; j < values.Length; j++) _features[j][i] = values[j];
        }
        _row = new double[grid.Points];
        _load = new double[grid.Points];
    }

    /// <summary>u in tangent components: u_c(x) = Σ_r e_c(x)_r Σ_j W_jr σ_j(x).</summary>
    /// <param name="control">[features·rows] W.</param>
    /// <param name="drift">[components·points] receives u, component after component.</param>
    public void Drift(ReadOnlySpan<double> control, Span<double> drift)
    {
        int points = _grid.Points, rows = _grid.Rows;
        drift.Clear();
        for (int r = 0; r < rows; r++)
        {
            _row.AsSpan().Clear();
            for (int j = 0; j < _features.Length; j++) TensorPrimitives.MultiplyAdd(_features[j], control[j * rows + r], _row, _row);
            for (int c = 0; c < _grid.Components; c++)
            {
                Span<double> target = drift.Slice(c * points, points);
                TensorPrimitives.MultiplyAdd(_grid.Frame(c, r), _row, target, target);
            }
        }
    }

    /// <summary>gradient_jr += Σᵢ mass(xᵢ) g(xᵢ)·e_r σ_j(xᵢ), the derivative of Σᵢ mass(xᵢ) g(xᵢ)·u(xᵢ) by W.</summary>
    /// <param name="mass">[points].</param>
    /// <param name="field">[components·points] g.</param>
    /// <param name="gradient">[features·rows] is added to.</param>
    public void AddGradient(ReadOnlySpan<double> mass, ReadOnlySpan<double> field, Span<double> gradient)
    {
        int points = _grid.Points, rows = _grid.Rows;
        for (int r = 0; r < rows; r++)
        {
            _load.AsSpan().Clear();
            for (int c = 0; c < _grid.Components; c++)
                TensorPrimitives.MultiplyAdd(_grid.Frame(c, r), field.Slice(c * points, points), _load, _load);
            TensorPrimitives.Multiply(_load, mass, _load);
            for (int j = 0; j < _features.Length; j++) gradient[j * rows + r] += TensorPrimitives.Dot<double>(_load, _features[j]);
        }
    }
}
