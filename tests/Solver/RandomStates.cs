using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.Solver;

/// <summary>Seeded random states and rotations.</summary>
internal static class RandomStates
{
    /// <summary>
    /// Coefficients of degrees ≤ <paramref name="degree"/> with Σ_ℓ √N(ℓ,d) ‖a_ℓ‖ = <paramref name="size"/> ≥ max|ρ − 1|, spread over all degrees.
    /// </summary>
    public static double[] Density(HarmonicBasis basis, ulong seed, double size, int degree = int.MaxValue)
    {
        var random = new RandomNumbers(seed);
        var coefficients = new double[basis.Count];
        double total = 0;
        for (int l = 1; l <= Math.Min(degree, basis.Bandlimit); l++)
        {
            double square = 0, root = Math.Sqrt(Multiplicity.Of(basis.Dimension, l));
            for (int i = basis.Start(l); i < basis.Start(l + 1); i++)
            {
                coefficients[i] = random.NextNormals().First / (root * l);
                square += coefficients[i] * coefficients[i];
            }
            total += root * Math.Sqrt(square);
        }
        for (int i = 1; i < coefficients.Length; i++) coefficients[i] *= size / total;
        coefficients[0] = 1;
        return coefficients;
    }

    /// <summary>A rotation of R³ from a random unit quaternion.</summary>
    public static double[,] Rotation(ulong seed)
    {
        var random = new RandomNumbers(seed);
        ((double w, double x), (double y, double z)) = (random.NextNormals(), random.NextNormals());
        double norm = Math.Sqrt(w * w + x * x + y * y + z * z);
        (w, x, y, z) = (w / norm, x / norm, y / norm, z / norm);
        return new[,]
        {
            { 1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y) },
            { 2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x) },
            { 2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y) },
        };
    }
}
