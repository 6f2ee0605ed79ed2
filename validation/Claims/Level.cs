namespace Meanfield.Validation;

/// <summary>How much work a measurement may do.</summary>
public enum Level
{
    /// <summary>At most 2.5 seconds for each claim: part of the tests.</summary>
    Quick,

    /// <summary>At most 25 seconds for each claim.</summary>
    Default,

    /// <summary>As much as a claim deserves.</summary>
    Thorough,
}
