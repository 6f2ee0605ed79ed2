namespace Meanfield.Validation;

/// <summary>How a measured figure is compared with the predicted one.</summary>
public enum ExpectationKind
{
    /// <summary>|measured/predicted − 1| ≤ tolerance.</summary>
    Relative,

    /// <summary>|measured − predicted| ≤ tolerance.</summary>
    Absolute,

    /// <summary>|measured − predicted| ≤ tolerance times the standard error, which must itself be small enough.</summary>
    Sigmas,

    /// <summary>measured ≥ predicted.</summary>
    AtLeast,

    /// <summary>measured ≤ predicted.</summary>
    AtMost,

    /// <summary>|exponent − predicted| ≤ tolerance, and twice the standard error of the fit as well.</summary>
    Exponent,
}
