namespace Meanfield.Validation;

/// <summary>A theorem or law in words: what it says, where it is from, how it is held against a measurement.</summary>
/// <param name="Id">V01, V02, … of the list in THEORY; W01, W02, … beyond it.</param>
/// <param name="Title">A few words.</param>
public sealed record Claim(string Id, string Title)
{
    /// <summary>The claim in words and formula.</summary>
    public required string Statement { get; init; }

    /// <summary>Paper, version and equation, or the derivation.</summary>
    public required string Source { get; init; }

    /// <summary>What is known of it.</summary>
    public required ClaimStatus Status { get; init; }

    /// <summary>Where the formula was seen: text (read in the source), text2 (in a secondary source), derived (derived and checked), memory (recalled).</summary>
    public required string Tag { get; init; }

    /// <summary>What must hold for the claim to apply; a run that violates one makes it not applicable.</summary>
    public required IReadOnlyList<string> Hypotheses { get; init; }

    /// <summary>How it is measured: scheme, resolution, seeds.</summary>
    public required string Method { get; init; }

    /// <summary>The tolerance and why it is what it is.</summary>
    public required string Tolerance { get; init; }

    /// <summary>A case file whose run shows the law; null where no run is involved.</summary>
    public string? Case { get; init; }
}
