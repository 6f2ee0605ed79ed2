using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Layers;

/// <summary>Products of tokens in panels against sums written out.</summary>
public unsafe class PanelProductsTests
{
    [Theory]
    [InlineData(2, 5)]
    [InlineData(129, 150)]
    [InlineData(300, 33)]
    public void Tiles_hold_the_cosines_of_all_pairs(int dimension, int tokens)
    {
        double[] x = LayerCloud.Gaussian(tokens * dimension, 3);
        TokenPanels panels = Panels(dimension, x);
        var tile = new AlignedBuffer(PairTiles.Size * PairTiles.Size);
        int found = 0;
        for (int t = 0; t < PairTiles.Count(tokens); t++)
        {
            (int row, int column) = PairTiles.Place(t);
            Assert.True(row <= column && column < PairTiles.Sides(tokens));
            PairTiles.Fill(panels, row, column, tile.Pointer);
            for (int r = 0; r < PairTiles.Tokens(row, tokens); r++)
            {
                for (int c = 0; c < PairTiles.Tokens(column, tokens); c++)
                {
                    double expected = 0;
                    int i = row * PairTiles.Size + r, j = column * PairTiles.Size + c;
                    for (int k = 0; k < dimension; k++) expected += x[i * dimension + k] * x[j * dimension + k];
                    Assert.Equal(expected, tile.Span[r * PairTiles.Size + c], 1e-11);
                    Assert.Equal(expected, panels.Cosine(i, j), 1e-11);
                    if (i < j) found++;
                }
            }
        }
        Assert.Equal(tokens * (tokens - 1) / 2, found);
    }

    [Fact]
    public void Outer_products_add_up()
    {
        const int Depth = 37;
        double[] numbers = LayerCloud.Gaussian(16 * Depth + 256, 5);
        AlignedBuffer x = new(16 * Depth), y = new(256), sum = new(16 * Depth);
        numbers.AsSpan(0, 16 * Depth).CopyTo(x.Span);
        numbers.AsSpan(16 * Depth).CopyTo(y.Span);
        sum.Span.Fill(1);
        PanelProducts.AddOuter(x.Pointer, y.Pointer, Depth, sum.Pointer);
        for (int k = 0; k < Depth; k++)
            for (int c = 0; c < 16; c++) Assert.Equal(1 + Enumerable.Range(0, 16).Sum(t => x.Span[k * 16 + t] * y.Span[t * 16 + c]), sum.Span[k * 16 + c], 1e-12);
    }

    [Fact]
    public void A_tile_is_filled_without_allocation()
    {
        TokenPanels panels = Panels(50, LayerCloud.Gaussian(50 * 200, 1));
        var tile = new AlignedBuffer(PairTiles.Size * PairTiles.Size);
        PairTiles.Fill(panels, 0, 1, tile.Pointer);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PairTiles.Fill(panels, 0, 1, tile.Pointer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static TokenPanels Panels(int dimension, double[] rows)
    {
        var panels = new TokenPanels(dimension, rows.Length / dimension);
        panels.Clear(rows.Length / dimension);
        for (int i = 0; i < panels.Count; i++) panels.Set(i, rows.AsSpan(i * dimension, dimension), 1 + i % 3);
        return panels;
    }
}
