using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>λ_k(β, d) and growth rates by their power series, for predictions: nothing in common with the recurrence that the solvers use.</summary>
public static class FunkHecke
{
    /// <summary>λ_k = Γ(d/2)(2/β)^{d/2−1} I_{k+d/2−1}(β) = Σ_m Γ(d/2)(β/2)^{2m+k}/(m! Γ(m+k+d/2)); on the circle I_k(β).</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degree">k ≥ 0.</param>
    /// <param name="beta">β.</param>
    public static double Lambda(int dimension, int degree, double beta)
    {
        double term = 1;
        for (int j = 0; j < degree; j++) term *= 0.5 * beta / (0.5 * dimension + j);
        double sum = term;
        for (int m = 0; term != 0 && (Math.Abs(term) > 1e-20 * Math.Abs(sum) || m < 0.5 * Math.Abs(beta)); m++)
        {
            term *= 0.25 * beta * beta / ((m + 1.0) * (m + degree + 0.5 * dimension));
            sum += term;
        }
        return sum;
    }

    /// <summary>γ_k = k(k+d−2)(m_k − κ), m_k = λ_k/β (USA) or λ_k/(βλ_0) (SA) (THEORY 2.2).</summary>
    /// <param name="attention">The model, β ≠ 0.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degree">k ≥ 0.</param>
    public static double Rate(Attention attention, int dimension, int degree)
    {
        double multiplier = Lambda(dimension, degree, attention.Beta) / attention.Beta;
        if (attention.Normalization == Normalization.Softmax) multiplier /= Lambda(dimension, 0, attention.Beta);
        return degree * (degree + dimension - 2.0) * (multiplier - attention.Noise);
    }
}
