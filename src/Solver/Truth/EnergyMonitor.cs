using System.Globalization;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The energy E, or with noise the free energy F = E + κ·entropy, does not fall where the equation makes it grow.</summary>
/// <remarks>
/// dE/dt = ∫ρ|v|² (USA) or ∫ρZ|v|² (SA) at κ = 0, and dF/dt ≥ 0 for USA with noise (THEORY 1.3). From every state the exact flow ascends, so a fall over n steps
/// is at most the sum of what n local errors take: slope·Σ‖e‖. For densities slope = ‖δF/δρ − mean‖₂ ≤ sinh|β|/|β| + κ log(max ρ/min ρ), half the range of W and
/// the range of log ρ; for tokens slope = sup|∇W| ≤ qe^{q|β|}, q = ‖Q‖‖K‖. Negative mass M⁻ descends at most at its own rate, M⁻·sup|v|² (times Z): e^{2|β|} or e^{|β|}.
/// The rounding of sums is 1e−12(|E| + κ|entropy|).
/// </remarks>
public sealed class EnergyMonitor
{
    private const double Rounding = 1e-12;
    private const double SmallestDensity = 2.3e-16; // below it log ρ is that of rounding

    private readonly double _noise;
    private readonly double _slope;
    private readonly double _descent; // of a unit of negative mass, per unit of time

    private EnergyMonitor(double noise, double slope, double descent) => (_noise, _slope, _descent) = (noise, slope, descent);

    /// <summary>The monitor of a density; null where no theorem makes an energy grow (softmax with noise).</summary>
    public static EnergyMonitor? OfDensity(Attention attention)
    {
        double size = Math.Abs(attention.Beta), scale = Observables.LogScaleFor(attention);
        bool plain = attention.Normalization == Normalization.None || size == 0;
        if (!plain && attention.Noise > 0) return null;
        double slope = size == 0 ? 1 : (Math.Exp(size - scale) - Math.Exp(-size - scale)) / (2 * size);
        return new EnergyMonitor(attention.Noise * Math.Exp(-scale), slope, Math.Exp((plain ? 2 : 1) * size - scale));
    }

    /// <summary>The monitor of tokens; null where no theorem makes their energy grow (<see cref="TokenModel.AscendsEnergy"/>).</summary>
    public static EnergyMonitor? OfTokens(TokenModel model)
    {
        if (!model.AscendsEnergy) return null;
        double form = model.FormNorm, exponent = Math.Abs(model.Attention.Beta) * form - Observables.LogScaleFor(model.Attention);
        return new EnergyMonitor(0, form * Math.Exp(exponent), 0);
    }

    /// <summary>A fall beyond the errors admitted; null if there is none, or where a density is negative and an entropy counts.</summary>
    /// <param name="before">Observables at the output before.</param>
    /// <param name="now">Observables now.</param>
    /// <param name="admitted">Σ‖e‖ of the steps between.</param>
    /// <param name="elapsed">Time between.</param>
    public Violation? Judge(in Observables before, in Observables now, double admitted, double elapsed)
    {
        bool free = _noise > 0;
        double negative = Math.Max(before.NegativeMass, now.NegativeMass), lowest = Math.Min(before.MinimumDensity, now.MinimumDensity);
        if (free && lowest <= 0) return null;
        double entropic = free ? _noise * Math.Log(Math.Max(before.MaximumDensity, now.MaximumDensity) / Math.Max(lowest, SmallestDensity)) : 0;
        double slack = (_slope + entropic) * admitted + Rounding * (Math.Abs(before.Energy) + (free ? _noise * Math.Abs(before.Entropy) : 0));
        if (negative > 0) slack += negative * _descent * elapsed; // NaN for tokens, which have none; characteristics leave theirs out
        double fall = free ? before.FreeEnergy - now.FreeEnergy : before.Energy - now.Energy;
        return !(fall > slack)
            ? null
            : new Violation(string.Create(CultureInfo.InvariantCulture, $"the {(free ? "free energy" : "energy")}, which must grow, has fallen by {fall:G3}, more than errors explain ({slack:G3}),"),
                "lower method.tolerance, or raise method.bandlimit where the scheme has one");
    }
}
