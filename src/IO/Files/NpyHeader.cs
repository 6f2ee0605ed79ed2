using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Meanfield.IO;

/// <summary>The header of a NumPy .npy file.</summary>
/// <param name="ElementType">NumPy's name of the element type, such as &lt;f8.</param>
/// <param name="FortranOrder">Whether the first index runs fastest.</param>
/// <param name="Shape">The shape of the array.</param>
internal sealed partial record NpyHeader(string ElementType, bool FortranOrder, long[] Shape)
{
    // NumPy writes some hundred bytes; whatever is much longer is not a header.
    private const int LongestHeader = 1 << 16;

    /// <summary>The first bytes of every .npy file.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header and leaves the stream at the first number.</summary>
    /// <exception cref="InvalidDataException">It is not a .npy file of version 1, 2 or 3.</exception>
    internal static NpyHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..6].SequenceEqual(Magic))
            throw new InvalidDataException($"{path} is not a NumPy .npy file");
        int version = start[6];
        if (version is < 1 or > 3 || start[7] != 0)
            throw new InvalidDataException($"{path} has .npy version {start[6]}.{start[7]}; 1.0, 2.0 and 3.0 can be read");

        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        Fill(stream, size, path);
        uint length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(size)
            : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
            throw new InvalidDataException($"the header of {path} claims {length} bytes; at most {LongestHeader} are believed");
        byte[] text = new byte[length];
        Fill(stream, text, path);
        return Parse(Encoding.UTF8.GetString(text), path);
    }

    /// <summary>How its numbers are stored.</summary>
    /// <exception cref="InvalidDataException">They are not float16, bfloat16, float32 or float64.</exception>
    internal StoredNumber Number(string path) => StoredNumber.OfNumpy(ElementType)
        ?? throw new InvalidDataException(
            $"{path} holds numbers of type {Quote.Short(ElementType)}; float64 (f8), float32 (f4), float16 (f2) or bfloat16 is needed: convert it with array.astype('f4')");

    /// <summary>Holds the bytes behind the header against the shape.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer.</exception>
    internal void RequireLength(Stream stream, string path)
    {
        long bytes = ArraySize.Bytes(Number(path).Size, Shape), available = stream.Length - stream.Position;
        if (bytes != available)
            throw new InvalidDataException($"{path} has {available} bytes of data where its shape ({string.Join(", ", Shape)}) needs {bytes}");
    }

    private static NpyHeader Parse(string text, string path)
    {
        Match match = Dictionary().Match(text);
        if (!match.Success)
            throw new InvalidDataException($"the header of {path} is not one of a plain array: {Excerpt(text)}");
        string? type = null;
        bool? fortranOrder = null;
        long[]? shape = null;
        for (int i = 0; i < match.Groups["key"].Captures.Count; i++)
        {
            string key = match.Groups["key"].Captures[i].Value;
            string value = match.Groups["value"].Captures[i].Value;
            switch (key)
            {
                case "descr" when type is null && value[0] is '\'' or '"':
                    type = value[1..^1];
                    break;
                case "fortran_order" when fortranOrder is null && value is "True" or "False":
                    fortranOrder = value == "True";
                    break;
                case "shape" when shape is null && value[0] == '(':
                    shape = ParseShape(value, path);
                    break;
                default:
                    throw new InvalidDataException($"the header of {path} is not one of a plain array: {Excerpt(text)}");
            }
        }

        return type is null || fortranOrder is null || shape is null
            ? throw new InvalidDataException($"the header of {path} lacks descr, fortran_order or shape: {Excerpt(text)}")
            : new NpyHeader(type, fortranOrder.Value, shape);
    }

    private static long[] ParseShape(string tuple, string path) =>
        Array.ConvertAll(
            tuple[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                ? length
                : throw new InvalidDataException($"the header of {path} has the shape {Excerpt(tuple)}"));

    private static void Fill(Stream stream, Span<byte> buffer, string path)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            throw new InvalidDataException($"{path} ends inside its header");
    }

    private static string Excerpt(string text) => Quote.Short(text.Trim());

    [GeneratedRegex(
        """
        ^\s*\{\s*(?:'(?<key>\w{1,20})'\s*:\s*(?<value>'[^']{0,80}'|True|False|\([\d,\s]{0,200}\))\s*(?:,\s*|(?=\})))*\}\s*$
        """,
        RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();
}
