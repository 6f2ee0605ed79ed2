using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>Where the numbers of one layer lie in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Byte of its first number.</param>
/// <param name="Type">Type of its numbers.</param>
internal sealed record FlatLayer(string Name, long Offset, StoredNumber Type);

/// <summary>Numbers from one index to the next along each axis of a layer.</summary>
/// <param name="Sequence">From a sequence to the next.</param>
/// <param name="Token">From a token to the next.</param>
/// <param name="Component">From a component to the next; 1 means that tokens lie whole.</param>
internal sealed record FlatStrides(long Sequence, long Token, long Component)
{
    /// <summary>The last index runs fastest.</summary>
    internal static FlatStrides RowMajor(HiddenStateShape shape) => new((long)shape.Tokens * shape.Dimension, shape.Dimension, 1);

    /// <summary>The first index of [layers, sequences, tokens, dimension] runs fastest.</summary>
    internal static FlatStrides ColumnMajor(HiddenStateShape shape) =>
        new(shape.Layers, (long)shape.Layers * shape.Sequences, (long)shape.Layers * shape.Sequences * shape.Tokens);
}

/// <summary>
/// Hidden states whose numbers lie plainly in a file (.npy, .safetensors). Positioned reads of a few pages at a time: no part of the file is kept in
/// memory, and a file that shrinks meanwhile is an exception, where a memory map would end the process.
/// </summary>
/// <remarks>Numbers with the first index fastest (Fortran order) are gathered component by component: every layer then passes over the whole file.</remarks>
internal sealed class FlatHiddenStates : HiddenStates
{
    private const int Piece = 1 << 15;
    private const int Gathered = 512;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly IReadOnlyList<FlatLayer> _layers;
    private readonly FlatStrides _strides;

    /// <summary>Takes over an opened file.</summary>
    /// <param name="file">The file; what the layers and strides say lies inside it.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="layers">[shape.Layers].</param>
    /// <param name="strides">Where numbers lie within a layer.</param>
    internal FlatHiddenStates(FileStream file, HiddenStateShape shape, IReadOnlyList<FlatLayer> layers, FlatStrides strides)
        : base(file.Name, shape) => (_path, _file, _layers, _strides) = (file.Name, file, layers, strides);

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();

    /// <inheritdoc/>
    private protected override int TokensAtOnce => _strides.Component == 1 ? Math.Max(1, Piece / Dimension) : int.MaxValue;

    /// <inheritdoc/>
    private protected override string NameOf(int layer) => _layers[layer].Name;

    /// <inheritdoc/>
    private protected override void Fill(int layer, int sequence, int firstToken, Span<double> rows)
    {
        FlatLayer place = _layers[layer];
        long first = place.Offset + (sequence * _strides.Sequence + firstToken * _strides.Token) * place.Type.Size;
        if (_strides.Component == 1)
            ReadRun(place.Type, first, rows);
        else
            Gather(place.Type, first, rows);
    }

    [SkipLocalsInit]
    private void ReadRun(StoredNumber type, long offset, Span<double> numbers)
    {
        if (type == StoredNumber.Double)
        {
            ReadExactly(MemoryMarshal.AsBytes(numbers), offset);
            return;
        }

        Span<byte> buffer = stackalloc byte[Piece];
        for (int most = Piece / type.Size; !numbers.IsEmpty;)
        {
            int count = Math.Min(most, numbers.Length);
            Span<byte> piece = buffer[..(count * type.Size)];
            ReadExactly(piece, offset);
            type.Decode(piece, numbers[..count]);
            numbers = numbers[count..];
            offset += piece.Length;
        }
    }

    [SkipLocalsInit]
    private void Gather(StoredNumber type, long first, Span<double> rows)
    {
        Span<byte> buffer = stackalloc byte[Piece];
        Span<double> gathered = stackalloc double[Gathered];
        long step = _strides.Token * type.Size;
        int most = (int)Math.Clamp(Piece / step, 1, Gathered), tokens = rows.Length / Dimension;
        for (int component = 0; component < Dimension; component++)
        {
            long column = first + component * _strides.Component * type.Size;
            for (int done = 0; done < tokens; done += most)
            {
                int count = Math.Min(most, tokens - done);
                Span<byte> piece = buffer[..(int)((count - 1) * step + type.Size)];
                ReadExactly(piece, column + done * step);
                for (int i = 1; i < count; i++)
                    piece.Slice((int)(i * step), type.Size).CopyTo(piece[(i * type.Size)..]);
                type.Decode(piece[..(count * type.Size)], gathered[..count]);
                for (int i = 0; i < count; i++)
                    rows[(done + i) * Dimension + component] = gathered[i];
            }
        }
    }

    private void ReadExactly(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
            if (read == 0)
                throw new InvalidDataException($"{_path} became shorter while it was read");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
