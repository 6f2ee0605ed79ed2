namespace Meanfield.IO;

/// <summary>The tokens of a file that are diagnosed, sequence by sequence.</summary>
internal sealed class TokenSequences
{
    private readonly bool[]? _kept;
    private readonly int _length;
    private readonly (int Sequence, int First)[] _starts;

    /// <summary>Divides a file into sequences and leaves out what is masked.</summary>
    /// <exception cref="InvalidDataException">The mask does not fit the file.</exception>
    /// <exception cref="ArgumentException">The sequences do not fit the file.</exception>
    internal TokenSequences(IHiddenStates states, DiagnosisOptions options)
    {
        _length = options.SequenceLength ?? states.Tokens;
        if (_length < 1 || states.Tokens % _length != 0)
            throw new ArgumentException($"--sequence-length must divide the {states.Tokens} tokens of a sequence in the file, but is {_length}");
        _kept = options.Mask is { } mask ? TokenMask.Read(mask, states.Sequences, states.Tokens) : null;
        var starts = new List<(int, int)>();
        var lengths = new List<int>();
        for (int s = 0; s < states.Sequences; s++)
        {
            for (int first = 0; first < states.Tokens; first += _length)
            {
                int count = _kept is null ? _length : _kept.AsSpan(s * states.Tokens + first, _length).Count(true);
                if (count == 0) continue;
                starts.Add((s, first));
                lengths.Add(count);
            }
        }
        (_starts, Lengths, FileTokens) = ([.. starts], lengths, states.Tokens);
    }

    /// <summary>Tokens of each sequence that count, at least 1.</summary>
    internal IReadOnlyList<int> Lengths { get; }

    private int FileTokens { get; }

    /// <summary>Pieces of at most <paramref name="most"/> tokens as the file has them, in order.</summary>
    internal IEnumerable<(int Sequence, int First, int Count)> Pieces(int most)
    {
        foreach ((int sequence, int start) in _starts)
            for (int first = start; first < start + _length; first += most)
                yield return (sequence, first, Math.Min(most, start + _length - first));
    }

    /// <summary>Moves the tokens of a piece that count to its front.</summary>
    /// <returns>How many they are.</returns>
    internal int Compress((int Sequence, int First, int Count) piece, Span<double> rows, int dimension)
    {
        if (_kept is null) return piece.Count;
        int kept = 0;
        for (int i = 0; i < piece.Count; i++)
        {
            if (!_kept[piece.Sequence * FileTokens + piece.First + i]) continue;
            if (kept < i) rows.Slice(i * dimension, dimension).CopyTo(rows[(kept * dimension)..]);
            kept++;
        }
        return kept;
    }

    /// <summary>Where in the file token number <paramref name="token"/> of those that count stands.</summary>
    internal (int Sequence, int Token) Place(int token)
    {
        foreach ((int sequence, int first, int count) in Pieces(int.MaxValue))
        {
            for (int i = first; i < first + count; i++)
                if ((_kept is null || _kept[sequence * FileTokens + i]) && token-- == 0) return (sequence, i);
        }
        throw new ArgumentOutOfRangeException(nameof(token));
    }
}
