using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The noise at which degree 1 neither grows nor decays, found from runs of the density solver (V35–V38).</summary>
internal static class NoiseThreshold
{
    private const double Start = 1e-6, Time = 2;

    /// <summary>κ at which |m| of a small deviation of degree 1 keeps its size, by the secant rule on its measured growth rate, started at κ = 0 and 1.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="measurement">Learns of a density that is not resolved.</param>
    /// <param name="normalization">Softmax or none.</param>
    /// <param name="dimension">d.</param>
    /// <param name="beta">β.</param>
    public static double Find(Trial trial, Measurement measurement, Normalization normalization, int dimension, double beta)
    {
        (double left, double right) = (0, 1);
        (double atLeft, double atRight) = (Growth(left), Growth(right));
        for (int step = 0; step < 6 && Math.Abs(atRight) > 1e-12; step++)
        {
            double next = right - atRight * (right - left) / (atRight - atLeft);
            (left, atLeft, right, atRight) = (right, atRight, next, Growth(next));
        }
        return right;

        double Growth(double noise)
        {
            int order = dimension == 2 ? 1 : 0;
            DensityRecord run = DensityRecord.Of(trial, new Attention(normalization, beta, noise), dimension, [(1, order, Start)], 1e-10, 0, Time).MustComplete(measurement);
            return Math.Log(run.Coefficient(1, 1, order) / Start) / Time;
        }
    }
}
