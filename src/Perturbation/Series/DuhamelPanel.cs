using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>The scaled orders b^(n)(t) of an initial-value expansion on one interval of time, at Chebyshev points.</summary>
/// <remarks>
/// <code>
///   ḃ_A^(n) = (γ_A − nσ) b_A^(n) + N_A^(n),    b(t_0 + τ) = e^{λτ} b(t_0) + ∫_0^τ e^{λ(τ−s)} N(s) ds,   λ = γ_A − nσ ≤ 0
/// </code>
/// with N interpolated in the 17 points and the exponential integrated to rounding (<see cref="ChebyshevPanel.Duhamel"/>).
/// </remarks>
internal sealed class DuhamelPanel
{
    private const int Nodes = ChebyshevPanel.Nodes;

    private readonly SeriesModel _model;
    private readonly double[][][] _orders;  // [n][node] all degrees of order n
    private readonly double[][] _dropped;   // [n][node]

    private DuhamelPanel(SeriesModel model, double start, double length)
    {
        _model = model;
        (Start, Length) = (start, length);
        _orders = new double[model.Orders + 1][][];
        _dropped = new double[model.Orders + 1][];
    }

    /// <summary>First time.</summary>
    public double Start { get; }

    /// <summary>Length in time.</summary>
    public double Length { get; }

    /// <summary>Last time.</summary>
    public double End => Start + Length;

    /// <summary>Solves all orders on [start, start + length].</summary>
    /// <param name="model">The expansion.</param>
    /// <param name="scale">σ ≥ 0 with γ_ℓ ≤ σ for every degree.</param>
    /// <param name="data">b^(1)(0).</param>
    /// <param name="before">The panel that ends where this one starts; null at t = 0.</param>
    /// <param name="length">Length in time.</param>
    /// <param name="fields">[17] work space, one for each point.</param>
    public static DuhamelPanel Solve(SeriesModel model, double scale, ReadOnlySpan<double> data, DuhamelPanel? before, double length, OrderFields[] fields)
    {
        var panel = new DuhamelPanel(model, before?.End ?? 0, length);
        panel.First(scale, data);
        var forcing = new double[Nodes][];
        for (int i = 0; i < Nodes; i++) forcing[i] = new double[model.Transform.Basis.Count];
        for (int n = 2; n <= model.Orders; n++)
        {
            panel._dropped[n] = new double[Nodes];
            for (int i = 0; i < Nodes; i++)
            {
                fields[i].Include(n - 1, panel._orders[n - 1][i]);
                fields[i].Force(n, forcing[i]);
                panel._dropped[n][i] = fields[i].Dropped(forcing[i], n * scale);
            }
            panel._orders[n] = panel.Integrate(n, scale, before?._orders[n][^1], forcing);
        }
        return panel;
    }

    /// <summary>‖b^(n)‖ at a point of the panel.</summary>
    public double Size(int order, int node) => TensorPrimitives.Norm<double>(_orders[order][node]);

    /// <summary>Adds factor · b^(n)(t) to a target.</summary>
    /// <param name="order">n.</param>
    /// <param name="time">Start ≤ t ≤ End.</param>
    /// <param name="factor">Multiplies it.</param>
    /// <param name="target">At least as long as the coefficients that order n has.</param>
    public void Accumulate(int order, double time, double factor, Span<double> target)
    {
        Span<double> polynomials = stackalloc double[Nodes];
        ChebyshevPanel.Lagrange((time - Start) / Length, polynomials);
        for (int i = 0; i < Nodes; i++)
        {
            double[] values = _orders[order][i];
            TensorPrimitives.MultiplyAdd(values, factor * polynomials[i], target[..values.Length], target[..values.Length]);
        }
    }

    /// <summary>Size of what the bandlimit dropped of b^(n): the larger of its values at the points around a time.</summary>
    public double Dropped(int order, double time)
    {
        if (order == 1) return 0;
        int next = 1;
        while (next < Nodes - 1 && Start + Length * ChebyshevPanel.Points[next] < time) next++;
        return Math.Max(_dropped[order][next - 1], _dropped[order][next]);
    }

    private void First(double scale, ReadOnlySpan<double> data)
    {
        HarmonicBasis basis = _model.Basis;
        _dropped[1] = [];
        _orders[1] = new double[Nodes][];
        for (int i = 0; i < Nodes; i++)
        {
            double[] values = _orders[1][i] = new double[_model.CountOf(1)];
            double time = Start + Length * ChebyshevPanel.Points[i];
            for (int degree = 1; degree <= _model.DegreeOf(1); degree++)
            {
                Range range = basis.Start(degree)..basis.Start(degree + 1);
                TensorPrimitives.Multiply(data[range], Math.Exp((_model.Rate(degree) - scale) * time), values.AsSpan(range));
            }
        }
    }

    private double[][] Integrate(int n, double scale, double[]? initial, double[][] forcing)
    {
        HarmonicBasis basis = _model.Basis;
        var values = new double[Nodes][];
        for (int i = 0; i < Nodes; i++) values[i] = new double[_model.CountOf(n)];
        Span<double> weights = stackalloc double[Nodes * Nodes];
        double integrated = double.NaN;
        for (int degree = 1; degree <= _model.DegreeOf(n); degree++)
        {
            if (!_model.Selection.Allows(n, degree)) continue;
            double rate = _model.Rate(degree) - n * scale;
            Range range = basis.Start(degree)..basis.Start(degree + 1);
            if (rate != integrated) // without noise the rates of all high degrees are equal
                ChebyshevPanel.Duhamel(rate * Length, weights);
            integrated = rate;
            for (int i = 0; i < Nodes; i++)
            {
                Span<double> target = values[i].AsSpan(range);
                if (initial is not null)
                    TensorPrimitives.Multiply(initial.AsSpan(range), Math.Exp(rate * Length * ChebyshevPanel.Points[i]), target);
                for (int j = 0; j < Nodes && i > 0; j++)
                    TensorPrimitives.MultiplyAdd(forcing[j].AsSpan(range), Length * weights[i * Nodes + j], target, target);
            }
        }
        return values;
    }
}
