using Meanfield.Solver;

namespace Meanfield.Tests.Solver;

/// <summary>A cloud with clusters at known places and stragglers between them.</summary>
internal sealed record PlantedCloud(int Dimension, double[] Positions, double[][] Centres, int[] Labels)
{
    /// <summary>Tokens of von Mises–Fisher clusters about centres at least an angle apart, and a share of uniform tokens.</summary>
    public static PlantedCloud Create(int d, int clusters, int count, double concentration, double apart, double stragglers, ulong seed)
    {
        var random = new RandomNumbers(seed);
        double[][] centres = d == 2
            ? [.. Enumerable.Range(0, clusters).Select(i => new[] { Math.Cos(0.2 + 2 * Math.PI * i / clusters), Math.Sin(0.2 + 2 * Math.PI * i / clusters) })]
            : Apart(d, clusters, Math.Cos(apart), seed);
        VonMisesFisherTokens[] laws = [.. centres.Select(centre => new VonMisesFisherTokens(d, [(centre, concentration, 1)]))];
        TokenSample uniform = TokenSample.Uniform(d, count, seed + 1);
        var tokens = new double[count * d];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 1000 < 1000 * stragglers ? -1 : i % clusters;
            Span<double> token = tokens.AsSpan(i * d, d);
            if (labels[i] < 0) uniform.Positions.Slice(i * d, d).CopyTo(token);
            else laws[labels[i]].Draw(random, token);
        }
        return new PlantedCloud(d, new TokenSample(d, tokens).ByCoordinate(), centres, labels);
    }

    private static double[][] Apart(int d, int clusters, double cosine, ulong seed)
    {
        TokenSample candidates = TokenSample.Uniform(d, 20_000, seed + 7);
        var centres = new List<double[]>();
        for (int i = 0; centres.Count < clusters; i++)
        {
            double[] candidate = candidates.Positions.Slice(i * d, d).ToArray();
            if (centres.All(centre => centre.Zip(candidate, (a, b) => a * b).Sum() < cosine)) centres.Add(candidate);
        }
        return [.. centres];
    }
}
