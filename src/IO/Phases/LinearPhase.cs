using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Where the linear phase of given data ends: the best prediction that theory has (docs/phases.md).</summary>
internal static class LinearPhase
{
    private const int Order = 8, Bandlimit = 48, Scan = 256;

    // A series whose error in L² is a tenth of the threshold places the crossing to about a tenth of 1/γ, better than the amplitude equation where several modes are about.
    private const double Tolerance = MeasuredPhases.Threshold / 10;

    /// <summary>T₁: α_q reaches <see cref="MeasuredPhases.Threshold"/> from the data.</summary>
    /// <remarks>On the circle by the expansion of the data (its growing degrees) to order 8 where it converges to it, else by the amplitude equation; by linear growth beyond the circle and at a resonance.</remarks>
    /// <param name="attention">The model.</param>
    /// <param name="basis">The harmonics of the data.</param>
    /// <param name="initial">[basis.Count] coefficients of the data.</param>
    /// <param name="degree">q, a degree that grows.</param>
    /// <param name="rate">γ_q.</param>
    /// <returns>NaN if the data have no component of degree q, or one beyond the threshold.</returns>
    public static double End(Attention attention, HarmonicBasis basis, ReadOnlySpan<double> initial, int degree, double rate)
    {
        double start = degree <= basis.Bandlimit ? DegreeAmplitudes.Of(basis, initial, degree) : double.NaN;
        if (!(start > 0 && start < MeasuredPhases.Threshold)) return double.NaN;
        double linear = Math.Log(MeasuredPhases.Threshold / start) / rate;
        if (basis.Dimension > 2) return linear;
        int largest = Math.Min(basis.Bandlimit, TokenSample.GrowingDegree(attention, 2)); // the others stay small
        double expanded = ByExpansion(attention, initial[..basis.Start(largest + 1)], degree, 1.5 * linear + 1 / rate);
        if (!double.IsNaN(expanded)) return expanded;
        try
        {
            return LandauEquation.OnCircle(attention, degree).TimeToReach(start, MeasuredPhases.Threshold);
        }
        catch (ResonanceException)
        {
            return linear;
        }
    }

    private static double ByExpansion(Attention attention, ReadOnlySpan<double> initial, int degree, double horizon)
    {
        var basis = new HarmonicBasis(2, Math.Max(Bandlimit, 2 * degree));
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
        return series.TruncationError(low) <= Tolerance ? low : double.NaN;

        double Amplitude(double time)
        {
            series.Evaluate(time, state);
            return DegreeAmplitudes.Of(basis, state, degree);
        }
    }
}
