using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>Tokens of the circle by their angles (V16, V18–V20, V26).</summary>
internal static class CircleTokens
{
    /// <summary>Tokens at given angles.</summary>
    public static TokenSample At(params IReadOnlyList<double> angles) => new(2, [.. angles.SelectMany(angle => (double[])[Math.Cos(angle), Math.Sin(angle)])]);

    /// <summary>Angles in (−π, π] of the recorded tokens.</summary>
    public static double[] Angles(Snapshot snapshot) =>
        [.. Enumerable.Range(0, snapshot.Positions!.Length / 2).Select(i => Math.Atan2(snapshot.Positions[2 * i + 1], snapshot.Positions[2 * i]))];

    /// <summary>N tokens at the quantiles (i + ½)/N of the density 1 + 2 Σ a_k cos(kθ + φ_k), by Newton's rule; no sampling noise.</summary>
    /// <param name="count">N.</param>
    /// <param name="modes">Degree k, amplitude a_k = |c_k| and phase φ_k = −arg c_−k = arg c_k of each mode; Σ a_k well below ½.</param>
    public static TokenSample Quantiles(int count, params (int Degree, double Amplitude, double Phase)[] modes)
    {
        var angles = new double[count];
        for (int i = 0; i < count; i++)
        {
            double goal = 2 * Math.PI * (i + 0.5) / count;
            angles[i] = goal;
            for (int step = 0; step < 12; step++)
            {
                double reached = angles[i], density = 1;
                foreach ((int k, double a, double phase) in modes)
                {
                    reached += 2 * a / k * (Math.Sin(k * angles[i] + phase) - Math.Sin(phase));
                    density += 2 * a * Math.Cos(k * angles[i] + phase);
                }
                angles[i] += (goal - reached) / density;
            }
        }
        return At(angles);
    }
}
