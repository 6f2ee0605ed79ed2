using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>Tokens of the circle by their angles.</summary>
internal static class CirclePoints
{
    /// <summary>Tokens at angles.</summary>
    /// <param name="angles">[N] angles.</param>
    public static TokenSample At(IEnumerable<double> angles) => new(2, [.. angles.SelectMany(angle => new[] { Math.Cos(angle), Math.Sin(angle) })]);

    /// <summary>The angle of token i in (−π, π].</summary>
    /// <param name="positions">[2·N] coordinate after coordinate.</param>
    /// <param name="i">Which.</param>
    public static double Angle(double[] positions, int i) => Math.Atan2(positions[positions.Length / 2 + i], positions[i]);

    /// <summary>c_k = Σ w_j e^{−ikθ_j} of tokens.</summary>
    /// <param name="angles">[N] angles.</param>
    /// <param name="weights">[N] masses.</param>
    /// <param name="degree">k.</param>
    public static (double Real, double Imaginary) Moment(IReadOnlyList<double> angles, IReadOnlyList<double> weights, int degree)
    {
        double real = 0, imaginary = 0;
        for (int j = 0; j < angles.Count; j++)
        {
            (double sine, double cosine) = Math.SinCos(degree * angles[j]);
            (real, imaginary) = (real + weights[j] * cosine, imaginary - weights[j] * sine);
        }
        return (real, imaginary);
    }
}
