namespace Meanfield.Validation;

/// <summary>Corners of the five regular solids on the unit sphere (W13–W15).</summary>
internal static class SolidCorners
{
    /// <summary>Tetrahedron, octahedron, cube, icosahedron, dodecahedron.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tetrahedron", "octahedron", "cube", "icosahedron", "dodecahedron"];

    /// <summary>Corners of a solid, token after token.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">Another name.</exception>
    public static double[][] Of(string name)
    {
        double golden = 0.5 * (1 + Math.Sqrt(5));
        return name switch
        {
            "tetrahedron" => [.. Signs([1, 1, 1]).Where(corner => corner[0] * corner[1] * corner[2] > 0)],
            "octahedron" => [.. Turns([0, 0, 1])],
            "cube" => [.. Signs([1, 1, 1])],
            "icosahedron" => [.. Turns([0, 1, golden])],
            "dodecahedron" => [.. Signs([1, 1, 1]), .. Turns([0, 1 / golden, golden])],
            _ => throw new ArgumentException($"no solid {name}", nameof(name)),
        };
    }

    private static IEnumerable<double[]> Turns(double[] corner) =>
        Enumerable.Range(0, 3).SelectMany(turn => Signs([corner[turn], corner[(turn + 1) % 3], corner[(turn + 2) % 3]]));

    // Every choice of signs, once, on the unit sphere.
    private static IEnumerable<double[]> Signs(double[] corner)
    {
        double norm = Math.Sqrt(corner.Sum(x => x * x));
        return from first in Choices(corner[0]) from second in Choices(corner[1]) from third in Choices(corner[2]) select (double[])[first / norm, second / norm, third / norm];
    }

    private static double[] Choices(double x) => x == 0 ? [0] : [x, -x];
}
