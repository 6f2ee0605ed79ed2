using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The Sobolev distance H^(−s) of two measures on S^(d−1) from their moments, truncated at the moments' bandlimit.</summary>
/// <remarks>
/// D² = Σ_{ℓ≥1} (ℓ(ℓ+d−2))^(−s) Σ_m (a_ℓm − b_ℓm)²: a kernel (maximum mean) discrepancy with the kernel Σ_ℓ (ℓ(ℓ+d−2))^(−s) Σ_m Y(x)Y(y),
/// so D is symmetric and obeys the triangle inequality; it separates measures that differ in a moment kept. D does not grow with the
/// bandlimit beyond a limit if s &gt; (d−1)/2. At s = 1 it is W₂ to first order for densities close to uniform (Otto's tangent norm).
/// </remarks>
public static class HarmonicDistance
{
    /// <summary>D of two states.</summary>
    /// <param name="basis">The harmonics of the moments.</param>
    /// <param name="first">[basis.Count] moments ∫Y dμ.</param>
    /// <param name="second">[basis.Count] moments ∫Y dν.</param>
    /// <param name="order">s ≥ 0.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public static double Sobolev(HarmonicBasis basis, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double order)
    {
        if (first.Length != basis.Count || second.Length != basis.Count)
            throw new ArgumentException($"{first.Length} and {second.Length} moments where {basis.Count} are expected", nameof(first));
        double sum = 0;
        for (int degree = basis.Bandlimit; degree >= 1; degree--)
        {
            double power = 0;
            for (int i = basis.Start(degree); i < basis.Start(degree + 1); i++) power += (first[i] - second[i]) * (first[i] - second[i]);
            sum += power * Math.Pow(basis.LaplaceEigenvalue(degree), -order);
        }
        return Math.Sqrt(sum);
    }
}
