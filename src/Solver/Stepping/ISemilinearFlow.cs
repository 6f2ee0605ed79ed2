using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>A system ȧ = γ a + N(a) whose linear part is diagonal, with one rate per degree.</summary>
public interface ISemilinearFlow
{
    /// <summary>Which coefficients share a degree.</summary>
    HarmonicBasis Basis { get; }

    /// <summary>γ_ℓ for each degree 0 … L.</summary>
    ReadOnlySpan<double> Rates { get; }

    /// <summary>Evaluates N(a).</summary>
    void Nonlinear(ReadOnlySpan<double> coefficients, Span<double> tendency);
}
