using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The equiangular law that comes closest to the mean cosine within sequences over all layers (THEORY 6.1): one β and one time per layer for all.</summary>
/// <param name="Beta">β between 0 and 64.</param>
/// <param name="BetaLow">Lower end of the range of β whose misfit is within 1 + 4/(layers − 2) of the least.</param>
/// <param name="BetaHigh">Upper end.</param>
/// <param name="TimePerLayer">In the model's own units; negative where cosines fall.</param>
/// <param name="Explained">1 − misfit over the variance of the cosines about their mean.</param>
/// <param name="Cosines">[layers] the law's mean cosines.</param>
public sealed record EquiangularFit(double Beta, double BetaLow, double BetaHigh, double TimePerLayer, double Explained, double[] Cosines)
{
    private const double LargestBeta = 64, SmallestTime = 1e-5, LargestTime = 20;
    private const int Substeps = 8, Sections = 45, Rounds = 4, Finer = 10;

    /// <summary>Fits the softmax law.</summary>
    /// <param name="cosines">[layers] mean cosines.</param>
    /// <param name="tokens">n of each sequence.</param>
    /// <returns>Null for fewer than four layers or tokens alone.</returns>
    public static EquiangularFit? Of(IReadOnlyList<double> cosines, int tokens)
    {
        if (cosines.Count < 4 || tokens < 2 || cosines.Any(double.IsNaN)) return null;
        double mean = cosines.Average(), variance = cosines.Sum(c => (c - mean) * (c - mean));
        if (!(variance > 0)) return null;
        List<(double Beta, double Time, double Misfit)> points = [Best(0)];
        for (double beta = 0.125; beta < 1.01 * LargestBeta; beta *= 1.5) points.Add(Best(beta));
        for (int round = 0; round < Rounds; round++)
        {
            int best = points.IndexOf(points.MinBy(point => point.Misfit));
            double low = points[Math.Max(0, best - 1)].Beta, high = points[Math.Min(points.Count - 1, best + 1)].Beta;
            points.AddRange(Enumerable.Range(1, Finer).Select(i => Best(low + (high - low) * i / (Finer + 1))));
            points = [.. points.DistinctBy(point => point.Beta).OrderBy(point => point.Beta)];
        }
        (double Beta, double Time, double Misfit) least = points.MinBy(point => point.Misfit);
        double bound = least.Misfit * (1 + 4.0 / Math.Max(1, cosines.Count - 2));
        (double Beta, double Time, double Misfit)[] near = [.. points.Where(point => point.Misfit <= bound)];
        return new EquiangularFit(least.Beta, near[0].Beta, near[^1].Beta, least.Time, 1 - least.Misfit / variance, Law(least.Beta, least.Time));

        (double Beta, double Time, double Misfit) Best(double beta)
        {
            double sign = cosines[^1] >= cosines[0] ? 1 : -1, from = Math.Log(SmallestTime), to = Math.Log(LargestTime);
            for (int i = 0; i < Sections; i++) // golden sections
            {
                double left = to - 0.6180339887498949 * (to - from), right = from + 0.6180339887498949 * (to - from);
                if (Misfit(beta, sign * Math.Exp(left)) <= Misfit(beta, sign * Math.Exp(right))) to = right; else from = left;
            }
            double time = sign * Math.Exp(0.5 * (from + to));
            return (beta, time, Misfit(beta, time));
        }

        double Misfit(double beta, double time) => Law(beta, time).Zip(cosines, (law, measured) => (law - measured) * (law - measured)).Sum();

        double[] Law(double beta, double time)
        {
            var law = new EquiangularTokens(new Attention(Normalization.Softmax, beta), tokens);
            var path = new double[cosines.Count];
            path[0] = cosines[0];
            double step = time / Substeps, lowest = -1.0 / (tokens - 1);
            for (int l = 1; l < path.Length; l++)
            {
                double c = path[l - 1];
                for (int s = 0; s < Substeps; s++) // the classical Runge–Kutta method
                {
                    double a = law.Rate(c), b = law.Rate(c + 0.5 * step * a), e = law.Rate(c + 0.5 * step * b), f = law.Rate(c + step * e);
                    c = Math.Clamp(c + step / 6 * (a + 2 * b + 2 * e + f), lowest, 1);
                }
                path[l] = c;
            }
            return path;
        }
    }
}
