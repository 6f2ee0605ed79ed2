using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Weakly nonlinear growth of mode q on the circle by the formulas of THEORY 3.4, for predictions.</summary>
/// <remarks>r = I_q/I_0 with softmax, 0 without normalization; γ without, γ̃ with noise.</remarks>
internal static class CircleRates
{
    /// <summary>h of c_2q = h c_q²: 2γ_q(1 − r)/(2γ̃_q − γ̃_2q).</summary>
    /// <param name="attention">The model.</param>
    /// <param name="degree">q.</param>
    public static double Slaved(Attention attention, int degree) =>
        2 * Silent(attention, degree) * (1 - Relative(attention, degree)) / (2 * FunkHecke.Rate(attention, 2, degree) - FunkHecke.Rate(attention, 2, 2 * degree));

    /// <summary>Coefficient of |c_q|² in ċ_q/(γ̃_q c_q): (γ_2q/2 − γ_q)h/γ̃_q without normalization, −[1 − r/2 − r²/2 + rh/2] with softmax and no noise.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="degree">q.</param>
    public static double Cubic(Attention attention, int degree)
    {
        double h = Slaved(attention, degree), r = Relative(attention, degree);
        return attention.Normalization == Normalization.Softmax
            ? -(1 - 0.5 * r - 0.5 * r * r + 0.5 * r * h)
            : (0.5 * Silent(attention, 2 * degree) - Silent(attention, degree)) * h / FunkHecke.Rate(attention, 2, degree);
    }

    private static double Silent(Attention attention, int degree) => FunkHecke.Rate(attention with { Noise = 0 }, 2, degree);

    private static double Relative(Attention attention, int degree) =>
        attention.Normalization == Normalization.Softmax ? FunkHecke.Lambda(2, degree, attention.Beta) / FunkHecke.Lambda(2, 0, attention.Beta) : 0;
}
