namespace Meanfield.IO;

/// <summary>Which tokens of a file of hidden states count.</summary>
internal static class TokenMask
{
    private const int LargestElement = 16;

    /// <summary>Reads a mask.</summary>
    /// <param name="path">.npy file [tokens], for every sequence, or [sequences, tokens]; whatever is not 0 counts.</param>
    /// <param name="sequences">Sequences of the hidden states.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <returns>[sequences · tokens].</returns>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It is no such mask, or leaves no token.</exception>
    internal static bool[] Read(string path, int sequences, int tokens)
    {
        using FileStream file = InputFile.Open(path);
        NpyHeader header = NpyHeader.Read(file, path);
        string type = header.ElementType;
        if (type.Length < 3 || type[1] is not ('b' or 'i' or 'u' or 'f') || !int.TryParse(type[2..], out int size) || size is < 1 or > LargestElement)
            throw new InvalidDataException($"{path} holds elements of type {type}; a mask holds truth values or numbers: convert it with mask.astype(bool)");
        bool each = header.Shape.Length == 2 && header.Shape[0] == sequences && header.Shape[1] == tokens;
        if (!each && !(header.Shape.Length == 1 && header.Shape[0] == tokens))
            throw new InvalidDataException($"{path} has shape ({string.Join(", ", header.Shape)}); the mask of these hidden states has shape ({tokens}) or ({sequences}, {tokens})");
        if (each && header.FortranOrder && sequences > 1 && tokens > 1)
            throw new InvalidDataException($"{path} is in Fortran order; save it with numpy.ascontiguousarray");
        long bytes = ArraySize.Bytes(size, header.Shape), available = file.Length - file.Position;
        if (bytes != available) throw new InvalidDataException($"{path} has {available} bytes of data where its shape needs {bytes}");
        byte[] data = new byte[bytes];
        file.ReadExactly(data);
        var kept = new bool[sequences * tokens];
        for (int i = 0; i < kept.Length; i++)
        {
            int at = (each ? i : i % tokens) * size;
            kept[i] = data.AsSpan(at, size).ContainsAnyExcept((byte)0);
        }
        return kept.AsSpan().Contains(true) ? kept : throw new InvalidDataException($"{path} leaves no token");
    }
}
