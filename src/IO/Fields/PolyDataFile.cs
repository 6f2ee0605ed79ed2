namespace Meanfield.IO;

/// <summary>
/// Geometry with arrays over time for ParaView: NAME.vtkhdf (ParaView 5.12 and later) and beside it NAME.xdmf (up to 5.11,
/// Xdmf3 readers) and NAME.xdmf2 (XDMF 2 readers), which point into the same data.
/// </summary>
internal static class PolyDataFile
{
    // The XDMF readers count rows in 32 bits.
    private const long MostRows = int.MaxValue;

    /// <summary>Writes the three files, each complete or not at all.</summary>
    /// <param name="path">Where; it ends in the extension.</param>
    /// <param name="outline">What the file holds.</param>
    /// <param name="steps">Number of time steps.</param>
    /// <param name="fill">Begins each step of the image in order and writes its arrays.</param>
    /// <param name="extension">How the name ends.</param>
    /// <param name="beside">Writes what the file holds beside the group VTKHDF, or null for nothing.</param>
    /// <exception cref="ArgumentException">No steps, more rows than readers count, an unusable name, or what the image refuses.</exception>
    /// <exception cref="IOException">A file could not be written, or libhdf5 is missing.</exception>
    internal static void Write(
        string path, PolyDataOutline outline, int steps, Action<VtkHdfImage> fill, string extension = ".vtkhdf", Action<Hdf5File>? beside = null)
    {
        string name = Path.GetFileName(path);
        if (!name.EndsWith(extension, StringComparison.Ordinal) || name.AsSpan().IndexOfAny(":|") >= 0)
            throw new ArgumentException($"the name of a field file ends in {extension} and has no ':' or '|': {name}");
        if (steps == 0)
            throw new ArgumentException("a field file needs at least one frame", nameof(steps));
        if ((long)steps * outline.PointCount > MostRows)
            throw new ArgumentException($"{steps} frames of {outline.PointCount} points are too many for one field file", nameof(steps));

        string pipe = Path.ChangeExtension(path, ".xdmf");
        string slab = Path.ChangeExtension(path, ".xdmf2");
        using Hdf5File file = Hdf5File.CreateInMemory(name);
        using var image = new VtkHdfImage(file, outline, steps);
        beside?.Invoke(file);
        fill(image);
        double[] times = image.Finish();

        // A sidecar that names data which do not exist ends ParaView: old ones go first, new ones come last.
        File.Delete(pipe);
        File.Delete(slab);
        file.Publish(path);
        AtomicFile.WriteText(pipe, XdmfDocument.Create(name, outline, times, XdmfStyle.Pipe));
        AtomicFile.WriteText(slab, XdmfDocument.Create(name, outline, times, XdmfStyle.HyperSlab));
    }
}
