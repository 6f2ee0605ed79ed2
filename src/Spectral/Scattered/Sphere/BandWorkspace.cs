namespace Meanfield.Spectral;

/// <summary>Scratch of one thread for the passage between coefficients and the polynomials or moments of a band's cells.</summary>
internal sealed class BandWorkspace
{
    /// <summary>Allocates for the largest band.</summary>
    public BandWorkspace(SphereCells cells)
    {
        int orders = cells.Basis.Bandlimit + 1, longest = cells.Bands.Max(band => band.Cells);
        X = new AlignedBuffer((orders + 2L) * cells.Stride);
        Y = new AlignedBuffer((orders + 2L) * cells.Stride);
        Amplitudes = new AlignedBuffer(8L * SphereBand.Row * orders);
        Rows = new AlignedBuffer(2 * SphereBand.Row * SphereBand.Row);
        Sums = new AlignedBuffer(2 * 8 * SphereBand.Row);
        Cells = new AlignedBuffer((long)longest * cells.Stride);
    }

    /// <summary>[order][stride] cosine amplitudes.</summary>
    public AlignedBuffer X { get; }

    /// <summary>[order][stride] sine amplitudes.</summary>
    public AlignedBuffer Y { get; }

    /// <summary>[order][parity of ℓ − m][field][cosine, sine][a].</summary>
    public AlignedBuffer Amplitudes { get; }

    /// <summary>[2][α][β] rows of one order.</summary>
    public AlignedBuffer Rows { get; }

    /// <summary>[2][a][8] sums before the lanes are added.</summary>
    public AlignedBuffer Sums { get; }

    /// <summary>[j][stride] moments of one band.</summary>
    public AlignedBuffer Cells { get; }
}
