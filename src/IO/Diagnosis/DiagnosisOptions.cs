namespace Meanfield.IO;

/// <summary>How hidden states are diagnosed.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>.npy file of the tokens that count: [tokens] or [sequences, tokens], of any type of numbers or truth values, 0 for those left out; null: all.</summary>
    public string? Mask { get; init; }

    /// <summary>Tokens of a sequence where a file holds several in one row of tokens; null: as the file has them.</summary>
    public int? SequenceLength { get; init; }

    /// <summary>Angle in degrees within which tokens are neighbours in the census of clusters, up to 90.</summary>
    public double ClusterAngle { get; init; } = 30;

    /// <summary>Whether the attention flows that layers are compared with have the causal mask.</summary>
    public bool Causal { get; init; }

    /// <summary>Seed of samples, estimates and intervals.</summary>
    public ulong Seed { get; init; } = 1;
}
