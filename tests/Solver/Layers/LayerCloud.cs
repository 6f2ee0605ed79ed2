using Meanfield.Solver;

namespace Meanfield.Tests.Solver.Layers;

/// <summary>Layers of tokens in memory, measured.</summary>
internal static class LayerCloud
{
    /// <summary>Measures layers, each [N·d], token after token, added a few at a time.</summary>
    public static LayerMeasures[] Measure(LayerSettings settings, IReadOnlyList<double[]> layers, int piece = 50)
    {
        var probe = new LayerProbe(settings);
        int d = settings.Dimension;
        var measures = new List<LayerMeasures>();
        for (int layer = 0; layer < layers.Count; layer++)
        {
            probe.Begin();
            for (int first = 0; first < settings.Tokens; first += piece)
            {
                int length = Math.Min(piece, settings.Tokens - first) * d;
                ReadOnlySpan<double> before = layer > 0 ? layers[layer - 1].AsSpan(first * d, length) : [];
                probe.Add(layers[layer].AsSpan(first * d, length), before);
            }
            measures.Add(probe.Finish());
        }
        return [.. measures];
    }

    /// <summary>Independent standard normal numbers.</summary>
    public static double[] Gaussian(int count, ulong seed)
    {
        var random = new RandomNumbers(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormals().First)];
    }
}
