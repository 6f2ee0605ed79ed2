namespace Meanfield.IO;

/// <summary>The closed triangle mesh of a colatitude × longitude grid on the sphere with both poles, oriented outward.</summary>
/// <remarks>
/// Point i·<see cref="Longitudes"/> + j lies at (sin θᵢ cos φⱼ, sin θᵢ sin φⱼ, cos θᵢ), φⱼ = 2πj / <see cref="Longitudes"/>;
/// then come the north pole and the south pole. Fields are evaluated at the poles like anywhere else.
/// </remarks>
public sealed class SphereMesh : FieldMesh
{
    /// <summary>Creates the mesh.</summary>
    /// <param name="cosColatitudes">cos θ of the rows, from north to south, without the poles.</param>
    /// <param name="longitudes">Points on each row, at least 3.</param>
    /// <exception cref="ArgumentException">Rows out of order or not between the poles, or fewer than 3 longitudes.</exception>
    public SphereMesh(ReadOnlySpan<double> cosColatitudes, int longitudes)
        : base(
            PlacePoints(cosColatitudes, longitudes),
            new PolyDataCells(
                "sphere",
                "Polygons",
                "Triangle",
                Triangulate(cosColatitudes.Length, longitudes),
                2 * cosColatitudes.Length * longitudes))
    {
        Rows = cosColatitudes.Length;
        Longitudes = longitudes;
    }

    /// <summary>Rows of constant colatitude.</summary>
    public int Rows { get; }

    /// <summary>Points on each row.</summary>
    public int Longitudes { get; }

    /// <summary>Index of the north pole.</summary>
    public int NorthPole => Rows * Longitudes;

    /// <summary>Index of the south pole.</summary>
    public int SouthPole => NorthPole + 1;

    private static float[] PlacePoints(ReadOnlySpan<double> cosColatitudes, int longitudes)
    {
        RequireRows(cosColatitudes);
        ArgumentOutOfRangeException.ThrowIfLessThan(longitudes, 3);
        int rows = cosColatitudes.Length;
        float[] points = new float[checked(3 * (rows * longitudes + 2))];
        for (int i = 0; i < rows; i++)
        {
            double sine = Math.Sqrt((1 - cosColatitudes[i]) * (1 + cosColatitudes[i]));
            for (int j = 0; j < longitudes; j++)
            {
                (double sinPhi, double cosPhi) = Math.SinCos(2 * Math.PI * j / longitudes);
                int k = 3 * (i * longitudes + j);
                points[k] = (float)(sine * cosPhi);
                points[k + 1] = (float)(sine * sinPhi);
                points[k + 2] = (float)cosColatitudes[i];
            }
        }

        points[^4] = 1;
        points[^1] = -1;
        return points;
    }

    private static void RequireRows(ReadOnlySpan<double> cosColatitudes)
    {
        if (cosColatitudes.IsEmpty)
            throw new ArgumentException("a sphere mesh needs at least one row of points", nameof(cosColatitudes));
        double above = 1;
        foreach (double cosine in cosColatitudes)
        {
            if (!(cosine < above && cosine > -1))
            {
                throw new ArgumentException(
                    $"cos θ = {cosine} is out of order: rows run from north to south strictly between the poles",
                    nameof(cosColatitudes));
            }

            above = cosine;
        }
    }

    private static long[] Triangulate(int rows, int longitudes)
    {
        long north = rows * longitudes;
        long south = north + 1;
        long[] connectivity = new long[checked(6 * rows * longitudes)];
        int next = 0;
        for (int j = 0; j < longitudes; j++)
            Add(north, Point(0, j), Point(0, j + 1));
        for (int i = 0; i + 1 < rows; i++)
        {
            for (int j = 0; j < longitudes; j++)
            {
                Add(Point(i, j), Point(i + 1, j), Point(i + 1, j + 1));
                Add(Point(i, j), Point(i + 1, j + 1), Point(i, j + 1));
            }
        }

        for (int j = 0; j < longitudes; j++)
            Add(south, Point(rows - 1, j + 1), Point(rows - 1, j));
        return connectivity;

        long Point(int row, int column) => row * longitudes + column % longitudes;

        void Add(long a, long b, long c)
        {
            connectivity[next++] = a;
            connectivity[next++] = b;
            connectivity[next++] = c;
        }
    }
}
