namespace Meanfield.Validation;

/// <summary>The stationary state f = e^{Φ/κ}/norm about an axis of S² by fixed points: unnormalized attention with noise; no time, no grid of the solvers (THEORY 1.4).</summary>
/// <remarks>With A_k = ∫P_k f dσ: Φ = Σ_k (2k+1)(λ_k/β) A_k P_k(t).</remarks>
public static class AxialGibbs
{
    private const int Points = 48, Degrees = 18; // for β ≤ 2

    /// <summary>m = A_1 of the state reached from m near 1.</summary>
    /// <param name="beta">β in (0, 2].</param>
    /// <param name="noise">κ.</param>
    public static double OrderParameter(double beta, double noise)
    {
        double[] multipliers = [.. Enumerable.Range(0, Degrees + 1).Select(k => k == 0 ? 0 : (2 * k + 1) * FunkHecke.Lambda(3, k, beta) / (beta * noise))];
        double[] moments = [.. Enumerable.Repeat(0.9, Degrees + 1)];
        for (int iteration = 0; iteration < 2000; iteration++)
        {
            double[] exponent = [.. multipliers.Zip(moments, (multiplier, moment) => multiplier * moment)];
            double[] next = LegendreMoments.Of(t => Math.Exp(LegendreMoments.Sum(exponent, t)), Degrees, Points);
            double before = moments[1];
            moments = Array.ConvertAll(next, moment => moment / next[0]);
            if (Math.Abs(moments[1] - before) < 1e-14) break;
        }
        return moments[1];
    }
}
