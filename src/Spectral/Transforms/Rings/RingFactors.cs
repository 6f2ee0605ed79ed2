namespace Meanfield.Spectral;

/// <summary>
/// Factors [block][8 latitudes] between amplitudes and rings: a northern row is even·Even + odd·Odd and its mirror row
/// even·Even − odd·Odd in synthesis; analysis multiplies the sum of the two rows by Even and their difference by Odd.
/// </summary>
internal sealed unsafe class RingFactors
{
    private readonly AlignedBuffer _even;
    private readonly AlignedBuffer _odd;

    /// <summary>Even = g(row), Odd = g(row) cos θ; lanes without a row hold zeros.</summary>
    public RingFactors(SphereGrid grid, Func<int, double> factor)
    {
        int rows = (grid.Latitudes + 1) / 2;
        int lanes = (rows + LegendreTable.Lanes - 1) / LegendreTable.Lanes * LegendreTable.Lanes;
        _even = new AlignedBuffer(lanes);
        _odd = new AlignedBuffer(lanes);
        for (int i = 0; i < rows; i++)
        {
            _even.Pointer[i] = factor(i);
            _odd.Pointer[i] = factor(i) * grid.Cosines[i];
        }
    }

    /// <summary>g.</summary>
    public double* Even => _even.Pointer;

    /// <summary>g cos θ.</summary>
    public double* Odd => _odd.Pointer;
}
