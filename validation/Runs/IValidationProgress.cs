namespace Meanfield.Validation;

/// <summary>Shows how far a validation is.</summary>
public interface IValidationProgress
{
    /// <summary>Called once for each claim, in the order in which they are done, never twice at once.</summary>
    /// <param name="report">The claim that was judged.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">Of how many.</param>
    /// <param name="known">Whether it was read from an earlier validation.</param>
    void Finished(ClaimReport report, int done, int total, bool known);
}
