using System.IO.Compression;

namespace Meanfield.IO;

/// <summary>HDF5's shuffle and deflate filters for one chunk.</summary>
internal static class ChunkCompressor
{
    /// <summary>Groups the bytes of equal significance together, then deflates.</summary>
    internal static MemoryStream Compress(ReadOnlySpan<byte> raw, int elementSize)
    {
        byte[] shuffled = new byte[raw.Length];
        int count = raw.Length / elementSize;
        for (int significance = 0; significance < elementSize; significance++)
        {
            Span<byte> plane = shuffled.AsSpan(significance * count, count);
            for (int i = 0, source = significance; i < plane.Length; i++, source += elementSize)
                plane[i] = raw[source];
        }

        var packed = new MemoryStream(raw.Length);
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(shuffled);
        return packed;
    }
}
