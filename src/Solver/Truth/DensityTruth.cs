using System.Globalization;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>What <see cref="DensityTruth"/> remembers from one output to the next.</summary>
/// <param name="Admitted">Errors in L²(σ) admitted since the start.</param>
/// <param name="Published">The same up to the last output.</param>
/// <param name="FirstNegative">Negative mass of the initial data.</param>
public sealed record TruthCheckpoint(double Admitted, double Published, double FirstNegative);

/// <summary>Whether a density in harmonics still obeys the laws of its equation: finite, of mass 1, not more negative than it was, of growing energy.</summary>
/// <remarks>
/// A step is accepted with an error of at most tolerance·‖ρ − 1‖ in L²(σ), and what degrees beyond the bandlimit would hold is at most the loss threshold times that
/// (<see cref="DegreeSpectrum"/>). The sum of both over the steps is what errors can explain; the monitors say how much of each law that is.
/// </remarks>
internal sealed class DensityTruth
{
    private static readonly FiniteMonitor Finite = new(
        "energy", "entropy", "free_energy", "dissipation", "order_parameter", "mass", "negative_mass", "minimum_density", "maximum_density", "spectrum_tail", "aliasing");

    private readonly EnergyMonitor? _energy;
    private readonly DensitySettings _settings;
    private readonly List<string> _warnings = [];
    private TruthCheckpoint _state = new(0, 0, double.NaN);

    /// <summary>Watches the run of a model.</summary>
    public DensityTruth(Attention attention, DensitySettings settings) => (_energy, _settings) = (EnergyMonitor.OfDensity(attention), settings);

    /// <summary>Sentences on anything short of a violation: positivity, quadrature; each topic once.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>All that a resumed run needs to judge as this one would.</summary>
    public TruthCheckpoint Checkpoint() => _state;

    /// <summary>Takes up what <see cref="Checkpoint"/> gave.</summary>
    public void Restore(TruthCheckpoint from, IReadOnlyList<string> warnings)
    {
        _state = from;
        _warnings.AddRange(warnings);
    }

    /// <summary>Counts an accepted step.</summary>
    /// <param name="deviation">‖ρ − 1‖₂ after it.</param>
    public void Admit(double deviation) =>
        _state = _state with { Admitted = _state.Admitted + (_settings.Tolerance + _settings.LossThreshold) * deviation };

    /// <summary>Judges a state that is to be published; the first one gives the negative mass of the data.</summary>
    /// <param name="before">Observables of the last output; null at the first.</param>
    /// <param name="now">Observables of the state.</param>
    /// <param name="elapsed">Time since the last output.</param>
    /// <param name="steps">Accepted steps since the start.</param>
    /// <returns>The law that is broken; null if none is.</returns>
    public Violation? Judge(Observables? before, in Observables now, double elapsed, long steps)
    {
        if (before is null) _state = _state with { FirstNegative = now.NegativeMass };
        Violation? violation = Finite.Judge(now) ?? MassMonitor.Judge(now.Mass, MassMonitor.Bound(steps)) ?? NegativityMonitor.Judge(_state.FirstNegative, now, _state.Admitted);
        if (before is { } last) violation ??= _energy?.Judge(last, now, _state.Admitted - _state.Published, elapsed);
        _state = _state with { Published = _state.Admitted };
        return violation;
    }

    /// <summary>Says once, with the time and the remedy, that the density dips below 0 or that the quadrature of softmax errs.</summary>
    public void Warn(in Observables now, double time)
    {
        double negligible = 100 * _settings.LossThreshold * Math.Max(1, now.MaximumDensity);
        if (now.MinimumDensity < -negligible)
        {
            Once("density", $"from t = {Number(time)} the density is negative somewhere ({Number(now.MinimumDensity)}): " +
                "raise method.max_bandlimit, or smooth the initial data");
        }
        if (now.Aliasing > _settings.Tolerance)
            Once("softmax", $"softmax quadrature errs by {Number(now.Aliasing)} at t = {Number(time)}, more than method.tolerance: raise method.bandlimit");
    }

    private void Once(string topic, string sentence)
    {
        if (!_warnings.Exists(w => w.Contains(topic, StringComparison.Ordinal))) _warnings.Add(sentence);
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
