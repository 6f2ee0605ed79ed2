namespace Meanfield.IO;

/// <summary>What a solver will need, found without allocating any of it.</summary>
/// <param name="MemoryBytes">Bytes of memory at the start.</param>
/// <param name="MaximumMemoryBytes">Bytes of memory at the most.</param>
/// <param name="StateBytes">Bytes of the state that a checkpoint holds.</param>
public sealed record SchemeNeeds(long MemoryBytes, long MaximumMemoryBytes, long StateBytes)
{
    /// <summary>Bandlimit that resolves the initial state, or that of the series; null when max_bandlimit does not, or where there is none.</summary>
    public int? Bandlimit { get; init; }

    /// <summary>Largest bandlimit; null where there is none.</summary>
    public int? MaximumBandlimit { get; init; }

    /// <summary>Tokens, or nodes that refinement may reach; null where there are none.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether the run can start.</summary>
    public bool CanStart => MaximumBandlimit is null || Bandlimit is not null;
}

/// <summary>What a run costs, measured.</summary>
/// <param name="SecondsPerStep">Seconds of one time step at the start; NaN when nothing can start or there are no steps.</param>
/// <param name="Forces">How forces between tokens are summed and why; null where there are none.</param>
public sealed record SchemeCost(double SecondsPerStep, string? Forces = null);
