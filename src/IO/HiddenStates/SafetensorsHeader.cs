using System.Buffers.Binary;
using System.Text.Json;

namespace Meanfield.IO;

/// <summary>A tensor of a .safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">dtype, such as F16.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Begin">Byte of the data at which it begins.</param>
/// <param name="End">Byte of the data behind its last.</param>
internal sealed record SafetensorsTensor(string Name, string Type, long[] Shape, long Begin, long End);

/// <summary>
/// The header of a .safetensors file: 8 bytes of length (little-endian), JSON {"name": {"dtype", "shape", "data_offsets": [begin, end]}, …}, then the data, which
/// the tensors cover without holes or overlaps.
/// </summary>
/// <param name="Tensors">The tensors in the order of their data.</param>
/// <param name="DataOffset">Byte of the file at which the data begin.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsTensor> Tensors, long DataOffset)
{
    private const int LengthBytes = sizeof(long);
    private const int LongestHeader = 1 << 24;      // a hundred thousand tensors
    private const int MostAxes = 16;
    private const string Metadata = "__metadata__";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 4 };

    /// <summary>Reads the header and holds it against the length of the file.</summary>
    /// <exception cref="InvalidDataException">It is not a .safetensors file or is damaged; the sentence says how.</exception>
    internal static SafetensorsHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[LengthBytes];
        if (stream.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
            throw new InvalidDataException($"{path} is not a .safetensors file: it has {stream.Length} bytes");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LongestHeader)
            throw new InvalidDataException($"{path} is not a .safetensors file: its header claims {length} bytes; at most {LongestHeader} are believed");
        if ((long)length > stream.Length - LengthBytes)
            throw new InvalidDataException($"{path} ends inside its header: it has {stream.Length} bytes where the header claims {length}");
        byte[] text = new byte[length];
        stream.ReadExactly(text);
        long dataOffset = LengthBytes + (long)length;
        return new SafetensorsHeader(Covering(Parse(text, path), stream.Length - dataOffset, path), dataOffset);
    }

    private static List<SafetensorsTensor> Parse(byte[] text, string path)
    {
        try
        {
            var reader = new Utf8JsonReader(text, Strict);
            return ReadTensors(ref reader, path);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the header of {path} is not that of a .safetensors file: {Quote.Short(problem.Message)}", problem);
        }
    }

    private static List<SafetensorsTensor> ReadTensors(ref Utf8JsonReader reader, string path)
    {
        var tensors = new List<SafetensorsTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
                throw new InvalidDataException($"the header of {path} names '{Quote.Short(name)}' twice");
            if (name == Metadata)
                SkipMetadata(ref reader);
            else
                tensors.Add(ReadTensor(ref reader, name, path));
        }

        while (reader.Read())
            throw new JsonException("something follows its last brace");
        return tensors;
    }

    private static void SkipMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
            Expect(ref reader, JsonTokenType.String);
    }

    private static SafetensorsTensor ReadTensor(ref Utf8JsonReader reader, string name, string path)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadLengths(ref reader, MostAxes);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadLengths(ref reader, 2);
                    break;
                case var key:
                    throw new InvalidDataException($"the header of {path} has '{Quote.Short(key!)}' for '{Quote.Short(name)}' twice or where only dtype, shape and data_offsets belong");
            }
        }

        return type is null || shape is null || offsets is not [var begin, var end]
            ? throw new InvalidDataException($"the header of {path} lacks dtype, shape or data_offsets for '{Quote.Short(name)}'")
            : new SafetensorsTensor(name, type, shape, begin, end);
    }

    private static long[] ReadLengths(ref Utf8JsonReader reader, int most)
    {
        var lengths = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) == JsonTokenType.Number)
        {
            if (!reader.TryGetInt64(out long length) || length < 0 || lengths.Count == most)
                throw new JsonException("a length is no whole number, or one too many");
            lengths.Add(length);
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. lengths] : throw new JsonException("a length is no number");
    }

    private static List<SafetensorsTensor> Covering(List<SafetensorsTensor> tensors, long dataLength, string path)
    {
        tensors.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long covered = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Begin != covered || tensor.End < tensor.Begin || tensor.End > dataLength)
            {
                throw new InvalidDataException(
                    $"'{Quote.Short(tensor.Name)}' in {path} takes bytes {tensor.Begin} to {tensor.End} of {dataLength} where the one before ends at {covered}: the file is cut off or damaged");
            }

            long needed = ArraySize.Bytes(SizeOf(tensor, path), tensor.Shape);
            if (needed != tensor.End - tensor.Begin)
            {
                throw new InvalidDataException(
                    $"'{Quote.Short(tensor.Name)}' in {path} has {tensor.End - tensor.Begin} bytes where {tensor.Type} ({string.Join(", ", tensor.Shape)}) needs {needed}");
            }

            covered = tensor.End;
        }

        return covered == dataLength
            ? tensors
            : throw new InvalidDataException($"{path} has {dataLength} bytes of data where its tensors take {covered}");
    }

    private static int SizeOf(SafetensorsTensor tensor, string path) => tensor.Type switch
    {
        "F64" or "I64" or "U64" or "C64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
        _ => throw new InvalidDataException($"'{Quote.Short(tensor.Name)}' in {path} has the unknown dtype '{Quote.Short(tensor.Type)}'; F16, BF16, F32 and F64 can be read"),
    };

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("it ends too early");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (Next(ref reader) != type)
            throw new JsonException($"{reader.TokenType} stands at byte {reader.TokenStartIndex} where {type} is expected");
    }
}
