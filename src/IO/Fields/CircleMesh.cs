namespace Meanfield.IO;

/// <summary>The circle as one closed polyline through equally spaced points (cos θⱼ, sin θⱼ, 0), θⱼ = 2πj / n.</summary>
public sealed class CircleMesh : FieldMesh
{
    /// <summary>Creates the ring.</summary>
    /// <param name="points">Number of points, at least 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 3 points.</exception>
    public CircleMesh(int points)
        : base(
            PlacePoints(points),
            new PolyDataCells("circle", "Lines", "Polyline", [.. Enumerable.Range(0, points).Select(i => (long)i), 0], 1))
    {
    }

    private static float[] PlacePoints(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 3);
        float[] points = new float[3 * count];
        for (int j = 0; j < count; j++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * j / count);
            points[3 * j] = (float)cosine;
            points[3 * j + 1] = (float)sine;
        }

        return points;
    }
}
