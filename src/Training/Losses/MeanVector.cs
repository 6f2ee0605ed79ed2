using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>The mean m = ∫x dμ in terms of the coefficients of degree 1: m_i = a_(1,i)/√d (d ≥ 4: the last coordinate only).</summary>
public sealed class MeanVector
{
    private readonly double _scale;
    private readonly int[] _index;

    /// <summary>For densities on S^(d−1).</summary>
    public MeanVector(int dimension)
    {
        var basis = new HarmonicBasis(dimension, 1);
        _scale = 1 / Math.Sqrt(dimension);
        _index = dimension switch
        {
            2 => [basis.IndexOf(1, 1), basis.IndexOf(1, -1)],
            3 => [basis.IndexOf(1, 1), basis.IndexOf(1, -1), basis.IndexOf(1, 0)],
            _ => [basis.IndexOf(1, 0)],
        };
    }

    /// <summary>Coordinates held: d for d ≤ 3, 1 above.</summary>
    public int Count => _index.Length;

    /// <summary>m_i.</summary>
    public double Read(ReadOnlySpan<double> coefficients, int coordinate) => _scale * coefficients[_index[coordinate]];

    /// <summary>Adds the derivative of slope·m_i by the coefficients.</summary>
    public void Add(int coordinate, double slope, Span<double> gradient) => gradient[_index[coordinate]] += _scale * slope;

    /// <summary>⟨w, m⟩.</summary>
    public double Dot(ReadOnlySpan<double> coefficients, IReadOnlyList<double> vector)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++) sum += vector[i] * Read(coefficients, i);
        return sum;
    }
}
