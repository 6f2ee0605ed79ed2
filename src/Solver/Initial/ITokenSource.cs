namespace Meanfield.Solver;

/// <summary>A law on S^(d−1) that tokens are drawn from, one at a time.</summary>
public interface ITokenSource
{
    /// <summary>Ambient dimension d.</summary>
    int Dimension { get; }

    /// <summary>Draws one token.</summary>
    /// <param name="random">Read from its position on; fewer than 2^20 numbers.</param>
    /// <param name="token">[d] receives the token, of unit length to rounding.</param>
    void Draw(RandomNumbers random, Span<double> token);
}
