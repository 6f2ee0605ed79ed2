namespace Meanfield.Validation;

/// <summary>What is known of a claim before it is measured.</summary>
public enum ClaimStatus
{
    /// <summary>Stated in the source as it is tested here.</summary>
    AsPrinted,

    /// <summary>Tested in a form that corrects a slip of the source which is not itself held against a measurement.</summary>
    Corrected,

    /// <summary>Derived in THEORY, with the derivation given there.</summary>
    Derived,

    /// <summary>Recalled from the literature, not seen in a source.</summary>
    Recalled,

    /// <summary>Expected, not proven.</summary>
    Conjectural,

    /// <summary>False as printed: the measurement shows that, and that the corrected form holds.</summary>
    RefutedAsPrinted,
}
