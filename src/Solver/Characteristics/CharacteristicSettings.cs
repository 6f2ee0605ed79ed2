namespace Meanfield.Solver;

/// <summary>Numerical settings of a run along characteristics.</summary>
public sealed record CharacteristicSettings
{
    /// <summary>Nodes that refinement may reach on the circle and for zonal data, unless more are allowed.</summary>
    public const int LineNodes = 1 << 15;

    /// <summary>Nodes that refinement may reach on the sphere, unless more are allowed.</summary>
    public const int SquareNodes = 1 << 19;

    /// <summary>Estimated error of the moments above which a state no longer counts as resolved.</summary>
    public const double LossThreshold = 1e-2;

    /// <summary>Output times, ascending; those before the start are passed over.</summary>
    public required IReadOnlyList<double> OutputTimes { get; init; }

    /// <summary>Relative error per step, and of the moments on a panel.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Largest degree of the moments in snapshots.</summary>
    public int Degree { get; init; } = 32;

    /// <summary>Tokens drawn from the initial density and carried along to be recorded.</summary>
    public int RecordedTokens { get; init; } = 2000;

    /// <summary>Seed of that draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Nodes that refinement may reach, if more than its own limit.</summary>
    public int Nodes { get; init; }

    /// <summary>The limit for labels of one or two axes.</summary>
    public int MostNodes(int axes) => Math.Max(Nodes, axes == 1 ? LineNodes : SquareNodes);
}
