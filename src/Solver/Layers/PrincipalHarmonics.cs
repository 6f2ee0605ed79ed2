using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The tokens seen along their leading directions: harmonics of their directions in the plane of the first two and the space of the first three.</summary>
/// <remarks>
/// Unit tokens less their mean are projected on the principal directions and normalized to S¹ and S²; α_ℓ of <see cref="DegreeAmplitudes"/> turns with nothing:
/// it is the same however the directions are chosen within their plane or space. For uniform directions E α_ℓ² = 1/T.
/// </remarks>
/// <param name="Shares">Shares of the variance along the leading directions, up to three.</param>
/// <param name="Circle">[<see cref="CircleDegrees"/>] α_1, α_2, … in the plane; empty without two directions.</param>
/// <param name="Sphere">[<see cref="SphereDegrees"/>] α_1, α_2, … in the space; empty without three.</param>
public sealed record PrincipalHarmonics(double[] Shares, double[] Circle, double[] Sphere)
{
    /// <summary>Degrees on the circle.</summary>
    public const int CircleDegrees = 8;

    /// <summary>Degrees on the sphere.</summary>
    public const int SphereDegrees = 6;

    /// <summary>Projects and measures.</summary>
    internal static PrincipalHarmonics Of(TokenPanels panels, double[] mean, double[][] directions, double[] shares)
    {
        var unit = new double[panels.Dimension];
        var places = new double[panels.Count, directions.Length];
        for (int t = 0; t < panels.Count; t++)
        {
            panels.Get(t, unit);
            TensorPrimitives.Subtract(unit, mean, unit);
            for (int i = 0; i < directions.Length; i++) places[t, i] = TensorPrimitives.Dot<double>(unit, directions[i]);
        }
        return new PrincipalHarmonics(shares, Amplitudes(places, 2, CircleDegrees), Amplitudes(places, 3, SphereDegrees));
    }

    private static double[] Amplitudes(double[,] places, int dimension, int degrees)
    {
        if (places.GetLength(1) < dimension) return [];
        var kept = new List<double>();
        for (int t = 0; t < places.GetLength(0); t++)
        {
            double norm = 0;
            for (int i = 0; i < dimension; i++) norm += places[t, i] * places[t, i];
            norm = Math.Sqrt(norm);
            if (!(norm > 1e-12)) continue; // at the mean: no direction
            for (int i = 0; i < dimension; i++) kept.Add(places[t, i] / norm);
        }
        if (kept.Count == 0) return [];
        ScatteredHarmonics harmonics = ScatteredHarmonics.Create(dimension, degrees);
        var moments = new double[harmonics.Basis.Count];
        harmonics.Moments(new TokenSample(dimension, [.. kept]).ByCoordinate(), [], moments);
        return [.. Enumerable.Range(1, degrees).Select(degree => DegreeAmplitudes.Of(harmonics.Basis, moments, degree))];
    }
}
