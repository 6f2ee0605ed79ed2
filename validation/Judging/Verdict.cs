namespace Meanfield.Validation;

/// <summary>What became of a claim.</summary>
public enum Verdict
{
    /// <summary>Every expectation holds.</summary>
    Passed,

    /// <summary>An expectation does not hold, or a refutation did not show.</summary>
    Failed,

    /// <summary>A run violated a hypothesis of the claim.</summary>
    NotApplicable,

    /// <summary>False as printed, and true in its corrected form, both as expected: a success.</summary>
    Refuted,
}
