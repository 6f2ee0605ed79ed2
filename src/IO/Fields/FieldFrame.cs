namespace Meanfield.IO;

/// <summary>The fields on a mesh at one time.</summary>
/// <param name="Time">The model's own time.</param>
/// <param name="Density">[PointCount] density with respect to the normalized uniform measure (uniform = 1).</param>
/// <param name="Velocity">[3·PointCount] Cartesian components of the tangential velocity, point after point.</param>
/// <param name="OrderParameter">|∫x dμ| of the state, in full precision.</param>
/// <param name="Mass">∫dμ of the state; integrals that ParaView takes over flat facets differ from it.</param>
public sealed record FieldFrame(double Time, float[] Density, float[] Velocity, double OrderParameter, double Mass);
