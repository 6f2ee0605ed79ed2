using System.Buffers.Binary;

namespace Meanfield.IO;

/// <summary>NumPy .npy files.</summary>
public static class NpyFile
{
    private const int Piece = 1 << 16;

    /// <summary>Reads a matrix [N, d] of float32 or float64, little- or big-endian, in C or Fortran order.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It is not such a matrix or is damaged; the sentence says how.</exception>
    public static double[,] ReadMatrix(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no file {path}", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        NpyHeader header = NpyHeader.Read(stream, path);
        (int size, Func<ReadOnlySpan<byte>, double> decode) = Decoder(header, path);
        if (header.Shape.Length != 2)
            throw new InvalidDataException($"{path} has shape ({string.Join(", ", header.Shape)}); a matrix [N, d] is needed");

        (long rows, long columns) = (header.Shape[0], header.Shape[1]);
        Int128 numbers = (Int128)rows * columns;
        long available = stream.Length - stream.Position;
        if (numbers * size != available)
        {
            throw new InvalidDataException(
                $"{path} has {available} bytes of data where its shape ({rows}, {columns}) needs {numbers * size}");
        }

        if (numbers > Array.MaxLength || rows > int.MaxValue || columns > int.MaxValue)
            throw new InvalidDataException($"{path} has shape ({rows}, {columns}), more than one array can hold");

        var matrix = new double[rows, columns];
        byte[] buffer = new byte[Piece];
        for (long done = 0; done < (long)numbers;)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(Piece, ((long)numbers - done) * size));
            stream.ReadExactly(piece);
            for (; !piece.IsEmpty; piece = piece[size..], done++)
            {
                (long row, long column) = header.FortranOrder ? (done % rows, done / rows) : (done / columns, done % columns);
                matrix[row, column] = decode(piece);
            }
        }

        return matrix;
    }

    private static (int Size, Func<ReadOnlySpan<byte>, double> Decode) Decoder(NpyHeader header, string path) =>
        header.ElementType switch
        {
            "<f8" => (8, BinaryPrimitives.ReadDoubleLittleEndian),
            ">f8" => (8, BinaryPrimitives.ReadDoubleBigEndian),
            "<f4" => (4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            ">f4" => (4, bytes => BinaryPrimitives.ReadSingleBigEndian(bytes)),
            _ => throw new InvalidDataException(
                $"{path} holds numbers of type {header.ElementType}; float64 (<f8, >f8) or float32 (<f4, >f4) is needed"),
        };
}
