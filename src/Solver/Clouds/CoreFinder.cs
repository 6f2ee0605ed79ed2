using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>Finds the representative nearest to a token, among those within an angle: cells of that size on the first coordinates.</summary>
internal sealed class CoreFinder
{
    private const int Axes = 3; // coordinates that make up a cell

    private readonly Dictionary<long, List<int>> _cells = [];
    private readonly double[] _points;
    private readonly int _dimension;
    private readonly int _axes;
    private readonly double _cosine;
    private readonly double _scale;

    /// <summary>Sorts representatives into the cells around them.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="points">[R·d], one after another.</param>
    /// <param name="angle">δ.</param>
    public CoreFinder(int dimension, double[] points, double angle)
    {
        _dimension = dimension;
        _axes = Math.Min(dimension, Axes);
        _points = points;
        _cosine = Math.Cos(angle);
        _scale = 1 / Math.Max(angle, 1e-6);
        for (int r = 0; r * dimension < points.Length; r++)
        {
            for (int shift = 0; shift < 27; shift++) // a neighbour within δ lies in this cell or one beside it
            {
                if (_axes == 2 && shift >= 9) break;
                long key = KeyOf(points.AsSpan(r * dimension, dimension), shift);
                if (!_cells.TryGetValue(key, out List<int>? cell)) _cells.Add(key, cell = []);
                cell.Add(r);
            }
        }
    }

    /// <summary>Index of the nearest representative within δ (the smallest index if several are as near), or −1.</summary>
    public int Nearest(ReadOnlySpan<double> token)
    {
        int nearest = -1;
        if (!_cells.TryGetValue(KeyOf(token, 13 - (_axes == 2 ? 9 : 0)), out List<int>? cell)) return nearest;
        double best = _cosine;
        foreach (int r in cell)
        {
            double dot = _dimension > 8 ? TensorPrimitives.Dot(token, _points.AsSpan(r * _dimension, _dimension)) : Short(token, r * _dimension);
            if (dot < best || (dot == best && nearest >= 0)) continue;
            (best, nearest) = (dot, r);
        }
        return nearest;
    }

    private double Short(ReadOnlySpan<double> token, int at)
    {
        double dot = 0;
        for (int k = 0; k < token.Length; k++) dot += token[k] * _points[at + k];
        return dot;
    }

    // shift counts −1, 0, 1 along each axis in base 3: 13 (or 4 of two axes) stays
    private long KeyOf(ReadOnlySpan<double> token, int shift)
    {
        long key = 0;
        for (int k = 0; k < _axes; k++)
        {
            key = (key << 21) + (long)Math.Floor((token[k] + 1) * _scale) + shift % 3;
            shift /= 3;
        }
        return key;
    }
}
