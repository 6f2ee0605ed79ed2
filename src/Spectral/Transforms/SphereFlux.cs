namespace Meanfield.Spectral;

/// <summary>
/// <see cref="HarmonicTransform.AnalyzeWeightedGradient"/> on the sphere in one go: fields exist as amplitudes and, eight mirror
/// pairs of rows at a time, as values in lanes; no grid is ever written.
/// </summary>
/// <remarks>
/// Three phases: amplitudes of f, ∇ψ (and ψ) by groups of orders; fluxes block by block; coefficients by groups of orders.
/// Each group and block is worked on by one thread and writes what no other writes, so the bits do not depend on the threads.
/// ψ and its gradient are summed over their own few degrees only, and their Fourier transforms pass over the modes that vanish.
/// </remarks>
internal sealed unsafe class SphereFlux
{
    private readonly LegendreTable _table;
    private readonly FluxFields _fields;
    private readonly RingFlux[] _rings;
    private readonly OrderWorkspace[] _orders;
    private readonly WorkerTeam _team;
    private readonly Action<int> _synthesis;
    private readonly Action<int> _product;
    private readonly Action<int> _analysis;

    private double* _density;
    private double* _potential;
    private double* _coefficients;
    private Attention _attention;
    private int _next;

    /// <summary>Allocates amplitudes and, for each thread, blocks.</summary>
    /// <param name="grid">Points.</param>
    /// <param name="table">Degrees and latitudes.</param>
    /// <param name="plan">Transforms along the rows, eight at a time.</param>
    /// <param name="flux">Two fields of amplitudes that are free during a call.</param>
    /// <param name="threads">Threads ≥ 1.</param>
    public SphereFlux(SphereGrid grid, LegendreTable table, FourierPlan plan, MeridionalAmplitudes flux, int threads)
    {
        _table = table;
        _fields = new FluxFields(grid, table, flux);
        _rings = new RingFlux[threads];
        _orders = new OrderWorkspace[threads];
        for (int i = 0; i < threads; i++)
            (_rings[i], _orders[i]) = (new RingFlux(grid, table, plan), new OrderWorkspace(table));
        _team = WorkerTeam.Of(threads);
        (_synthesis, _product, _analysis) = (Synthesize, Multiply, Analyze);
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
        _density = density;
        _potential = potential;
        _coefficients = coefficients;
        _attention = attention;
        RunPhase(_synthesis);
        RunPhase(_product);
        RunPhase(_analysis);
    }

    private void RunPhase(Action<int> phase)
    {
        _next = 0;
        _team.Run(phase);
    }

    private int Take() => Interlocked.Increment(ref _next) - 1;

    private void Synthesize(int thread)
    {
        OrderWorkspace work = _orders[thread];
        int last = Math.Max(_fields.DensityDegree, _fields.PotentialDegree);
        for (int m = Take() * OrderLine.Group; m <= last; m = Take() * OrderLine.Group)
        {
            if (m <= _fields.DensityDegree)
                LegendreStage.Synthesize(_table, _density, m, _fields.DensityDegree, work, _fields.Density);
            if (m > _fields.PotentialDegree)
                continue;
            LegendreStage.SynthesizeGradient(_table, _potential, m, _fields.PotentialDegree, work, _fields.Gradient);
            if (_attention.Normalization == Normalization.Softmax)
                LegendreStage.Synthesize(_table, _potential, m, _fields.PotentialDegree, work, _fields.Potential);
        }
    }

    // from the equator, where a block takes longest
    private void Multiply(int thread)
    {
        for (int block = _table.Blocks - 1 - Take(); block >= 0; block = _table.Blocks - 1 - Take())
            _rings[thread].Run(block, _attention, _fields);
    }

    private void Analyze(int thread)
    {
        for (int m = Take() * OrderLine.Group; m <= _table.Bandlimit; m = Take() * OrderLine.Group)
            LegendreStage.AnalyzeDivergence(_table, _fields.Flux, m, _orders[thread], _coefficients);
    }
}
