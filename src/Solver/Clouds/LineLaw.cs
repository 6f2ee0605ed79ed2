using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>The law of x·e of a cloud: sorted places and their masses.</summary>
internal sealed class LineLaw(int count)
{
    private const double Together = 2e-15; // masses that end this close end together

    private readonly double[] _places = new double[count];
    private readonly double[] _masses = new double[count];

    /// <summary>Projects a cloud on an axis and sorts.</summary>
    public void Project(in Cloud cloud, ReadOnlySpan<double> axis)
    {
        TensorPrimitives.Multiply(cloud.Coordinate(0), axis[0], _places);
        for (int k = 1; k < axis.Length; k++) TensorPrimitives.MultiplyAdd(cloud.Coordinate(k), axis[k], _places, _places);
        for (int i = 0; i < count; i++) _masses[i] = cloud.MassOf(i);
        if (cloud.Weights.IsEmpty) Array.Sort(_places);
        else Array.Sort(_places, _masses);
    }

    /// <summary>W₂² = ∫(F⁻¹ − G⁻¹)² of two laws on the line.</summary>
    public double SquaredDistance(LineLaw other)
    {
        double sum = 0, mine = _masses[0], theirs = other._masses[0];
        for (int i = 0, j = 0; ;)
        {
            double away = _places[i] - other._places[j], moved = Math.Min(mine, theirs);
            sum += moved * away * away;
            mine -= moved;
            theirs -= moved;
            bool next = mine <= Together, nextOther = theirs <= Together;
            if (next && ++i == _places.Length) return sum;
            if (nextOther && ++j == other._places.Length) return sum;
            if (next) mine += _masses[i];
            if (nextOther) theirs += other._masses[j];
        }
    }
}
