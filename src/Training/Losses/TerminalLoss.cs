namespace Meanfield.Training;

/// <summary>A loss G(μ_T) of the law that leaves the last layer.</summary>
public abstract class TerminalLoss
{
    /// <summary>G.</summary>
    /// <param name="coefficients">Coefficients of μ_T.</param>
    public abstract double Value(ReadOnlySpan<double> coefficients);

    /// <summary>The coefficients ∂G/∂a of its variation δG/δμ, the terminal adjoint state.</summary>
    /// <param name="coefficients">Coefficients of μ_T.</param>
    /// <param name="gradient">As long; receives them.</param>
    public abstract void Gradient(ReadOnlySpan<double> coefficients, Span<double> gradient);
}
