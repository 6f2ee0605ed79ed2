namespace Meanfield.Spectral;

/// <summary>
/// Between amplitudes along the latitudes and values on the grid, block of rows by block of rows so that a block stays in cache.
/// </summary>
internal sealed unsafe class RingStage
{
    private readonly SphereGrid _grid;
    private readonly LegendreTable _table;
    private readonly FourierPlan _plan;
    private readonly AlignedBuffer _modes;
    private readonly AlignedBuffer _points;
    private readonly AlignedBuffer _work;

    /// <summary>Prepares the transforms along the rows of a grid.</summary>
    public RingStage(SphereGrid grid, LegendreTable table, IFourierEngine engine)
    {
        _grid = grid;
        _table = table;
        _plan = engine.CreatePlan(grid.Longitudes, LegendreTable.Lanes);
        _modes = new AlignedBuffer(_plan.Length);
        _points = new AlignedBuffer(_plan.Length);
        _work = new AlignedBuffer(_plan.Length);
    }

    /// <summary>Transforms along the rows, eight at a time.</summary>
    public FourierPlan Plan => _plan;

    /// <summary>f(θ, φ_j) = Σ_m c_m(θ) e^(imφ_j) times the factor, for one of several fields.</summary>
    /// <param name="amplitudes">Orders 0 … <paramref name="orders"/> in the blocks they reach.</param>
    /// <param name="field">Which field.</param>
    /// <param name="fields">Out of how many.</param>
    /// <param name="orders">Last order present.</param>
    /// <param name="factors">Factor of each row.</param>
    /// <param name="values">[n_lat][n_lon].</param>
    public void Synthesize(
        MeridionalAmplitudes amplitudes, int field, int fields, int orders, RingFactors factors, Span<double> values)
    {
        int size = _grid.Longitudes;
        _modes.Span.Clear(); // blocks nearer the equator hold more orders: the gap between ±orders only shrinks
        fixed (double* target = values)
        {
            for (int block = 0; block < _table.Blocks; block++)
            {
                int row = block * LegendreTable.Lanes;
                RingBlock.SpreadModes(
                    amplitudes.At(0, block, fields) + field * MeridionalAmplitudes.Chunk, amplitudes.OrderStride(fields),
                    Math.Min(orders, _table.Reach(block)), factors.Even + row, factors.Odd + row, size, _modes.Pointer);
                _plan.Backward(_modes.Span, _points.Span, _work.Span);
                RingBlock.StoreRows(_points.Pointer, block, _grid.Latitudes, size, target);
            }
        }
    }

    /// <summary>The transpose: c_m(θ) = factor · Σ_j f(θ, φ_j) e^(−imφ_j), parity by parity, for all orders.</summary>
    /// <param name="values">[n_lat][n_lon].</param>
    /// <param name="factors">Half the weight of each row.</param>
    /// <param name="field">Which field.</param>
    /// <param name="fields">Out of how many.</param>
    /// <param name="amplitudes">Receives the orders in the blocks they reach.</param>
    public void Analyze(ReadOnlySpan<double> values, RingFactors factors, int field, int fields, MeridionalAmplitudes amplitudes)
    {
        int size = _grid.Longitudes;
        fixed (double* source = values)
        {
            for (int block = 0; block < _table.Blocks; block++)
            {
                int row = block * LegendreTable.Lanes;
                RingBlock.LoadRows(source, block, _grid.Latitudes, size, _points.Pointer);
                _plan.Forward(_points.Span, _modes.Span, _work.Span);
                RingBlock.CollectModes(
                    _modes.Pointer, size, factors.Even + row, factors.Odd + row, _table.Reach(block),
                    amplitudes.At(0, block, fields) + field * MeridionalAmplitudes.Chunk, amplitudes.OrderStride(fields));
            }
        }
    }
}
