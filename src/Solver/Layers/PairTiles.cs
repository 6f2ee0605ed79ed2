namespace Meanfield.Solver;

/// <summary>The cosines between all tokens, tile by tile: 128 tokens by 128 tokens, the upper half of the Gram matrix.</summary>
internal static unsafe class PairTiles
{
    /// <summary>Tokens on each side of a tile.</summary>
    public const int Size = 128;

    /// <summary>Tiles on each side of the Gram matrix of some tokens.</summary>
    public static int Sides(int tokens) => (tokens + Size - 1) / Size;

    /// <summary>Tiles (row, column) with row ≤ column.</summary>
    public static int Count(int tokens) => Sides(tokens) * (Sides(tokens) + 1) / 2;

    /// <summary>Row and column of tile number <paramref name="tile"/>; columns run slowest, so the numbers do not depend on how many there are.</summary>
    public static (int Row, int Column) Place(int tile)
    {
        int column = (int)((Math.Sqrt(8.0 * tile + 1) - 1) / 2);
        while ((column + 1) * (column + 2) / 2 <= tile) column++;
        while (column * (column + 1) / 2 > tile) column--;
        return (tile - column * (column + 1) / 2, column);
    }

    /// <summary>Tokens in a row or column of tiles.</summary>
    public static int Tokens(int side, int tokens) => Math.Min(Size, tokens - side * Size);

    /// <summary>The cosines of one tile.</summary>
    /// <param name="panels">The tokens.</param>
    /// <param name="row">Row of tiles.</param>
    /// <param name="column">Column of tiles.</param>
    /// <param name="cosines">[128, 128] receives them; zero beyond the last token.</param>
    public static void Fill(TokenPanels panels, int row, int column, double* cosines)
    {
        const int PanelsPerTile = Size / TokenPanels.Width;
        new Span<double>(cosines, Size * Size).Clear();
        int rows = Math.Min(PanelsPerTile, panels.Panels - row * PanelsPerTile), columns = Math.Min(PanelsPerTile, panels.Panels - column * PanelsPerTile);
        PanelProducts.Multiply(
            panels.Panel(row * PanelsPerTile), rows, panels.Panel(column * PanelsPerTile), columns, panels.Dimension, cosines, Size);
    }
}
