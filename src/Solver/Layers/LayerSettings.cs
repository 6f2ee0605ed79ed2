using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>How layers are measured.</summary>
/// <param name="Dimension">d ≥ 2.</param>
/// <param name="Sequences">Tokens of each sequence, in order, each at least 1.</param>
public sealed record LayerSettings(int Dimension, IReadOnlyList<int> Sequences)
{
    /// <summary>Up to this many tokens all pairs are counted; of more, a sample of <see cref="SampledTokens"/>.</summary>
    public const int MostTokens = 8192;

    /// <summary>Tokens sampled of more than <see cref="MostTokens"/>.</summary>
    public const int SampledTokens = 4096;

    private const long MostNumbers = 1L << 26; // 512 MB

    /// <summary>What counts as a cluster; by default tokens within 30° are neighbours and no cluster's radius exceeds 1.</summary>
    public ClusterRule Rule { get; init; } = new(Math.PI / 6, 1);

    /// <summary>Whether effective flows have the causal mask.</summary>
    public bool Causal { get; init; }

    /// <summary>Seed of the sample and of the estimates.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for <see cref="ThreadCount"/>'s.</summary>
    public int Threads { get; init; }

    /// <summary>N.</summary>
    public int Tokens => Sequences.Sum();

    /// <summary>Tokens held: all of them, or a sample; fewer in dimensions so large that they would not fit into 512 MB.</summary>
    public int HeldTokens
    {
        get
        {
            int tokens = Tokens, most = (int)Math.Min(MostTokens, Math.Max(256, MostNumbers / Dimension));
            return tokens <= most ? tokens : Math.Min(most, SampledTokens);
        }
    }

    /// <summary>Bytes that measuring takes beside the file.</summary>
    public long Bytes => 8L * Dimension * (HeldTokens + 800) + (long)HeldTokens * HeldTokens / 8 + (32L << 20);
}
