namespace Meanfield.Spectral;

/// <summary>Scratch for one group of orders at a time; groups are independent, so each thread takes its own.</summary>
internal sealed unsafe class OrderWorkspace
{
    private readonly AlignedBuffer _line;
    private readonly AlignedBuffer _colatitude;
    private readonly AlignedBuffer _longitude;
    private readonly AlignedBuffer _packed;
    private readonly AlignedBuffer _state;
    private readonly AlignedBuffer _sums;

    /// <summary>Room for up to two fields of degree ≤ bandlimit + 1.</summary>
    public OrderWorkspace(LegendreTable table)
    {
        int pairs = LegendreTable.Pairs(0, table.Bandlimit + 1);
        int line = 2 * (2 * pairs + PairMixing.Slack);
        LineStride = line + 4; // lines of a group do not fall into one cache set
        _line = new AlignedBuffer((long)OrderLine.Group * LineStride);
        _colatitude = new AlignedBuffer(line);
        _longitude = new AlignedBuffer(line);
        _packed = new AlignedBuffer(8 * (pairs + LegendreAnalysis.Overrun));
        _state = new AlignedBuffer(16 * table.Blocks);
        _sums = new AlignedBuffer(16 * LegendreTable.Lanes);
    }

    /// <summary>[<see cref="OrderLine.Group"/>][ℓ − m][re, im] coefficients of a scalar.</summary>
    public double* Lines => _line.Pointer;

    /// <summary>Distance between lines.</summary>
    public int LineStride { get; }

    /// <summary>[ℓ − m][re, im] coefficients of a colatitude part.</summary>
    public double* Colatitude => _colatitude.Pointer;

    /// <summary>[ℓ − m][re, im] coefficients of a longitude part.</summary>
    public double* Longitude => _longitude.Pointer;

    /// <summary>Coefficients mixed for the recurrence.</summary>
    public double* Packed => _packed.Pointer;

    /// <summary>Values of the recurrence between passes of an analysis.</summary>
    public double* State => _state.Pointer;

    /// <summary>Accumulators of an analysis, lane by lane.</summary>
    public double* Sums => _sums.Pointer;
}
