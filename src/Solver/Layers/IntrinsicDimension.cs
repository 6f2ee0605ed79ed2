namespace Meanfield.Solver;

/// <summary>The dimension of the set that unit tokens lie on, from the distances to their nearest neighbours.</summary>
/// <remarks>
/// Distances are chords |x − y|; equal tokens count once. TwoNN (Facco, d'Errico, Rodriguez and Laio, Sci. Rep. 7, 2017): the ratios
/// μ = r₂/r₁ obey −log(1 − F(μ)) = d log μ, fitted through the origin without the largest tenth. Maximum likelihood (Levina and Bickel, NIPS 2004) over up to
/// ten neighbours, means of inverses as MacKay and Ghahramani (2005) propose: 1/d = mean of (1/(k−1)) Σ_j log(r_k/r_j), k ≥ 3.
/// </remarks>
/// <param name="TwoNearest">TwoNN; NaN for fewer than ten places.</param>
/// <param name="MaximumLikelihood">Levina–Bickel; NaN for fewer than ten places.</param>
/// <param name="Places">Different tokens.</param>
public sealed record IntrinsicDimension(double TwoNearest, double MaximumLikelihood, int Places)
{
    private const int Fewest = 10;
    private const double LargestShare = 0.9;
    private const double Close = 1e-6; // 2 − 2c is then recomputed from differences

    /// <summary>Estimates the dimension.</summary>
    /// <param name="panels">The tokens.</param>
    /// <param name="neighbours">Their nearest neighbours.</param>
    internal static IntrinsicDimension Of(TokenPanels panels, NeighbourTable neighbours)
    {
        var ratios = new List<double>();
        double inverses = 0;
        int samples = 0;
        Span<double> distances = stackalloc double[NeighbourTable.Kept];
        for (int i = 0; i < panels.Count; i++)
        {
            ReadOnlySpan<int> tokens = neighbours.Of(i);
            int count = tokens.Length;
            for (int k = 0; k < count; k++)
            {
                double square = 2 - 2 * neighbours.CosinesOf(i)[k];
                distances[k] = square < Close ? panels.Distance(i, tokens[k]) : Math.Sqrt(square);
            }
            if (count < 2) continue;
            distances[..count].Sort();
            ratios.Add(Math.Log(distances[1] / distances[0]));
            if (count < 3) continue;
            double sum = 0;
            for (int k = 0; k < count - 1; k++) sum += Math.Log(distances[count - 1] / distances[k]);
            inverses += sum / (count - 1);
            samples++;
        }
        bool few = ratios.Count < Fewest;
        return new IntrinsicDimension(few ? double.NaN : Slope(ratios), few ? double.NaN : samples / inverses, ratios.Count);
    }

    private static double Slope(List<double> logs)
    {
        logs.Sort();
        double products = 0, squares = 0;
        for (int i = 0; i < (int)(LargestShare * logs.Count); i++)
        {
            products += logs[i] * -Math.Log(1 - (i + 1.0) / logs.Count);
            squares += logs[i] * logs[i];
        }
        return products / squares;
    }
}
