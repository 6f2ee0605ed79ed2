namespace Meanfield.IO;

/// <summary>
/// Fields over time for ParaView: NAME.vtkhdf (ParaView 5.12 and later) and beside it NAME.xdmf (up to 5.11, Xdmf3 readers)
/// and NAME.xdmf2 (XDMF 2 readers), which point into the same data.
/// </summary>
public static class FieldFile
{
    private static readonly PointArray<float> Density =
        new("density", 1, "density with respect to the normalized uniform measure (uniform = 1)");

    private static readonly PointArray<float> Velocity = new("velocity", 3, "tangential velocity, Cartesian components");

    /// <summary>Writes the three files, each complete or not at all.</summary>
    /// <param name="path">Where; it ends in .vtkhdf.</param>
    /// <param name="mesh">Where the fields live.</param>
    /// <param name="frames">The fields at strictly increasing times; each is asked for once, in order.</param>
    /// <exception cref="ArgumentException">
    /// No frames, times not increasing, arrays that do not fit the mesh, or an unusable name.
    /// </exception>
    /// <exception cref="IOException">A file could not be written, or libhdf5 is missing.</exception>
    public static void Write(string path, FieldMesh mesh, IReadOnlyList<FieldFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(frames);
        var outline = new PolyDataOutline(
            mesh.Cells,
            mesh.PointCount,
            new PointArray<float>("Points", 3, shared: mesh.Points),
            [Density, Velocity],
            ("order_parameter", "order parameter |int x d mu|"),
            ("mass", "total mass"));
        PolyDataFile.Write(path, outline, frames.Count, image =>
        {
            for (int step = 0; step < frames.Count; step++)
            {
                FieldFrame frame = frames[step];
                image.BeginStep(frame.Time, frame.OrderParameter, frame.Mass);
                image.Write(Density, frame.Density);
                image.Write(Velocity, frame.Velocity);
            }
        });
    }
}
