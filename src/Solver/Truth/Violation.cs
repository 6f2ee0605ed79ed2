namespace Meanfield.Solver;

/// <summary>A law of the equation that a computed state breaks by more than the errors admitted.</summary>
/// <param name="What">What is wrong, with the figures: the first half of a sentence.</param>
/// <param name="Remedy">What to change in the case.</param>
public sealed record Violation(string What, string Remedy)
{
    /// <summary>The whole sentence.</summary>
    /// <param name="time">When it was seen, in words.</param>
    /// <param name="validUntil">Until when results are valid, in words; null where nothing was published.</param>
    public string Sentence(string time, string? validUntil) =>
        $"{What} at t = {time}; " + (validUntil is null ? "nothing is valid; " : $"results are valid until t = {validUntil}; ") + Remedy;
}
