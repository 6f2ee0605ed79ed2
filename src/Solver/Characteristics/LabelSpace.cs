using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// Labels of the tokens of a density ρ: coordinates on the sphere at the start, with the mass that ρ puts on each piece of them.
/// </summary>
public abstract class LabelSpace
{
    /// <summary>Fixes the density.</summary>
    /// <param name="basis">The harmonics of its coefficients.</param>
    protected LabelSpace(HarmonicBasis basis) => Basis = basis;

    /// <summary>Harmonics of the density.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>Number of label coordinates: 1 on the circle and for zonal data, 2 on the sphere.</summary>
    public abstract int Axes { get; }

    /// <summary>Coordinates of a position: 2 on the circle and in the meridian plane of zonal data, 3 on the sphere.</summary>
    public abstract int Coordinates { get; }

    /// <summary>All labels.</summary>
    public abstract LabelBox Whole { get; }

    /// <summary>The labels of a density given by its coefficients.</summary>
    /// <param name="basis">d ≥ 2 and the bandlimit.</param>
    /// <param name="coefficients">[basis.Count] ∫Y dμ.</param>
    public static LabelSpace Create(HarmonicBasis basis, ReadOnlySpan<double> coefficients) => basis.Dimension switch
    {
        2 => new CircleLabels(basis, coefficients),
        3 => new SphereLabels(basis, coefficients),
        _ => new MeridianLabels(basis, coefficients),
    };

    /// <summary>Mass per unit of label and position at the nodes of a box.</summary>
    /// <param name="box">The box.</param>
    /// <param name="rule">Nodes on each axis; on two axes the second runs fastest.</param>
    /// <param name="mass">[p] or [p²] receives dμ/d(label).</param>
    /// <param name="positions">[Coordinates·p] or [Coordinates·p²] receives the positions, coordinate after coordinate.</param>
    public abstract void Fill(LabelBox box, PanelRule rule, Span<double> mass, Span<double> positions);

    /// <summary>dσ per unit of length (area) at a position: the factor from ds to the normalized uniform measure.</summary>
    /// <param name="position">[Coordinates] a point.</param>
    public abstract double SurfaceMeasure(ReadOnlySpan<double> position);
}
