namespace Meanfield.Spectral;

/// <summary>
/// The ring stage of <see cref="SphereFlux"/> for one block at a time: fields to the points, g∇ψ there, flux to the modes, all in
/// the lanes of the block and in cache. One instance per thread.
/// </summary>
internal sealed unsafe class RingFlux
{
    private readonly SphereGrid _grid;
    private readonly LegendreTable _table;
    private readonly FourierPlan _plan;
    private readonly ModeBuffer _wide;
    private readonly ModeBuffer _narrow;
    private readonly AlignedBuffer _density;
    private readonly AlignedBuffer _potential;
    private readonly AlignedBuffer _colatitude;
    private readonly AlignedBuffer _longitude;
    private readonly AlignedBuffer _work;

    /// <summary>Allocates the buffers of one block.</summary>
    public RingFlux(SphereGrid grid, LegendreTable table, FourierPlan plan)
    {
        _grid = grid;
        _table = table;
        _plan = plan;
        _wide = new ModeBuffer(plan);
        _narrow = new ModeBuffer(plan);
        _density = new AlignedBuffer(plan.Length);
        _potential = new AlignedBuffer(plan.Length);
        _colatitude = new AlignedBuffer(plan.Length);
        _longitude = new AlignedBuffer(plan.Length);
        _work = new AlignedBuffer(plan.Length);
    }

    /// <summary>Amplitudes of the flux from those of the fields.</summary>
    /// <param name="block">Block number from the north.</param>
    /// <param name="attention">Chooses the product.</param>
    /// <param name="fields">Factors and amplitudes.</param>
    public void Run(int block, Attention attention, FluxFields fields)
    {
        int reach = _table.Reach(block), wide = Math.Min(fields.DensityDegree, reach);
        int narrow = Math.Min(fields.PotentialDegree, reach);
        ToPoints(_wide, fields.Density, 0, 1, wide, fields.Plain, block, _density);
        ToPoints(_narrow, fields.Gradient, 0, 2, narrow, fields.OverSine, block, _colatitude);
        ToPoints(_narrow, fields.Gradient, 1, 2, narrow, fields.OverSine, block, _longitude);
        if (attention.Normalization == Normalization.Softmax)
            ToPoints(_narrow, fields.Potential, 0, 1, narrow, fields.Plain, block, _potential);
        WeightedGradient.Multiply(
            attention, _plan.Length, _density.Pointer, _potential.Pointer, _colatitude.Pointer, _longitude.Pointer);
        ToModes(_colatitude, fields, 0, reach, block);
        ToModes(_longitude, fields, 1, reach, block);
    }

    private void ToPoints(
        ModeBuffer modes, MeridionalAmplitudes amplitudes, int field, int count, int orders, RingFactors factors, int block,
        AlignedBuffer points)
    {
        modes.Spread(
            amplitudes.At(0, block, count) + field * MeridionalAmplitudes.Chunk, amplitudes.OrderStride(count), orders, factors, block);
        _plan.Backward(modes.Modes, points.Span, _work.Span, orders);
    }

    // the density is spent: its place takes the modes
    private void ToModes(AlignedBuffer points, FluxFields fields, int field, int orders, int block)
    {
        int row = block * LegendreTable.Lanes;
        _plan.Forward(points.Span, _density.Span, _work.Span, orders);
        RingBlock.CollectModes(
            _density.Pointer, _grid.Longitudes, fields.Weight.Even + row, fields.Weight.Odd + row, orders,
            fields.Flux.At(0, block, 2) + field * MeridionalAmplitudes.Chunk, fields.Flux.OrderStride(2));
    }
}
