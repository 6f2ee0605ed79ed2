namespace Meanfield.IO;

/// <summary>Fixed points and cells that carry the fields of every time step.</summary>
public abstract class FieldMesh
{
    private protected FieldMesh(float[] points, long[] connectivity, int cellCount)
    {
        Points = points;
        Connectivity = connectivity;
        CellCount = cellCount;
    }

    /// <summary>[3·PointCount] Cartesian coordinates, point after point.</summary>
    public float[] Points { get; }

    /// <summary>Point indices of the cells, cell after cell; all cells have the same number of points.</summary>
    public long[] Connectivity { get; }

    /// <summary>Number of cells.</summary>
    public int CellCount { get; }

    /// <summary>Number of points.</summary>
    public int PointCount => Points.Length / 3;

    /// <summary>Points per cell.</summary>
    public int CellSize => Connectivity.Length / CellCount;

    /// <summary>Name of the grid in XDMF.</summary>
    internal abstract string Name { get; }

    /// <summary>The VTK PolyData group of the cells.</summary>
    internal abstract string CellGroup { get; }

    /// <summary>The XDMF topology of the cells.</summary>
    internal abstract string Topology { get; }
}
