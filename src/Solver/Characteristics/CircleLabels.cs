using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Labels θ ∈ [0, 2π] of a density on the circle: dμ = ρ(θ) dθ/2π.</summary>
internal sealed class CircleLabels : LabelSpace
{
    private readonly double[] _coefficients;
    private readonly CircularHarmonics _harmonics;
    private readonly double[] _values;

    /// <summary>Takes a density.</summary>
    public CircleLabels(HarmonicBasis basis, ReadOnlySpan<double> coefficients)
        : base(basis)
    {
        _coefficients = coefficients.ToArray();
        _harmonics = new CircularHarmonics(basis.Bandlimit);
        _values = new double[basis.Count];
    }

    /// <inheritdoc/>
    public override int Axes => 1;

    /// <inheritdoc/>
    public override int Coordinates => 2;

    /// <inheritdoc/>
    public override LabelBox Whole => new(0, Math.Tau);

    /// <inheritdoc/>
    public override void Fill(LabelBox box, PanelRule rule, Span<double> mass, Span<double> positions)
    {
        for (int i = 0; i < rule.Order; i++)
        {
            (double sine, double cosine) = Math.SinCos(box.At(0, rule.Nodes[i]));
            (positions[i], positions[rule.Order + i]) = (cosine, sine);
            _harmonics.Evaluate(cosine, sine, _values);
            mass[i] = TensorPrimitives.Dot<double>(_coefficients, _values) / Math.Tau;
        }
    }

    /// <inheritdoc/>
    public override double SurfaceMeasure(ReadOnlySpan<double> position) => 1 / Math.Tau;
}
