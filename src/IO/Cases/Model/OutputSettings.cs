namespace Meanfield.IO;

/// <summary>The output block of a case.</summary>
public sealed record OutputSettings
{
    /// <summary>Largest degree of the coefficients recorded, at least 1, up to 65535 in dimension 2 and 1023 above.</summary>
    public int Degree { get; init; } = 32;

    /// <summary>How many tokens are recorded at most; 0: none.</summary>
    public int Tokens { get; init; } = 2000;

    /// <summary>Whether fields.vtkhdf is written.</summary>
    public bool Fields { get; init; } = true;
}
