namespace Meanfield.Spectral;

/// <summary>Modes of a ring block that vanish beyond the orders written last.</summary>
internal sealed unsafe class ModeBuffer
{
    private readonly AlignedBuffer _modes;
    private readonly int _size;

    /// <summary>All modes zero.</summary>
    /// <param name="plan">The transforms the modes are meant for.</param>
    public ModeBuffer(FourierPlan plan)
    {
        _size = plan.Size;
        _modes = new AlignedBuffer(plan.Length);
    }

    /// <summary>[n][16].</summary>
    public Span<double> Modes => _modes.Span;

    /// <summary>Largest order that may not vanish.</summary>
    public int Orders { get; private set; }

    /// <summary>Replaces all modes by those of a block.</summary>
    /// <param name="amplitudes">As in <see cref="RingBlock.SpreadModes"/>.</param>
    /// <param name="stride">Distance between orders.</param>
    /// <param name="orders">Last order.</param>
    /// <param name="factors">Factor of each row.</param>
    /// <param name="block">Block number from the north.</param>
    public void Spread(double* amplitudes, nint stride, int orders, RingFactors factors, int block)
    {
        int row = block * LegendreTable.Lanes;
        RingBlock.SpreadModes(amplitudes, stride, orders, factors.Even + row, factors.Odd + row, _size, _modes.Pointer);
        if (orders < Orders)
        {
            int length = (Orders - orders) * RingBlock.PointLength;
            _modes.Span.Slice((orders + 1) * RingBlock.PointLength, length).Clear();
            _modes.Span.Slice((_size - Orders) * RingBlock.PointLength, length).Clear();
        }
        Orders = orders;
    }
}
