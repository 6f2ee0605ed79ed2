namespace Meanfield.IO;

/// <summary>
/// Tokens over time for ParaView: NAME.vtkhdf (ParaView 5.12 and later) and beside it NAME.xdmf (up to 5.11, Xdmf3 readers)
/// and NAME.xdmf2 (XDMF 2 readers), which point into the same data. Each token is one vertex; the arrays are cluster_id and
/// particle_id, the number of the token, from 0.
/// </summary>
public static class TokenFieldFile
{
    private static readonly PointArray<int> ClusterIds = new("cluster_id", 1, "cluster of the token at this time");
    private static readonly PointArray<float> Positions = new("Points", 3, "position of the token");

    /// <summary>Writes the three files, each complete or not at all.</summary>
    /// <param name="path">Where; it ends in .vtkhdf.</param>
    /// <param name="frames">The same tokens in the same order at strictly increasing times; each frame is asked for once, in order.</param>
    /// <exception cref="ArgumentException">
    /// No frames, no tokens, frames that differ in the number of tokens, times not increasing, or an unusable name.
    /// </exception>
    /// <exception cref="IOException">A file could not be written, or libhdf5 is missing.</exception>
    public static void Write(string path, IReadOnlyList<TokenFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        TokenFrame? first = frames.Count == 0 ? null : frames[0];
        int tokens = first?.ClusterIds.Length ?? 0;
        if (tokens == 0)
            throw new ArgumentException("a token file needs at least one frame of at least one token", nameof(frames));
        int[] numbers = [.. Enumerable.Range(0, tokens)];
        var outline = new PolyDataOutline(
            new PolyDataCells("tokens", "Vertices", "Polyvertex", Array.ConvertAll(numbers, i => (long)i), tokens),
            tokens,
            Positions,
            [ClusterIds, new PointArray<int>("particle_id", 1, "number of the token", numbers)]);
        PolyDataFile.Write(path, outline, frames.Count, image =>
        {
            for (int step = 0; step < frames.Count; step++)
            {
                TokenFrame frame = step == 0 ? first! : frames[step];
                image.BeginStep(frame.Time);
                image.Write(Positions, frame.Positions);
                image.Write(ClusterIds, frame.ClusterIds);
            }
        });
    }
}
