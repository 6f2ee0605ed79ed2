namespace Meanfield.Spectral;

/// <summary>
/// <see cref="HarmonicTransform.AnalyzeWeightedGradient"/> on the sphere in one go: fields exist as amplitudes and, eight mirror
/// pairs of rows at a time, as values in lanes; no grid is ever written.
/// </summary>
/// <remarks>
/// Three stages: amplitudes of f, ∂ψ (and ψ) order by order; fluxes block by block; coefficients order by order.
/// ψ and its gradient are summed over their own few degrees only, and their Fourier transforms pass over the modes that vanish.
/// </remarks>
internal sealed unsafe class SphereFlux
{
    private readonly LegendreTable _table;
    private readonly FluxFields _fields;
    private readonly RingFlux _rings;
    private readonly OrderWorkspace _orders;

    /// <summary>Allocates amplitudes and blocks.</summary>
    /// <param name="grid">Points.</param>
    /// <param name="table">Degrees and latitudes.</param>
    /// <param name="plan">Transforms along the rows, eight at a time.</param>
    /// <param name="flux">Two fields of amplitudes that are free during a call.</param>
    public SphereFlux(SphereGrid grid, LegendreTable table, FourierPlan plan, MeridionalAmplitudes flux)
    {
        _table = table;
        _fields = new FluxFields(grid, table, flux);
        _rings = new RingFlux(grid, table, plan);
        _orders = new OrderWorkspace(table);
    }

    /// <summary>Σᵢ wᵢ g(xᵢ) ∇ψ(xᵢ)·∇Y_A(xᵢ) for all degrees of the table.</summary>
    /// <param name="density">Coefficients of f.</param>
    /// <param name="densityDegree">Their largest degree.</param>
    /// <param name="potential">Coefficients of ψ.</param>
    /// <param name="potentialDegree">Their largest degree.</param>
    /// <param name="attention">Chooses g.</param>
    /// <param name="coefficients">Receives the sums.</param>
    public void Run(
        double* density, int densityDegree, double* potential, int potentialDegree, Attention attention, double* coefficients)
    {
        _fields.Resize(densityDegree, potentialDegree);
        for (int m = 0; m <= Math.Max(densityDegree, potentialDegree); m += OrderLine.Group)
        {
            if (m <= densityDegree)
                LegendreStage.Synthesize(_table, density, m, densityDegree, _orders, _fields.Density);
            if (m > potentialDegree)
                continue;
            LegendreStage.SynthesizeGradient(_table, potential, m, potentialDegree, _orders, _fields.Gradient);
            if (attention.Normalization == Normalization.Softmax)
                LegendreStage.Synthesize(_table, potential, m, potentialDegree, _orders, _fields.Potential);
        }
        for (int block = 0; block < _table.Blocks; block++)
            _rings.Run(block, attention, _fields);
        for (int m = 0; m <= _table.Bandlimit; m += OrderLine.Group)
            LegendreStage.AnalyzeDivergence(_table, _fields.Flux, m, _orders, coefficients);
        GC.KeepAlive(this);
    }
}
