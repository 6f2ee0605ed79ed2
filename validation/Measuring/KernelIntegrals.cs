using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Eigenvalues of the attention kernel as the integrals that define them (V01, V02).</summary>
internal static class KernelIntegrals
{
    private const int Nodes = 128;

    /// <summary>e^{−|β|} ∫ P_k(t) e^{βt} dσ by Gauss–Gegenbauer quadrature, k = 0 … highest.</summary>
    /// <param name="highest">Largest degree, below 128.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="beta">β.</param>
    public static double[] UpTo(int highest, int dimension, double beta)
    {
        var rule = GaussGegenbauerRule.Create(dimension, Nodes);
        var sums = new double[highest + 1];
        for (int i = 0; i < Nodes; i++)
        {
            // P_0 = 1, P_1 = t, (k+d−2) P_{k+1} = (2k+d−2) t P_k − k P_{k−1}; on the circle Chebyshev's polynomials.
            double t = rule.Nodes[i], weight = rule.Weights[i] * Math.Exp(beta * t - Math.Abs(beta)), before = 0, polynomial = 1;
            for (int k = 0; k <= highest; k++)
            {
                sums[k] += weight * polynomial;
                double next = k == 0 ? t : ((2 * k + dimension - 2) * t * polynomial - k * before) / (k + dimension - 2);
                (before, polynomial) = (polynomial, next);
            }
        }
        return sums;
    }
}
