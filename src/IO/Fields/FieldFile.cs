namespace Meanfield.IO;

/// <summary>
/// Fields over time for ParaView: NAME.vtkhdf (ParaView 5.12 and later) and beside it NAME.xdmf (up to 5.11, Xdmf3 readers)
/// and NAME.xdmf2 (XDMF 2 readers), which point into the same data.
/// </summary>
public static class FieldFile
{
    // The XDMF readers count rows in 32 bits.
    private const long MostRows = int.MaxValue;

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
        string name = Path.GetFileName(path);
        if (!name.EndsWith(".vtkhdf", StringComparison.Ordinal) || name.AsSpan().IndexOfAny(":|") >= 0)
            throw new ArgumentException($"the name of a field file ends in .vtkhdf and has no ':' or '|': {name}", nameof(path));
        if (frames.Count == 0)
            throw new ArgumentException("a field file needs at least one frame", nameof(frames));
        if ((long)frames.Count * mesh.PointCount > MostRows)
        {
            throw new ArgumentException(
                $"{frames.Count} frames of {mesh.PointCount} points are too many for one field file", nameof(frames));
        }


        string pipe = Path.ChangeExtension(path, ".xdmf");
        string slab = Path.ChangeExtension(path, ".xdmf2");
        using Hdf5File file = Hdf5File.CreateInMemory(name);
        double[] times = VtkHdfImage.Write(file, mesh, frames);

        // A sidecar that names data which do not exist ends ParaView: old ones go first, new ones come last.
        File.Delete(pipe);
        File.Delete(slab);
        file.Publish(path);
        AtomicFile.WriteText(pipe, XdmfDocument.Create(name, mesh, times, XdmfStyle.Pipe));
        AtomicFile.WriteText(slab, XdmfDocument.Create(name, mesh, times, XdmfStyle.HyperSlab));
    }
}
