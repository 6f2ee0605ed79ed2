using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>One layer of hidden states.</summary>
/// <param name="Layer">Its number, from 0.</param>
/// <param name="Name">Its name in the file.</param>
/// <param name="Measures">What was measured.</param>
/// <param name="Change">What the block before it did to the tokens' arrangement; null in the first layer.</param>
public sealed record DiagnosedLayer(int Layer, string Name, LayerMeasures Measures, BlockChange? Change)
{
    /// <summary>The softmax flow nearest to the block before it; null where there is none.</summary>
    public EffectiveFlow? Softmax => Measures.Flows.FirstOrDefault(flow => flow.Normalization == Spectral.Normalization.Softmax);

    /// <summary>The unnormalized flow nearest to the block before it; null where there is none.</summary>
    public EffectiveFlow? Unnormalized => Measures.Flows.FirstOrDefault(flow => flow.Normalization == Spectral.Normalization.None);
}

/// <summary>The token clustering of hidden states, layer by layer.</summary>
/// <param name="Source">The file, without its folders.</param>
/// <param name="Dimension">d.</param>
/// <param name="Options">How it was done.</param>
/// <param name="Layers">In order.</param>
/// <param name="Stability">Which blocks change little.</param>
/// <param name="Theory">Beside what attention flows do.</param>
public sealed record Diagnosis(
    string Source, int Dimension, DiagnosisOptions Options, IReadOnlyList<DiagnosedLayer> Layers, LayerStability Stability, TheoryComparison Theory)
{
    private const int PieceNumbers = 1 << 18; // 2 MB

    /// <summary>Tokens of a layer, over all sequences.</summary>
    public int Tokens => Layers[0].Measures.Tokens;

    /// <summary>Diagnoses a file, reading each layer twice: itself, and as the one before the next.</summary>
    /// <param name="source">What the file is called.</param>
    /// <param name="states">The file.</param>
    /// <param name="options">How.</param>
    /// <param name="layerDone">Called with the number of layers that are done; or null.</param>
    /// <exception cref="InvalidDataException">Numbers that are no tokens, or a mask that does not fit.</exception>
    /// <exception cref="ArgumentException">Options that do not fit.</exception>
    /// <exception cref="MemoryException">It needs more memory than there is.</exception>
    public static Diagnosis Of(string source, IHiddenStates states, DiagnosisOptions options, Action<int>? layerDone = null)
    {
        if (states.Dimension < 2) throw new InvalidDataException($"{source} holds tokens of {states.Dimension} component: at least 2 are needed");
        if (!(options.ClusterAngle is > 0 and <= 90)) throw new ArgumentException($"--cluster-angle must lie above 0 and up to 90 degrees, but is {options.ClusterAngle}");
        var sequences = new TokenSequences(states, options);
        var settings = new LayerSettings(states.Dimension, sequences.Lengths)
        {
            Rule = new ClusterRule(options.ClusterAngle * Math.PI / 180, 1),
            Causal = options.Causal,
            Seed = options.Seed,
        };
        if (settings.Tokens < 2) throw new InvalidDataException($"{source} holds a single token: at least 2 are needed");
        MemoryException.Require(settings.Bytes, $"the diagnosis of {source}", "mask tokens out (--mask)");
        var probe = new LayerProbe(settings);
        var measures = new List<LayerMeasures>();
        for (int layer = 0; layer < states.Layers; layer++)
        {
            probe.Begin();
            Feed(probe, source, states, sequences, layer);
            measures.Add(probe.Finish());
            layerDone?.Invoke(layer + 1);
        }
        LayerStability stability = LayerStability.Of(measures, options.Seed);
        DiagnosedLayer[] layers = [.. measures.Select((m, l) => new DiagnosedLayer(l, states.LayerName(l), m, l > 0 ? stability.Blocks[l - 1] : null))];
        return new Diagnosis(source, states.Dimension, options, layers, stability, TheoryComparison.Of(layers, sequences.Lengths));
    }

    private static void Feed(LayerProbe probe, string source, IHiddenStates states, TokenSequences sequences, int layer)
    {
        int d = states.Dimension, most = Math.Max(1, PieceNumbers / d);
        double[] rows = new double[Math.Min(most, states.Tokens) * d], before = new double[rows.Length];
        foreach ((int Sequence, int First, int Count) piece in sequences.Pieces(most))
        {
            int numbers = piece.Count * d;
            if (layer == 0) states.Read(layer, piece.Sequence, piece.First, rows.AsSpan(0, numbers));
            else Read(states, layer, piece, rows, before, numbers);
            int kept = sequences.Compress(piece, rows, d) * d;
            if (layer > 0) sequences.Compress(piece, before, d);
            if (kept == 0) continue;
            try
            {
                probe.Add(rows.AsSpan(0, kept), layer > 0 ? before.AsSpan(0, kept) : []);
            }
            catch (DegenerateTokenException degenerate)
            {
                (int sequence, int token) = sequences.Place(degenerate.Token);
                string where = states.Sequences == 1 ? "" : $"sequence {sequence}, ";
                throw new InvalidDataException(
                    $"{source}: layer {layer} ({states.LayerName(layer)}), {where}token {token} {degenerate.Message} and has no direction: leave such tokens out with --mask");
            }
        }
    }

    // Both layers at once: numbers that are no doubles take time to convert.
    private static void Read(IHiddenStates states, int layer, (int Sequence, int First, int Count) piece, double[] rows, double[] before, int numbers)
    {
        try
        {
            Parallel.Invoke(
                () => states.Read(layer, piece.Sequence, piece.First, rows.AsSpan(0, numbers)),
                () => states.Read(layer - 1, piece.Sequence, piece.First, before.AsSpan(0, numbers)));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
