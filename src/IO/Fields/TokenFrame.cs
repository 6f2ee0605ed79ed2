namespace Meanfield.IO;

/// <summary>The tokens at one time.</summary>
/// <param name="Time">The model's own time.</param>
/// <param name="Positions">[3·n] Cartesian coordinates, token after token; <see cref="TokenProjection"/> makes them in any dimension.</param>
/// <param name="ClusterIds">[n] the cluster that each token belongs to; any negative number for none.</param>
public sealed record TokenFrame(double Time, float[] Positions, int[] ClusterIds);
