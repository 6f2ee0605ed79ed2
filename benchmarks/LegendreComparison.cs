using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>legendre-synthesis and legendre-analysis: the two large kernels of a right-hand side alone, beside as many multiply-adds on registers.</summary>
/// <remarks>
/// Synthesis of one field of degree L (ρ − 1) and analysis of two of degree L + 1 (the flux), all orders one after the other on the grid
/// of a right-hand side, as they run there: amplitudes come from and go to memory, coefficients are mixed already.
/// The share of the peak is theirs/ours. Recurrence and sums count; the sums alone are 2/3 of the synthesis and 4/5 of the analysis.
/// </remarks>
internal sealed unsafe class LegendreComparison
{
    private readonly LegendreTable _table;
    private readonly MeridionalAmplitudes _amplitudes;
    private readonly OrderWorkspace _work;

    private LegendreComparison(SphereGrid grid, int bandlimit)
    {
        int northern = (grid.Latitudes + 1) / 2;
        _table = new LegendreTable(bandlimit, grid.Cosines[..northern], grid.Sines[..northern]);
        _amplitudes = new MeridionalAmplitudes(bandlimit, _table.Blocks, capacity: 2);
        _work = new OrderWorkspace(_table);
        int pairs = LegendreTable.Pairs(0, bandlimit + 1);
        for (int i = 0; i < 8 * pairs; i++)
            _work.Packed[i] = 1.0 / (i + 1);
    }

    /// <summary>Both kernels for a bandlimit.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="beta">β, by which the grid is chosen.</param>
    public static IEnumerable<Comparison> Create(int bandlimit, double beta)
    {
        var attention = new Attention(Normalization.None, beta);
        var grid = SphereGrid.ForDegree(DensityFlow.QuadratureDegree(attention, 3, bandlimit, oversampling: 0));
        var kernels = new LegendreComparison(grid, bandlimit);
        yield return Beside("legendre-synthesis", kernels.Synthesize, ContractionFlops.OfScalar(bandlimit, grid));
        yield return Beside("legendre-analysis", kernels.Analyze, ContractionFlops.OfVector(bandlimit, bandlimit, grid));

        Comparison Beside(string name, Action ours, double flops) => new(
            name, bandlimit, $"multiply-adds ({MachinePeak.VectorBits}-bit)",
            repetitions => Interleaved.Clock(ours, repetitions),
            repetitions => MachinePeak.Seconds(flops * repetitions),
            Difference: 0, flops);
    }

    private void Synthesize()
    {
        for (int m = 0; m <= _table.Bandlimit; m++)
            LegendreSynthesis.OneField(_table, m, LegendreTable.Pairs(m, _table.Bandlimit), _work.Packed, _amplitudes);
        GC.KeepAlive(this);
    }

    private void Analyze()
    {
        for (int m = 0; m <= _table.Bandlimit; m++)
        {
            int pairs = LegendreTable.Pairs(m, _table.Bandlimit + 1);
            LegendreAnalysis.TwoFields(_table, m, pairs, _amplitudes, _work.State, _work.Sums, _work.Packed);
        }
        GC.KeepAlive(this);
    }
}
