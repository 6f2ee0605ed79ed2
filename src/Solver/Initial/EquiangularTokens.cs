namespace Meanfield.Solver;

/// <summary>n tokens whose pairwise cosines all equal ρ (THEORY 6.1): the vertices of a regular simplex, lifted along one more axis.</summary>
/// <remarks>
/// x_i = √(1−ρ) h_i + √((1+(n−1)ρ)/n) e_n, h_i ∈ R^(n−1) the rows of Helmert's matrix without its constant column:
/// h_i·h_j = δ_ij − 1/n, so the Gram matrix is (1−ρ)I + ρ11ᵀ. At ρ = −1/(n−1) the lift vanishes and n = d + 1 tokens fit.
/// </remarks>
public static class EquiangularTokens
{
    private const double Rounding = 1e-12;

    /// <summary>Constructs the tokens; nothing is random.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="count">1 ≤ n ≤ d, or n = d + 1 at ρ = −1/(n−1).</param>
    /// <param name="cosine">ρ, −1/(n−1) ≤ ρ ≤ 1.</param>
    /// <exception cref="ArgumentException">No such tokens exist.</exception>
    public static TokenSample Create(int dimension, int count, double cosine)
    {
        double square = 1 + (count - 1) * cosine; // |Σ x_i|²/n
        if (dimension < 2 || count < 1 || !(cosine <= 1) || !(square >= -Rounding))
            throw new ArgumentException($"{count} unit vectors cannot have all cosines {cosine}: at least -1/(n-1) and at most 1", nameof(cosine));
        bool simplex = square <= Rounding;
        if (count > (simplex ? dimension + 1 : dimension))
            throw new ArgumentException($"{count} tokens with cosines {cosine} do not fit in dimension {dimension}", nameof(count));
        var positions = new double[count * dimension];
        double side = Math.Sqrt(1 - cosine);
        for (int k = 1; k < count; k++) // column k of Helmert: 1 above row k, −k in row k, over √(k(k+1))
        {
            double entry = side / Math.Sqrt((double)k * (k + 1));
            for (int i = 0; i < k; i++) positions[i * dimension + k - 1] = entry;
            positions[k * dimension + k - 1] = -k * entry;
        }
        for (int i = 0; i < count && !simplex; i++) positions[i * dimension + count - 1] = Math.Sqrt(square / count);
        return new TokenSample(dimension, positions);
    }
}
