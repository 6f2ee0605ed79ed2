using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Numerical settings of a density run.</summary>
public sealed record DensitySettings
{
    /// <summary>Starting bandlimit; null lets the initial data decide.</summary>
    public int? Bandlimit { get; init; }

    /// <summary>Largest bandlimit.</summary>
    public int MaximumBandlimit { get; init; } = 1023;

    /// <summary>Relative error per step.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Fourier engine; null leaves it to <see cref="FourierChoice.Auto"/>.</summary>
    public IFourierEngine? Engine { get; init; }

    /// <summary>Output times, ascending, the first 0.</summary>
    public required IReadOnlyList<double> OutputTimes { get; init; }

    /// <summary>Spectrum level below which the bandlimit is left alone: a hundredth of the tolerance, above rounding.</summary>
    public double GrowthThreshold => Math.Max(Tolerance / 100, 2e-14);

    /// <summary>Spectrum level above which a state at the largest bandlimit no longer counts as resolved.</summary>
    public double LossThreshold => Math.Max(Tolerance, 2e-14);

    /// <summary>0, every, 2·every, … and the end time itself.</summary>
    public static IReadOnlyList<double> Schedule(double until, double every)
    {
        var times = new List<double> { 0 };
        for (int k = 1; k * every < until * (1 - 1e-12); k++) times.Add(k * every);
        times.Add(until);
        return times;
    }
}
