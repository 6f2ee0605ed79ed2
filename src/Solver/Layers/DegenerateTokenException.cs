namespace Meanfield.Solver;

/// <summary>A token that has no direction: zero, or too large for its norm to be a number.</summary>
/// <param name="token">Its index among the tokens of the layer.</param>
/// <param name="problem">What is wrong with it.</param>
public sealed class DegenerateTokenException(int token, string problem) : Exception(problem)
{
    /// <summary>Index among the tokens of the layer.</summary>
    public int Token { get; } = token;
}
