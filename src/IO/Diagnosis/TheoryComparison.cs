using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>How E_β goes through the layers, where along attention flows with V = I it never falls (THEORY 1.3).</summary>
/// <param name="Beta">β of the energy.</param>
/// <param name="Rises">Blocks that raise it.</param>
/// <param name="Falls">Blocks that lower it.</param>
/// <param name="LargestFall">Largest fall over its range through the layers; 0 if it never falls.</param>
public sealed record EnergyCourse(double Beta, int Rises, int Falls, double LargestFall)
{
    /// <summary>Whether no block lowers it.</summary>
    public bool NeverFalls => Falls == 0;
}

/// <summary>The growth of one degree along the two leading directions over one block, beside that of the block's effective flow about the uniform state.</summary>
/// <param name="Block">Number of the block.</param>
/// <param name="Degree">k on the circle.</param>
/// <param name="Measured">log of α_k behind over α_k before.</param>
/// <param name="Predicted">γ_k(β)τ on the circle, of the softmax flow nearest to the block.</param>
public sealed record DegreeGrowth(int Block, int Degree, double Measured, double Predicted);

/// <summary>Measured layers beside what attention flows do: comparisons with their goodness of fit, not explanations.</summary>
/// <param name="Equiangular">One β and one time per layer for the mean cosine; null for too few layers.</param>
/// <param name="Energies">For each β.</param>
/// <param name="Growth">Where α_k is above chance, 2/√T, before and behind a block.</param>
/// <param name="GrowthCorrelation">Correlation of measured and predicted growth; NaN for fewer than three.</param>
public sealed record TheoryComparison(
    EquiangularFit? Equiangular, IReadOnlyList<EnergyCourse> Energies, IReadOnlyList<DegreeGrowth> Growth, double GrowthCorrelation)
{
    /// <summary>Compares.</summary>
    /// <param name="layers">In order.</param>
    /// <param name="lengths">Tokens of each sequence.</param>
    internal static TheoryComparison Of(IReadOnlyList<DiagnosedLayer> layers, IReadOnlyList<int> lengths)
    {
        DegreeGrowth[] growth = [.. Enumerable.Range(1, layers.Count - 1).SelectMany(block => GrowthOver(layers[block - 1], layers[block]))];
        return new TheoryComparison(
            EquiangularFit.Of([.. layers.Select(layer => layer.Measures.MeanCosineWithin)], (int)Math.Round(lengths.Average())),
            [.. PairLaw.Betas.Select((beta, b) => Course(beta, [.. layers.Select(layer => layer.Measures.Pairs.Energies[b])]))],
            growth, Correlation(growth));
    }

    private static EnergyCourse Course(double beta, double[] energies)
    {
        double[] steps = [.. energies.Zip(energies.Skip(1), (before, after) => after - before)];
        double range = energies.Max() - energies.Min();
        return new EnergyCourse(beta, steps.Count(step => step > 0), steps.Count(step => step < 0), range > 0 ? Math.Max(0, -steps.DefaultIfEmpty().Min()) / range : 0);
    }

    private static IEnumerable<DegreeGrowth> GrowthOver(DiagnosedLayer before, DiagnosedLayer after)
    {
        double[] old = before.Measures.Harmonics.Circle, now = after.Measures.Harmonics.Circle;
        double chance = 2 / Math.Sqrt(after.Measures.HeldTokens);
        if (after.Softmax is not { } flow || old.Length == 0 || now.Length == 0) yield break;
        var attention = new Attention(Normalization.Softmax, flow.Beta);
        var kernel = new AttentionKernel(2, flow.Beta, PrincipalHarmonics.CircleDegrees);
        for (int k = 1; k <= old.Length; k++)
            if (old[k - 1] > chance && now[k - 1] > chance)
                yield return new DegreeGrowth(after.Layer, k, Math.Log(now[k - 1] / old[k - 1]), attention.GrowthRate(kernel, k) * flow.Time);
    }

    private static double Correlation(DegreeGrowth[] growth)
    {
        if (growth.Length < 3) return double.NaN;
        double measured = growth.Average(g => g.Measured), predicted = growth.Average(g => g.Predicted);
        double product = growth.Sum(g => (g.Measured - measured) * (g.Predicted - predicted));
        double squares = growth.Sum(g => (g.Measured - measured) * (g.Measured - measured)), others = growth.Sum(g => (g.Predicted - predicted) * (g.Predicted - predicted));
        return product / Math.Sqrt(squares * others);
    }
}
