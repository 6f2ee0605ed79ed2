using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>The nonlinear terms of the flow order by order at one instant, from the fields of the orders already known.</summary>
/// <remarks>
/// With η = ρ − 1 = Σ ε^n η_n, Ψ = Σ ε^n Ψ_n (Ψ_n = Σ m_ℓ a^(n) Y) and flux (G)∇Ψ, G = (1+η)/D − 1, D = 1 or 1 + βΨ (softmax):
/// <code>
///   USA: G_n = η_n
///   SA:  D·G = η − βΨ as power series:  G_n = η_n − βΨ_n − β Σ_{m=1}^{n−1} Ψ_m G_{n−m}
///   N_A^(n) = ∫ F_n·∇Y_A dσ,   F_n = Σ_{m=1}^{n−1} G_m ∇Ψ_{n−m}
/// </code>
/// so order n needs orders below n only. The division is exact: no remainder of ∇Z/Z is left. Source: THEORY 3.3, A1.
/// </remarks>
internal sealed class OrderFields
{
    private readonly SeriesModel _model;
    private readonly double[][] _weights;    // G_n at the points
    private readonly double[][] _potentials; // Ψ_n, softmax only
    private readonly double[][] _gradients;  // ∇Ψ_n, component after component
    private readonly double[] _coefficients;
    private readonly double[] _flux;

    /// <summary>Reserves the fields of orders 1 … M − 1.</summary>
    public OrderFields(SeriesModel model)
    {
        _model = model;
        int points = model.Transform.GridSize, vector = points * model.Transform.TangentComponents;
        bool softmax = model.Attention.Normalization == Normalization.Softmax;
        _weights = Fields(points);
        _potentials = softmax ? Fields(points) : [];
        _gradients = Fields(vector);
        _coefficients = new double[model.Basis.Count];
        _flux = new double[vector];

        double[][] Fields(int length) => [.. Enumerable.Range(0, model.Orders).Select(order => order == 0 ? [] : new double[length])]; // the last order multiplies nothing
    }

    /// <summary>Takes the coefficients of order n; all orders below must have been taken.</summary>
    /// <param name="order">1 ≤ n &lt; M.</param>
    /// <param name="coefficients">All degrees that order n has, a prefix of the basis.</param>
    public void Include(int order, ReadOnlySpan<double> coefficients)
    {
        HarmonicBasis basis = _model.Basis;
        int degree = _model.DegreeOf(order), smooth = Math.Min(degree, _model.PotentialBandlimit);
        Span<double> potential = _coefficients.AsSpan(0, basis.Start(smooth + 1));
        Span<double> weight = _weights[order];
        for (int l = 1; l <= smooth; l++)
            TensorPrimitives.Multiply(coefficients[basis.Start(l)..basis.Start(l + 1)], _model.Multiplier(l), potential[basis.Start(l)..basis.Start(l + 1)]);
        potential[0] = 0;
        _model.Transform.SynthesizeGradient(potential, _gradients[order]);
        _model.Transform.Synthesize(coefficients, weight);
        if (_potentials.Length == 0) return;
        double beta = _model.Attention.Beta;
        _model.Transform.Synthesize(potential, _potentials[order]);
        TensorPrimitives.Multiply(_potentials[order], -beta, _potentials[order]); // −βΨ_n
        TensorPrimitives.Add(weight, _potentials[order], weight);
        for (int m = 1; m < order; m++)
            TensorPrimitives.MultiplyAdd<double>(_potentials[m], _weights[order - m], weight, weight);
    }

    /// <summary>N^(n) for all degrees of the model's transform.</summary>
    /// <param name="order">2 ≤ n ≤ M.</param>
    /// <param name="forcing">[Transform.Basis.Count] receives the forcing, exactly 0 where the selection rule says so.</param>
    public void Force(int order, Span<double> forcing)
    {
        int points = _model.Transform.GridSize;
        _flux.AsSpan().Clear();
        for (int m = 1; m < order; m++)
        {
            for (int start = 0; start < _flux.Length; start += points)
            {
                Span<double> flux = _flux.AsSpan(start, points);
                TensorPrimitives.MultiplyAdd(_weights[m], _gradients[order - m].AsSpan(start, points), flux, flux);
            }
        }
        _model.Transform.AnalyzeDivergence(_flux, forcing);
        HarmonicBasis basis = _model.Transform.Basis;
        for (int degree = 1; degree <= basis.Bandlimit; degree++)
        {
            if (!_model.Selection.Allows(order, degree))
                forcing[basis.Start(degree)..basis.Start(degree + 1)].Clear();
        }
    }

    /// <summary>Size of the coefficients of an order that the bandlimit dropped: (Σ_{ℓ&gt;L} N_A²/(nσ − γ_A)²)^½.</summary>
    /// <param name="forcing">From <see cref="Force"/>.</param>
    /// <param name="rate">nσ, the rate at which order n grows.</param>
    public double Dropped(ReadOnlySpan<double> forcing, double rate)
    {
        HarmonicBasis basis = _model.Transform.Basis;
        double sum = 0;
        for (int degree = _model.Basis.Bandlimit + 1; degree <= basis.Bandlimit; degree++)
        {
            double divisor = rate - _model.Rate(degree);
            sum += TensorPrimitives.SumOfSquares(forcing[basis.Start(degree)..basis.Start(degree + 1)]) / (divisor * divisor);
        }
        return Math.Sqrt(sum);
    }
}
