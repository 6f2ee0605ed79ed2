using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Growth of a mode of the circle that is alone (V03, V04).</summary>
internal static class CircleGrowth
{
    private const string Rates = "γ_k", Defect = "exponent of ε in the rate's defect";

    /// <summary>γ_1 … γ_6 by their formula, and a defect of order ε².</summary>
    /// <param name="attention">The model.</param>
    /// <param name="relative">Tolerance of the rates.</param>
    /// <param name="order">Tolerance of the exponent.</param>
    public static Prediction Predict(Attention attention, double relative, double order) => new Prediction()
        .RelativeCurve(Rates, k => FunkHecke.Rate(attention, 2, (int)k), relative)
        .Exponent(Defect, 2, order);

    /// <summary>Rates of k = 1 … 6 at ε = 1e−6; how those of k = 3 at ε = 0.01 … 0.08 fall short of that at 1e−6.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="attention">The model.</param>
    /// <param name="time">Over which growth is measured.</param>
    public static Measurement Measure(Trial trial, Attention attention, double time)
    {
        var measurement = new Measurement();
        double[] degrees = [1, 2, 3, 4, 5, 6], sizes = [0.01, 0.02, 0.04, 0.08];
        measurement.Curve(Rates, "k", degrees, [.. degrees.Select(k => Rate(trial, measurement, attention, (int)k, 1e-6, time))]);
        double limit = Rate(trial, measurement, attention, 3, 1e-6, time);
        double[] defects = [.. sizes.Select(size => limit - Rate(trial, measurement, attention, 3, size, time))];
        return measurement.Curve(new Curve("rate's defect", "ε", sizes, defects) { LogX = true, LogY = true }).Figure(Defect, LineFit.Power(sizes, defects));
    }

    /// <summary>log(|c_k(T)|/|c_k(0)|)/T of the density that starts at 1 + 2ε cos kθ, so that |c_k(0)| = ε.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="measurement">Learns of a density that is not resolved.</param>
    /// <param name="attention">The model.</param>
    /// <param name="degree">k.</param>
    /// <param name="size">ε.</param>
    /// <param name="time">T.</param>
    private static double Rate(Trial trial, Measurement measurement, Attention attention, int degree, double size, double time)
    {
        TimeSeries amplitude = DensityRecord.Of(trial, attention, 2, [(degree, 1, Math.Sqrt(2) * size)], 1e-10, 0, time).MustComplete(measurement).Amplitude(degree);
        return Math.Log(amplitude.Values[1] / amplitude.Values[0]) / time;
    }
}
