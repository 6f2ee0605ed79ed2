using Meanfield.Spectral;

namespace Meanfield.Tests.Solver;

/// <summary>λ_k(β, d) by its power series: independent of the recurrence under test (THEORY 2.1).</summary>
internal static class FunkHecke
{
    /// <summary>∫e^{β x·y} P_k dσ = Σ_m Γ(d/2) (β/2)^{2m+k} / (m! Γ(m+k+d/2)).</summary>
    public static double Lambda(int dimension, int degree, double beta)
    {
        double term = 1;
        for (int j = 0; j < degree; j++) term *= 0.5 * beta / (0.5 * dimension + j);
        double sum = term;
        for (int m = 0; Math.Abs(term) > 1e-20 * Math.Abs(sum) || m < 0.5 * Math.Abs(beta); m++)
        {
            term *= 0.25 * beta * beta / ((m + 1.0) * (m + degree + 0.5 * dimension));
            sum += term;
            if (term == 0) break;
        }
        return sum;
    }

    /// <summary>Growth rate of a degree about the uniform state (THEORY 2.2).</summary>
    public static double Rate(Attention attention, int dimension, int degree)
    {
        double multiplier = Lambda(dimension, degree, attention.Beta) / attention.Beta;
        if (attention.Normalization == Normalization.Softmax) multiplier /= Lambda(dimension, 0, attention.Beta);
        return degree * (degree + dimension - 2.0) * (multiplier - attention.Noise);
    }
}
