namespace Meanfield.Solver;

/// <summary>The tokens whose cosines are followed from layer to layer: up to some of each of the first few sequences that have three tokens.</summary>
internal sealed class FitSample
{
    private readonly int[] _groups; // of each token; −1
    private readonly int[] _places;
    private readonly TokenPanels[] _panels;
    private readonly int[] _counts;

    /// <summary>Chooses the tokens: all of a short sequence, an even sample with the settings' seed of a long one, in their order.</summary>
    /// <param name="settings">Sequences, dimension, seed.</param>
    /// <param name="starts">[sequences + 1] first token of each.</param>
    /// <param name="tokens">Most tokens of a sequence.</param>
    /// <param name="sequences">Most sequences.</param>
    public FitSample(LayerSettings settings, int[] starts, int tokens, int sequences)
    {
        _groups = new int[starts[^1]];
        _places = new int[starts[^1]];
        Array.Fill(_groups, -1);
        var counts = new List<int>();
        var random = new RandomNumbers(settings.Seed, 1UL << 40);
        for (int s = 0; s + 1 < starts.Length && counts.Count < sequences; s++)
        {
            int length = starts[s + 1] - starts[s], chosen = Math.Min(length, tokens);
            if (length < 3) continue;
            for (int i = 0, found = 0; found < chosen; i++) // Knuth, algorithm S
            {
                if (length - i != chosen - found && random.NextUniform() * (length - i) >= chosen - found) continue;
                (_groups[starts[s] + i], _places[starts[s] + i]) = (counts.Count, found++);
            }
            counts.Add(chosen);
        }
        _counts = [.. counts];
        _panels = Array.ConvertAll(_counts, count => new TokenPanels(settings.Dimension, count));
    }

    /// <summary>Starts a layer.</summary>
    public void Clear()
    {
        for (int g = 0; g < _panels.Length; g++) _panels[g].Clear(_counts[g]);
    }

    /// <summary>Keeps a token if it was chosen.</summary>
    public void Set(int token, ReadOnlySpan<double> unit, double norm)
    {
        if (_groups[token] >= 0) _panels[_groups[token]].Set(_places[token], unit, norm);
    }

    /// <summary>The cosines of the layer.</summary>
    public CosineGroup[] Groups() => Array.ConvertAll(_panels, panels => new CosineGroup(panels));
}
