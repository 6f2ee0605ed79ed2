namespace Meanfield.Solver;

/// <summary>The functions φ₁(z) = (e^z − 1)/z and φ_(k+1)(z) = (φ_k(z) − 1/k!)/z of exponential integrators, without cancellation.</summary>
internal static class Phi
{
    /// <summary>φ₁(z) = e^{z/2} sinh(z/2)/(z/2).</summary>
    public static double One(double z)
    {
        if (z == 0) return 1;
        return Math.Abs(z) > 1 ? (Math.Exp(z) - 1) / z : Math.Exp(0.5 * z) * Math.Sinh(0.5 * z) / (0.5 * z);
    }

    /// <summary>φ₁, φ₂, φ₃: φ₃ by its series near 0 and the recurrence downwards, else the recurrence upwards.</summary>
    public static (double One, double Two, double Three) OneToThree(double z)
    {
        if (Math.Abs(z) > 2)
        {
            double one = One(z), two = (one - 1) / z;
            return (one, two, (two - 0.5) / z);
        }
        double term = 1.0 / 6, three = term; // φ₃ = Σ z^n/(n+3)!
        for (int n = 1; Math.Abs(term) > 1e-19; n++)
        {
            term *= z / (n + 3);
            three += term;
        }
        double second = 0.5 + z * three;
        return (1 + z * second, second, three);
    }
}
