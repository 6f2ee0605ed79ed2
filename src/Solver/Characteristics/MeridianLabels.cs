using MathNet.Numerics;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// Labels θ ∈ [0, π] of a density on S^(d−1) that is zonal about the last axis: dμ = ρ(θ) C sin^(d−2)θ dθ, C = Γ(d/2)/(√π Γ((d−1)/2)).
/// Positions lie in a meridian plane, (sin θ, cos θ).
/// </summary>
internal sealed class MeridianLabels : LabelSpace
{
    private readonly double[] _coefficients;
    private readonly double[] _norms;
    private readonly double _constant;

    /// <summary>Takes a density.</summary>
    public MeridianLabels(HarmonicBasis basis, ReadOnlySpan<double> coefficients)
        : base(basis)
    {
        _coefficients = coefficients.ToArray();
        _norms = new double[basis.Bandlimit + 1];
        for (int degree = 0; degree < _norms.Length; degree++) _norms[degree] = Math.Sqrt(Multiplicity.Of(basis.Dimension, degree));
        double half = 0.5 * basis.Dimension;
        _constant = Math.Exp(SpecialFunctions.GammaLn(half) - SpecialFunctions.GammaLn(half - 0.5)) / Math.Sqrt(Math.PI);
    }

    /// <inheritdoc/>
    public override int Axes => 1;

    /// <inheritdoc/>
    public override int Coordinates => 2;

    /// <inheritdoc/>
    public override LabelBox Whole => new(0, Math.PI);

    /// <inheritdoc/>
    public override void Fill(LabelBox box, PanelRule rule, Span<double> mass, Span<double> positions)
    {
        for (int i = 0; i < rule.Order; i++)
        {
            (double sine, double cosine) = Math.SinCos(box.At(0, rule.Nodes[i]));
            (positions[i], positions[rule.Order + i]) = (sine, cosine);
            mass[i] = Density(cosine) * SurfaceMeasure([sine, cosine]);
        }
    }

    /// <inheritdoc/>
    public override double SurfaceMeasure(ReadOnlySpan<double> position) =>
        _constant * Math.Pow(Math.Max(position[0], 0), Basis.Dimension - 2);

    // ρ(t) = Σ a_ℓ √N(ℓ,d) P_ℓ(t); (ℓ+d−2) P_(ℓ+1) = (2ℓ+d−2) t P_ℓ − ℓ P_(ℓ−1).
    private double Density(double t)
    {
        double sum = _coefficients[0], value = t, below = 1;
        int d = Basis.Dimension;
        for (int degree = 1; degree <= Basis.Bandlimit; degree++)
        {
            sum += _coefficients[degree] * _norms[degree] * value;
            (below, value) = (value, ((2 * degree + d - 2) * t * value - degree * below) / (degree + d - 2));
        }
        return sum;
    }
}
