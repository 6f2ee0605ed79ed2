namespace Meanfield.IO;

/// <summary>Fixed points and cells that carry the fields of every time step.</summary>
public abstract class FieldMesh
{
    private protected FieldMesh(float[] points, PolyDataCells cells)
    {
        Points = points;
        Cells = cells;
    }

    /// <summary>[3·PointCount] Cartesian coordinates, point after point.</summary>
    public float[] Points { get; }

    /// <summary>Point indices of the cells, cell after cell; all cells have the same number of points.</summary>
    public long[] Connectivity => Cells.Connectivity;

    /// <summary>Number of cells.</summary>
    public int CellCount => Cells.Count;

    /// <summary>Number of points.</summary>
    public int PointCount => Points.Length / 3;

    /// <summary>Points per cell.</summary>
    public int CellSize => Cells.Size;

    /// <summary>The cells, as files hold them.</summary>
    internal PolyDataCells Cells { get; }
}
