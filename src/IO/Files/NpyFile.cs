namespace Meanfield.IO;

/// <summary>NumPy .npy files.</summary>
public static class NpyFile
{
    private const int Piece = 1 << 16;

    /// <summary>Reads a matrix [N, d] of float16, bfloat16, float32 or float64, little- or big-endian, in C or Fortran order.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file.</exception>
    /// <exception cref="MemoryException">It is larger than the memory.</exception>
    /// <exception cref="InvalidDataException">It is not such a matrix or is damaged; the sentence says how.</exception>
    public static double[,] ReadMatrix(string path)
    {
        using FileStream stream = InputFile.Open(path);
        NpyHeader header = NpyHeader.Read(stream, path);
        StoredNumber type = header.Number(path);
        if (header.Shape is not [var rows, var columns])
            throw new InvalidDataException($"{path} has shape ({string.Join(", ", header.Shape)}); a matrix [N, d] is needed");
        header.RequireLength(stream, path);
        if (rows > int.MaxValue || columns > int.MaxValue || (Int128)rows * columns > Array.MaxLength)
            throw new InvalidDataException($"{path} has shape ({rows}, {columns}), more than one array can hold");
        MemoryException.Require(rows * columns * sizeof(double), $"the matrix ({rows}, {columns}) of {path}", "use fewer tokens");

        var matrix = new double[rows, columns];
        byte[] buffer = new byte[Piece];
        double[] numbers = new double[Piece / type.Size];
        long all = rows * columns;
        for (long done = 0; done < all;)
        {
            int count = (int)Math.Min(numbers.Length, all - done);
            Span<byte> piece = buffer.AsSpan(0, count * type.Size);
            stream.ReadExactly(piece);
            type.Decode(piece, numbers.AsSpan(0, count));
            for (int i = 0; i < count; i++, done++)
            {
                (long row, long column) = header.FortranOrder ? (done % rows, done / rows) : (done / columns, done % columns);
                matrix[row, column] = numbers[i];
            }
        }

        return matrix;
    }
}
