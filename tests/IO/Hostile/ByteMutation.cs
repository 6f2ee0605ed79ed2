namespace Meanfield.Tests.IO;

/// <summary>Random damage to the bytes of a file, half of it near the beginning, where formats say what follows.</summary>
internal static class ByteMutation
{
    private const int Header = 512;

    private static readonly byte[][] Pieces =
    [
        [0], [0xff], [0x7f], [0, 0, 0, 0, 0, 0, 0, 0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0],
        .. ((string[])["-1", "9223372036854775807", "18446744073709551616", "4294967296", "1e3", "0", ",", "[", "{", "}", "\"", "'", "(", ")", "F64", "BF16", "<f2", "|O", "True", "\\u0000"])
            .Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    public static byte[] Of(byte[] file, Random random)
    {
        byte[] bytes = file;
        for (int n = random.Next(1, 4); n > 0; n--)
            bytes = Once(bytes, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        int at = random.Next(random.Next(2) == 0 ? Math.Min(Header, bytes.Length) : bytes.Length);
        int length = Math.Min(random.Next(1, 17), bytes.Length - at);
        byte[] piece = Pieces[random.Next(Pieces.Length)], copy = [.. bytes];
        switch (random.Next(8))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..at], .. piece, .. bytes[at..]];
            case 3:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 4:
                random.NextBytes(copy.AsSpan(at, length));
                return copy;
            case 5:
                copy[at] ^= (byte)(1 << random.Next(8));
                return copy;
            default:
                piece.AsSpan(0, Math.Min(piece.Length, bytes.Length - at)).CopyTo(copy.AsSpan(at));
                return copy;
        }
    }
}
