using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The equiangular law that comes closest to the mean cosine within sequences over all layers (THEORY 6.1): one β and one time per layer for all.</summary>
/// <remarks>
/// For each β the law's clock t(ρ) = ∫dρ/ρ̇ turns the cosines into times, and a straight line t = t₀ + τl is fitted to them with weights ρ̇², so that its
/// misfit is that of the cosines to first order. β is searched on 0 and a geometric grid, then on finer ones.
/// </remarks>
/// <param name="Beta">β between 0 and 64.</param>
/// <param name="BetaLow">Lower end of the range of β whose misfit is within 1 + 4/(layers − 3) of the least.</param>
/// <param name="BetaHigh">Upper end.</param>
/// <param name="TimePerLayer">τ in the model's own units; negative where cosines fall.</param>
/// <param name="Explained">1 − squared misfit of the cosines over their squared distance from their mean; negative where the mean fits better.</param>
/// <param name="Cosines">[layers] the law's mean cosines.</param>
public sealed record EquiangularFit(double Beta, double BetaLow, double BetaHigh, double TimePerLayer, double Explained, double[] Cosines)
{
    private const double SmallestBeta = 0.125, LargestBeta = 64, Ratio = 1.5;
    private const int Fewest = 5, Rounds = 4, Finer = 8, Substeps = 64;

    /// <summary>Fits the softmax law.</summary>
    /// <param name="cosines">[layers] mean cosines.</param>
    /// <param name="tokens">n of each sequence.</param>
    /// <returns>Null for fewer than five layers, tokens alone, or cosines that are all equal or that no law reaches.</returns>
    public static EquiangularFit? Of(IReadOnlyList<double> cosines, int tokens)
    {
        if (cosines.Count < Fewest || tokens < 2 || !cosines.All(c => (tokens - 1) * c > -1 && c < 1)) return null;
        double mean = cosines.Average(), variance = cosines.Sum(c => (c - mean) * (c - mean));
        if (!(variance > 0)) return null;
        List<Line> lines = [Fit(0)];
        for (double beta = SmallestBeta; beta < 1.01 * LargestBeta; beta *= Ratio) lines.Add(Fit(beta));
        for (int round = 0; round < Rounds; round++)
        {
            int best = lines.IndexOf(lines.MinBy(line => line.Misfit));
            double low = lines[Math.Max(0, best - 1)].Beta, high = lines[Math.Min(lines.Count - 1, best + 1)].Beta;
            lines.AddRange(Enumerable.Range(1, Finer).Select(i => Fit(low + (high - low) * i / (Finer + 1))));
            lines = [.. lines.DistinctBy(line => line.Beta).OrderBy(line => line.Beta)];
        }
        Line least = lines.MinBy(line => line.Misfit);
        double bound = least.Misfit * (1 + 4.0 / Math.Max(1, cosines.Count - 3));
        Line[] near = [.. lines.Where(line => line.Misfit <= bound)];
        double[] path = Path(least, cosines, tokens);
        double misfit = path.Zip(cosines, (law, measured) => (law - measured) * (law - measured)).Sum();
        return new EquiangularFit(least.Beta, near[0].Beta, near[^1].Beta, least.Slope, 1 - misfit / variance, path);

        Line Fit(double beta) => LineThrough(beta, cosines, tokens);
    }

    private static EquiangularTokens Law(double beta, int tokens) => new(new Attention(Normalization.Softmax, beta), tokens);

    // Weighted least squares of the times at which the law of β has the cosines, counted from the smallest.
    private static Line LineThrough(double beta, IReadOnlyList<double> cosines, int tokens)
    {
        EquiangularTokens law = Law(beta, tokens);
        int layers = cosines.Count;
        int[] order = [.. Enumerable.Range(0, layers).OrderBy(l => cosines[l])];
        var times = new double[layers];
        for (int i = 1; i < layers; i++)
        {
            (double from, double to) = (cosines[order[i - 1]], cosines[order[i]]);
            times[order[i]] = times[order[i - 1]] + (to > from ? law.Duration(from, to) : 0);
        }
        double[] weights = [.. cosines.Select(c => law.Rate(c) * law.Rate(c))];
        double total = weights.Sum(), middle = 0, time = 0, products = 0, squares = 0, misfit = 0;
        for (int l = 0; l < layers; l++) (middle, time) = (middle + weights[l] * l / total, time + weights[l] * times[l] / total);
        for (int l = 0; l < layers; l++)
        {
            products += weights[l] * (l - middle) * (times[l] - time);
            squares += weights[l] * (l - middle) * (l - middle);
        }
        double slope = products / squares, start = time - slope * middle;
        for (int l = 0; l < layers; l++) misfit += weights[l] * (times[l] - start - slope * l) * (times[l] - start - slope * l);
        return new Line(beta, start, slope, misfit);
    }

    private static double[] Path(Line line, IReadOnlyList<double> cosines, int tokens)
    {
        EquiangularTokens law = Law(line.Beta, tokens);
        var path = new double[cosines.Count];
        double cosine = Move(cosines.Min(), line.Start);
        for (int l = 0; l < path.Length; l++)
        {
            path[l] = cosine;
            cosine = Move(cosine, line.Slope);
        }
        return path;

        double Move(double c, double time)
        {
            double step = time / Substeps, lowest = -1.0 / (tokens - 1);
            for (int s = 0; s < Substeps; s++) // the classical Runge–Kutta method
            {
                double a = law.Rate(c), b = law.Rate(c + 0.5 * step * a), e = law.Rate(c + 0.5 * step * b), f = law.Rate(c + step * e);
                c = Math.Clamp(c + step / 6 * (a + 2 * b + 2 * e + f), lowest, 1);
            }
            return c;
        }
    }

    private readonly record struct Line(double Beta, double Start, double Slope, double Misfit);
}
