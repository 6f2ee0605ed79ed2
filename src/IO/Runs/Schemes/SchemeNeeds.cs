namespace Meanfield.IO;

/// <summary>What a run will need, found without running it.</summary>
/// <param name="MemoryBytes">Bytes of memory at the start.</param>
/// <param name="MaximumMemoryBytes">Bytes of memory at the most.</param>
/// <param name="SecondsPerStep">Measured seconds of one time step at the start; NaN when nothing can start or there are no steps.</param>
public sealed record SchemeNeeds(long MemoryBytes, long MaximumMemoryBytes, double SecondsPerStep)
{
    /// <summary>Bandlimit that resolves the initial state, or that of the series; null when max_bandlimit does not, or where there is none.</summary>
    public int? Bandlimit { get; init; }

    /// <summary>Largest bandlimit; null where there is none.</summary>
    public int? MaximumBandlimit { get; init; }

    /// <summary>Tokens, or nodes that refinement may reach; null where there are none.</summary>
    public int? Tokens { get; init; }

    /// <summary>How forces between tokens are summed and why; null where there are none.</summary>
    public string? Forces { get; init; }

    /// <summary>Whether the run can start.</summary>
    public bool CanStart => MaximumBandlimit is null || Bandlimit is not null;
}
