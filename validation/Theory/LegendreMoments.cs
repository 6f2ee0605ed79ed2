namespace Meanfield.Validation;

/// <summary>A_k = ½∫P_k(t) f(t) dt of a density about an axis of S², by Fejér's rule in t = cos θ, for predictions.</summary>
public static class LegendreMoments
{
    /// <summary>A_0 … A_highest.</summary>
    /// <param name="density">f(t), smooth.</param>
    /// <param name="highest">Largest degree.</param>
    /// <param name="points">Points of the rule, well above the degree of f·P_k.</param>
    public static double[] Of(Func<double, double> density, int highest, int points)
    {
        var moments = new double[highest + 1];
        for (int i = 0; i < points; i++)
        {
            double angle = Math.PI * (i + 0.5) / points, t = Math.Cos(angle), weight = 1, before = 0, polynomial = 1;
            for (int j = 1; j <= (points - 1) / 2; j++) weight -= 2 * Math.Cos(2 * j * angle) / (4.0 * j * j - 1);
            double mass = weight / points * density(t);
            for (int k = 0; k <= highest; k++)
            {
                moments[k] += mass * polynomial;
                (before, polynomial) = (polynomial, ((2 * k + 1) * t * polynomial - k * before) / (k + 1));
            }
        }
        return moments;
    }

    /// <summary>P_0(t) … P_highest(t) weighted: Σ_k c_k P_k(t).</summary>
    /// <param name="coefficients">c_k.</param>
    /// <param name="t">In [−1, 1].</param>
    public static double Sum(ReadOnlySpan<double> coefficients, double t)
    {
        double sum = 0, before = 0, polynomial = 1;
        for (int k = 0; k < coefficients.Length; k++)
        {
            sum += coefficients[k] * polynomial;
            (before, polynomial) = (polynomial, ((2 * k + 1) * t * polynomial - k * before) / (k + 1));
        }
        return sum;
    }
}
