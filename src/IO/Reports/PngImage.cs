using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Meanfield.IO;

/// <summary>A picture of indices into a palette as PNG (ISO/IEC 15948).</summary>
internal static class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Encodes a picture.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="pixels">[height · width] indices, row after row from the top.</param>
    /// <param name="palette">[3 · n] red, green, blue of up to 256 colours.</param>
    public static byte[] Of(int width, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> palette)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], pixels.Length / width);
        (header[8], header[9]) = (8, 3); // eight bits a pixel, by palette
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int row = 0; row < pixels.Length; row += width)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(pixels.Slice(row, width));
            }
        }
        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR", header);
        Chunk(png, "PLTE", palette);
        Chunk(png, "IDAT", data.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string name, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        png.Write(number);
    }

    // CRC-32 with the reversed polynomial 0xEDB88320 (ISO 3309).
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = ~0u;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : sum >> 1 ^ 0xedb88320;
        }
        return ~sum;
    }
}
