namespace Meanfield.Spectral;

/// <summary>Dimension N(ℓ,d) of the space of harmonics of degree ℓ on S^(d−1).</summary>
public static class Multiplicity
{
    /// <summary>N(ℓ,d) = C(ℓ+d−1, ℓ) − C(ℓ+d−3, ℓ−2); exact below 2^53, rounded above, infinite beyond the range of double.</summary>
    public static double Of(int dimension, int degree)
    {
        double count = 1;
        for (int k = 1; k <= degree; k++) count *= Growth(dimension, k);
        return count < 1L << 53 ? Math.Round(count) : count;
    }

    /// <summary>N(ℓ,d)/N(ℓ−1,d) for ℓ ≥ 1.</summary>
    public static double Growth(int dimension, int degree) =>
        degree == 1 ? dimension : (2.0 * degree + dimension - 2) / (2.0 * degree + dimension - 4) * (degree + dimension - 3.0) / degree;
}
