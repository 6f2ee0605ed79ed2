using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>One mode of the circle that grows alone until it feels itself (V12–V14): the run follows the unstable manifold of that mode.</summary>
internal static class UnstableManifold
{
    private const double Start = 1e-7, First = 0.02, Second = 0.04, Largest = 0.12;
    private const int Outputs = 160;

    /// <summary>A state on the way.</summary>
    /// <param name="Amplitude">|c_q|.</param>
    /// <param name="Harmonic">c_2q, real since c_q is.</param>
    /// <param name="Rate">ċ_q/c_q from the right-hand side of the density solver.</param>
    internal readonly record struct State(double Amplitude, double Harmonic, double Rate);

    /// <summary>States of a run from |c_q| = 1e−7.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="measurement">Learns of a density that is not resolved.</param>
    /// <param name="attention">The model.</param>
    /// <param name="degree">q.</param>
    /// <param name="until">Time of the run, long enough for |c_q| to reach 0.12.</param>
    public static State[] Follow(Trial trial, Measurement measurement, Attention attention, int degree, double until)
    {
        double[] times = [.. Enumerable.Range(0, Outputs + 1).Select(k => until * k / Outputs)];
        DensityRecord record = DensityRecord.Of(trial, attention, 2, [(degree, 1, Math.Sqrt(2) * Start)], 1e-12, times).MustComplete(measurement);
        return [.. record.Snapshots.Select((snapshot, at) => new State(
            record.Coefficient(at, degree, 1) / Math.Sqrt(2), record.Coefficient(at, 2 * degree, 1) / Math.Sqrt(2), Rate(attention, degree, snapshot)))];
    }

    /// <summary>
    /// (ċ_q/(γc_q) − 1)/|c_q|² against |c_q| as a curve, γ the rate measured at |c_q| = 1e−7, and its limit c_q → 0 by Richardson's rule from the first states
    /// beyond 0.02 and 0.04 as a figure.
    /// </summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="measurement">Receives curve and figure.</param>
    /// <param name="name">Name of both.</param>
    /// <param name="attention">The model.</param>
    /// <param name="degree">q.</param>
    /// <param name="until">Time of the run.</param>
    public static void MeasureCubic(Trial trial, Measurement measurement, string name, Attention attention, int degree, double until)
    {
        State[] states = Follow(trial, measurement, attention, degree, until);
        State[] shown = [.. states.Where(state => state.Amplitude is >= First and <= Largest)];
        double[] sizes = [.. shown.Select(state => state.Amplitude)], defects = [.. shown.Select(Defect)];
        int second = Array.FindIndex(sizes, size => size >= Second);
        double a = sizes[0] * sizes[0], b = sizes[second] * sizes[second];
        measurement.Curve(name, "|c_q|", sizes, defects).Figure(name, (defects[0] * b - defects[second] * a) / (b - a));

        double Defect(State state) => (state.Rate / states[0].Rate - 1) / (state.Amplitude * state.Amplitude);
    }

    private static double Rate(Attention attention, int degree, Snapshot snapshot)
    {
        var flow = new DensityFlow(attention, 2, snapshot.Bandlimit, oversampling: 8);
        var tendency = new double[flow.Basis.Count];
        flow.Tendency(snapshot.Coefficients, tendency);
        int index = flow.Basis.IndexOf(degree, 1);
        return tendency[index] / snapshot.Coefficients[index];
    }
}
