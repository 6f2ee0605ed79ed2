using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>How clearly the linear phase singles out the fastest degree q: at its end |c_p|/|c_q| ~ N^(−(1−γ_p/γ_q)/2) for the runner-up p (THEORY 3.2).</summary>
/// <param name="Fastest">q.</param>
/// <param name="RunnerUp">p, the second fastest degree.</param>
/// <param name="Exponent">(1 − γ_p/γ_q)/2; ½ or more if the runner-up does not grow.</param>
public sealed record ModeSelectivity(Eigenmode Fastest, Eigenmode RunnerUp, double Exponent)
{
    /// <summary>Reads the two fastest degrees.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <exception cref="ArgumentException">No degree grows.</exception>
    public static ModeSelectivity Of(Attention attention, int dimension)
    {
        Eigenmodes modes = Eigenmodes.About(attention, dimension);
        Eigenmode fastest = modes.Fastest;
        if (!(fastest.GrowthRate > 0)) throw new ArgumentException("no degree grows: nothing is selected", nameof(attention));
        Eigenmode runnerUp = modes.Modes.Where(mode => mode != fastest).MaxBy(mode => mode.GrowthRate)!;
        return new ModeSelectivity(fastest, runnerUp, 0.5 * (1 - runnerUp.GrowthRate / fastest.GrowthRate));
    }

    /// <summary>N^(−exponent): the typical size of the runner-up beside the fastest mode when N tokens leave the linear phase.</summary>
    /// <param name="tokens">N ≥ 1.</param>
    public double Ratio(double tokens) => Math.Pow(tokens, -Exponent);
}
