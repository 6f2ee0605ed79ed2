using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>A von Mises–Fisher law: density e^{c x·m}/λ_0(c) with respect to σ.</summary>
/// <param name="Mean">Unit vector m; for zonal domains (d ≥ 4) it must be ± the last axis.</param>
/// <param name="Concentration">c ≥ 0.</param>
/// <param name="Weight">Share in a mixture, before normalization.</param>
public sealed record VonMisesFisher(IReadOnlyList<double> Mean, double Concentration, double Weight)
{
    /// <summary>Coefficients of the mixture, weights normalized to sum 1: a_A = Σ weight · (λ_ℓ(c)/λ_0(c)) Y_A(m) by Funk–Hecke.</summary>
    /// <exception cref="ArgumentException">A mean off the last axis in a zonal domain.</exception>
    public static double[] Mixture(IReadOnlyList<VonMisesFisher> components, HarmonicBasis basis)
    {
        double total = components.Sum(c => c.Weight);
        var coefficients = new double[basis.Count];
        foreach (VonMisesFisher component in components)
        {
            var kernel = new AttentionKernel(basis.Dimension, component.Concentration, basis.Bandlimit);
            AxialProfile.Add(basis, component.Mean, kernel.Relative, component.Weight / total, coefficients);
        }
        return coefficients;
    }
}
