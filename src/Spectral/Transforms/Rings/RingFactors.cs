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
    private RingFactors(SphereGrid grid, Func<int, double> factor)
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

    /// <summary>g = 1.</summary>
    public static RingFactors Plain(SphereGrid grid) => new(grid, _ => 1);

    /// <summary>g = 1/sin θ.</summary>
    public static RingFactors OverSine(SphereGrid grid) => new(grid, i => 1 / grid.Sines[i]);

    /// <summary>g = w/(2 n_lon), half the weight of a point.</summary>
    public static RingFactors Weight(SphereGrid grid) => new(grid, i => HalfWeight(grid, i));

    /// <summary>g = w/(2 n_lon sin θ).</summary>
    /// <param name="grid">Rows.</param>
    /// <param name="equatorTwice">Whether both hemispheres of a block hold the equator, which then counts half.</param>
    public static RingFactors WeightOverSine(SphereGrid grid, bool equatorTwice)
    {
        int equator = equatorTwice && grid.Latitudes % 2 == 1 ? grid.Latitudes / 2 : -1;
        return new RingFactors(grid, i => (i == equator ? 0.5 : 1) * HalfWeight(grid, i) / grid.Sines[i]);
    }

    /// <summary>g.</summary>
    public double* Even => _even.Pointer;

    /// <summary>g cos θ.</summary>
    public double* Odd => _odd.Pointer;

    private static double HalfWeight(SphereGrid grid, int row) => grid.RowWeights[row] / (2 * grid.Longitudes);
}
