using System.Security.Cryptography;

namespace Meanfield.IO;

/// <summary>The SHA-256 of a file's bytes as its last 32: any flipped, missing or added bit shows before anything reads the file.</summary>
internal static class Seal
{
    private const int Length = SHA256.HashSizeInBytes;
    private const int Piece = 1 << 20;

    /// <summary>Holds a file against its seal.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal static void Require(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no file {path}", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long left = stream.Length - Length;
        byte[] buffer = new byte[Piece], seal = new byte[Length];
        while (left > 0)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(Piece, left)), 1, throwOnEndOfStream: true);
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        if (left < 0 || stream.ReadAtLeast(seal, Length, throwOnEndOfStream: false) < Length || !hash.GetHashAndReset().AsSpan().SequenceEqual(seal))
            throw new InvalidDataException($"{path} is damaged: its bytes are not those that were written");
    }
}
