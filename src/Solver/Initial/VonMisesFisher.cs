using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The von Mises–Fisher law with density e^{c x·m}/λ_0(c) with respect to σ.</summary>
public static class VonMisesFisher
{
    /// <summary>Adds weight · (λ_ℓ(c)/λ_0(c)) Y_A(m), its coefficients by Funk–Hecke.</summary>
    /// <param name="basis">The harmonics.</param>
    /// <param name="mean">Unit vector m; ± the last axis when d ≥ 4.</param>
    /// <param name="concentration">c ≥ 0.</param>
    /// <param name="weight">Share in a mixture.</param>
    /// <param name="coefficients">[basis.Count].</param>
    /// <exception cref="ArgumentException">A mean off the last axis in a zonal domain.</exception>
    public static void Add(HarmonicBasis basis, IReadOnlyList<double> mean, double concentration, double weight, Span<double> coefficients)
    {
        var kernel = new AttentionKernel(basis.Dimension, concentration, basis.Bandlimit);
        AxialProfile.Add(basis, mean, kernel.Relative, weight, coefficients);
    }
}
