namespace Meanfield.IO;

/// <summary>What a cell says of what it holds.</summary>
public enum ReportTone
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>It is as it should be.</summary>
    Good,

    /// <summary>It is not.</summary>
    Bad,
}
