using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>How a time was predicted from given data, best first.</summary>
public enum PredictionMethod
{
    /// <summary>Expansion of the data in powers of their deviation: all modes and their couplings.</summary>
    Expansion,

    /// <summary>Amplitude equation of the fastest degree alone; off by tens of per cent where other modes are as large.</summary>
    AmplitudeEquation,

    /// <summary>Linear growth of the fastest degree alone.</summary>
    LinearGrowth,

    /// <summary>Nothing to predict: no component of the fastest degree, or one beyond the threshold.</summary>
    None,
}

/// <summary>Where the linear phase of given data ends: the best prediction that theory has (docs/phases.md).</summary>
internal static class LinearPhase
{
    private const int Order = 8, Scan = 256;

    // A series whose error in α_q is a tenth of the threshold places the crossing to about a tenth of 1/γ, better than the amplitude equation where several modes are about.
    private const double Tolerance = MeasuredPhases.Threshold / 10;

    /// <summary>T₁: α_q reaches <see cref="MeasuredPhases.Threshold"/> from the data.</summary>
    /// <remarks>For d ≤ 3 by the expansion of the data (its growing degrees) to order 8 where it converges to it; else by the amplitude equation on the circle, by linear growth beyond it and at a resonance.</remarks>
    /// <param name="attention">The model.</param>
    /// <param name="basis">The harmonics of the data.</param>
    /// <param name="initial">[basis.Count] coefficients of the data.</param>
    /// <param name="degree">q, a degree that grows.</param>
    /// <param name="rate">γ_q.</param>
    /// <returns>NaN if the data have no component of degree q, or one beyond the threshold.</returns>
    public static (double Time, PredictionMethod Method) End(Attention attention, HarmonicBasis basis, ReadOnlySpan<double> initial, int degree, double rate)
    {
        double start = degree <= basis.Bandlimit ? DegreeAmplitudes.Of(basis, initial, degree) : double.NaN;
        if (!(start > 0 && start < MeasuredPhases.Threshold)) return (double.NaN, PredictionMethod.None);
        double linear = Math.Log(MeasuredPhases.Threshold / start) / rate;
        if (basis.Dimension <= 3)
        {
            (int largest, HarmonicBasis series) = Expansion(attention, basis, degree);
            double expanded = ByExpansion(attention, series, initial[..basis.Start(largest + 1)], degree, Horizon(linear, rate));
            if (!double.IsNaN(expanded)) return (expanded, PredictionMethod.Expansion);
        }
        if (basis.Dimension > 2) return (linear, PredictionMethod.LinearGrowth);
        try
        {
            return (LandauEquation.OnCircle(attention, degree).TimeToReach(start, MeasuredPhases.Threshold), PredictionMethod.AmplitudeEquation);
        }
        catch (ResonanceException)
        {
            return (linear, PredictionMethod.LinearGrowth);
        }
    }

    /// <summary>Bytes that <see cref="End"/> takes for data of any size down to rounding.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">The harmonics of the data.</param>
    /// <param name="degree">q, a degree that grows.</param>
    /// <param name="rate">γ_q.</param>
    public static long MemoryBytes(Attention attention, HarmonicBasis basis, int degree, double rate)
    {
        const double Smallest = 1e-8;
        if (basis.Dimension > 3) return 0;
        (int largest, HarmonicBasis series) = Expansion(attention, basis, degree);
        return InitialValueSeries.RequiredBytes(attention, series, largest, Order, Horizon(Math.Log(MeasuredPhases.Threshold / Smallest) / rate, rate));
    }

    // The largest degree of the data that is kept (the others stay small), and the harmonics of the series.
    private static (int Largest, HarmonicBasis Series) Expansion(Attention attention, HarmonicBasis basis, int degree)
    {
        int largest = Math.Max(1, Math.Min(basis.Bandlimit, TokenSample.GrowingDegree(attention, basis.Dimension)));
        return (largest, new HarmonicBasis(basis.Dimension, basis.Dimension == 2 ? Math.Max(48, 2 * degree) : Math.Max(largest, 4 * degree)));
    }

    private static double Horizon(double linear, double rate) => 1.5 * linear + 1 / rate;

    private static double ByExpansion(Attention attention, HarmonicBasis basis, ReadOnlySpan<double> initial, int degree, double horizon)
    {
        InitialValueSeries series = InitialValueSeries.Of(attention, basis, initial, Order, horizon);
        var state = new double[basis.Count];
        double end = Math.Min(horizon, series.ValidUntil), low = 0, high = 0;
        if (!(end > 0)) return double.NaN;
        for (int k = 1; k <= Scan && high == 0; k++)
            if (Amplitude(end * k / Scan) >= MeasuredPhases.Threshold) high = end * k / Scan; else low = end * k / Scan;
        if (high == 0) return double.NaN;
        for (int halving = 0; halving < 40; halving++)
        {
            double middle = 0.5 * (low + high);
            if (Amplitude(middle) < MeasuredPhases.Threshold) low = middle; else high = middle;
        }
        return series.TruncationError(low) <= Tolerance * Math.Sqrt(Multiplicity.Of(basis.Dimension, degree)) ? low : double.NaN;

        double Amplitude(double time)
        {
            series.Evaluate(time, state);
            return DegreeAmplitudes.Of(basis, state, degree);
        }
    }
}
