namespace Meanfield.Solver;

/// <summary>How finely labels are resolved.</summary>
/// <param name="Degree">Largest degree whose moments must be exact: that of the kernel or of the output, whichever is larger.</param>
/// <param name="Tolerance">Relative error of those moments allowed to a panel.</param>
/// <param name="MostNodes">Nodes that may not be exceeded.</param>
public sealed record MeshSettings(int Degree, double Tolerance, int MostNodes)
{
    /// <summary>Nodes of a panel on the circle and for zonal data.</summary>
    public const int LineOrder = 16;

    /// <summary>Nodes along each side of a panel on the sphere.</summary>
    public const int SquareOrder = 8;

    /// <summary>Nodes of a panel along each of its axes.</summary>
    /// <param name="axes">1 or 2.</param>
    public static int OrderFor(int axes) => axes == 1 ? LineOrder : SquareOrder;
}
