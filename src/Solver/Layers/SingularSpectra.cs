using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>All singular values of the matrix of tokens, as they are and as unit vectors, with and without their mean: four decompositions side by side.</summary>
/// <param name="panels">The tokens.</param>
/// <param name="rawMean">[d] mean of the tokens.</param>
/// <param name="unitMean">[d] mean of the unit tokens.</param>
internal sealed unsafe class SingularSpectra(TokenPanels panels, double[] rawMean, double[] unitMean)
{
    private readonly EffectiveRank[] _ranks = new EffectiveRank[4];
    private int _next;

    /// <summary>The four effective ranks.</summary>
    public static EffectiveRanks Ranks(TokenPanels panels, double[] rawMean, double[] unitMean, int threads)
    {
        var spectra = new SingularSpectra(panels, rawMean, unitMean);
        WorkerTeam.Of(threads).Run(spectra.Work);
        EffectiveRank[] ranks = spectra._ranks;
        return new EffectiveRanks(ranks[0], ranks[1], ranks[2], ranks[3]);
    }

    private void Work(int member)
    {
        for (int which; (which = Interlocked.Increment(ref _next) - 1) < 4;)
        {
            bool raw = which < 2;
            double[]? mean = which % 2 == 0 ? null : raw ? rawMean : unitMean;
            TriangularFactor factor = panels.Dimension <= panels.Count ? ByToken(raw, mean) : ByCoordinate(raw, mean);
            _ranks[which] = EffectiveRank.Of(factor.SingularValues());
        }
    }

    private TriangularFactor ByToken(bool raw, double[]? mean)
    {
        var factor = new TriangularFactor(panels.Dimension);
        for (int t = 0; t < panels.Count; t++)
        {
            Span<double> row = factor.Next();
            panels.Get(t, row);
            if (raw) TensorPrimitives.Multiply(row, panels.Norms[t], row);
            if (mean is not null) TensorPrimitives.Subtract(row, mean, row);
        }
        return factor;
    }

    private TriangularFactor ByCoordinate(bool raw, double[]? mean)
    {
        var factor = new TriangularFactor(panels.Count);
        for (int k = 0; k < panels.Dimension; k++)
        {
            Span<double> row = factor.Next();
            for (int t = 0; t < row.Length; t += TokenPanels.Width)
            {
                var place = new ReadOnlySpan<double>(panels.Panel(t / TokenPanels.Width) + k * TokenPanels.Width, Math.Min(TokenPanels.Width, row.Length - t));
                place.CopyTo(row[t..]);
            }
            if (raw) TensorPrimitives.Multiply(row, panels.Norms, row);
            if (mean is not null) TensorPrimitives.Subtract(row, mean[k], row);
        }
        return factor;
    }
}
