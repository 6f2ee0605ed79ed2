namespace Meanfield.Spectral;

/// <summary>M equal intervals of an angle, centred at φ_j = 2π(j + ½)/M, and the orders that matter on them.</summary>
internal sealed class CellRing
{
    /// <summary>Divides the circle.</summary>
    /// <param name="cells">M, a multiple of 8.</param>
    /// <param name="orders">Largest order.</param>
    public CellRing(int cells, int orders)
    {
        (Cells, Orders) = (cells, orders);
        Roots = new double[4 * cells];
        for (int k = 0; k < 2 * cells; k++)
            (Roots[2 * k], Roots[2 * k + 1]) = (Math.Cos(Math.PI * k / cells), Math.Sin(Math.PI * k / cells));
    }

    /// <summary>M.</summary>
    public int Cells { get; }

    /// <summary>Largest order.</summary>
    public int Orders { get; }

    /// <summary>cos and sin of πk/M, k = 0 … 2M − 1.</summary>
    public double[] Roots { get; }
}
