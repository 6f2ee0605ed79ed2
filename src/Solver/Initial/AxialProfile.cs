using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>A density that depends on x·e only: its coefficients are A_ℓ Y_ℓm(e), A_ℓ = ∫P_ℓ(x·e) dμ.</summary>
public static class AxialProfile
{
    /// <summary>Adds weight · A_ℓ Y_ℓm(axis) to the coefficients.</summary>
    /// <param name="basis">The harmonics.</param>
    /// <param name="axis">Unit vector e; ± the last axis when d ≥ 4.</param>
    /// <param name="profile">A_ℓ for each degree.</param>
    /// <param name="weight">Factor.</param>
    /// <param name="coefficients">[basis.Count].</param>
    /// <exception cref="ArgumentException">An axis off the last one in a zonal domain.</exception>
    public static void Add(HarmonicBasis basis, IReadOnlyList<double> axis, Func<int, double> profile, double weight, Span<double> coefficients)
    {
        var harmonics = new double[basis.Count];
        new PointHarmonics(basis).Evaluate(axis.ToArray(), harmonics);
        for (int degree = 0; degree <= basis.Bandlimit; degree++)
        {
            double amplitude = weight * profile(degree);
            if (amplitude == 0) continue;
            for (int i = basis.Start(degree); i < basis.Start(degree + 1); i++)
                coefficients[i] += amplitude * harmonics[i];
        }
    }
}
