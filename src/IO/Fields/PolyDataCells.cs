namespace Meanfield.IO;

/// <summary>The cells of a grid, the same at every time; all have the same number of points.</summary>
/// <param name="GridName">Name of the grid in XDMF.</param>
/// <param name="Group">The VTK PolyData group of the cells.</param>
/// <param name="Topology">The XDMF topology of the cells.</param>
/// <param name="Connectivity">[Count·Size] point indices, cell after cell.</param>
/// <param name="Count">Number of cells.</param>
internal sealed record PolyDataCells(string GridName, string Group, string Topology, long[] Connectivity, int Count)
{
    /// <summary>Points per cell.</summary>
    internal int Size => Connectivity.Length / Count;
}
