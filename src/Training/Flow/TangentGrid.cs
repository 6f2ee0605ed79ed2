using Meanfield.Spectral;

namespace Meanfield.Training;

/// <summary>Cartesian coordinates of a transform's grid points and of their tangent frames.</summary>
/// <remarks>Frame e_c(x): (∂_θ x) on the circle; e_θ and e_φ on the sphere; for zonal fields the last coordinate of e_θ, −sin θ.</remarks>
public sealed class TangentGrid
{
    private readonly double[][] _coordinates; // [coordinate][point]
    private readonly double[][][] _frames; // [component][row][point]

    /// <summary>Takes the grid of a transform.</summary>
    /// <param name="transform">Of the circle, the sphere or of zonal fields.</param>
    /// <param name="dimension">d.</param>
    public TangentGrid(HarmonicTransform transform, int dimension)
    {
        int points = transform.GridSize, rows = Feature.Coordinates(dimension);
        _coordinates = Fields(rows, points);
        _frames = [.. Enumerable.Range(0, transform.TangentComponents).Select(_ => Fields(rows, points))];
        for (int i = 0; i < points; i++)
        {
            switch (transform)
            {
                case CircleTransform circle:
                    (double cosine, double sine) = circle.Grid.PointAt(i);
                    Set(_coordinates, i, cosine, sine);
                    Set(_frames[0], i, -sine, cosine);
                    break;
                case SphereTransform sphere:
                    (double x, double y, double z) = sphere.Grid.PointAt(i);
                    double radius = Math.Sqrt(x * x + y * y);
                    Set(_coordinates, i, x, y, z);
                    Set(_frames[0], i, z * x / radius, z * y / radius, -radius);
                    Set(_frames[1], i, -y / radius, x / radius, 0);
                    break;
                case ZonalTransform zonal:
                    double t = zonal.Cosines[i];
                    Set(_coordinates, i, t);
                    Set(_frames[0], i, -Math.Sqrt((1 - t) * (1 + t)));
                    break;
            }
        }
        Points = points;
    }

    /// <summary>Number of points.</summary>
    public int Points { get; }

    /// <summary>Number of coordinates, and rows of a frame: d for d ≤ 3, 1 above.</summary>
    public int Rows => _coordinates.Length;

    /// <summary>Tangent components: 2 on the sphere, else 1.</summary>
    public int Components => _frames.Length;

    /// <summary>One coordinate [Points] of all points.</summary>
    public ReadOnlySpan<double> Coordinate(int row) => _coordinates[row];

    /// <summary>One coordinate [Points] of the tangent vectors e_c.</summary>
    public ReadOnlySpan<double> Frame(int component, int row) => _frames[component][row];

    /// <summary>Writes the coordinates of one point.</summary>
    public void Point(int index, Span<double> point)
    {
        for (int k = 0; k < Rows; k++) point[k] = _coordinates[k][index];
    }

    private static double[][] Fields(int rows, int points) => [.. Enumerable.Range(0, rows).Select(_ => new double[points])];

    private static void Set(double[][] fields, int point, params ReadOnlySpan<double> values)
    {
        for (int k = 0; k < values.Length; k++) fields[k][point] = values[k];
    }
}
