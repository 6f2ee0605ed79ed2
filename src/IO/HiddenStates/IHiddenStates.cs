namespace Meanfield.IO;

/// <summary>Hidden states [layers, sequences, tokens, dimension], read a piece at a time.</summary>
public interface IHiddenStates : IDisposable
{
    /// <summary>Layers, at least 1.</summary>
    int Layers { get; }

    /// <summary>Sequences of each layer, at least 1.</summary>
    int Sequences { get; }

    /// <summary>Tokens of each sequence, at least 1.</summary>
    int Tokens { get; }

    /// <summary>Components of each token, at least 1.</summary>
    int Dimension { get; }

    /// <summary>What the file calls a layer; its number where it gives no name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    string LayerName(int layer);

    /// <summary>Reads tokens of one layer and sequence. Several threads may read at once.</summary>
    /// <param name="layer">0 … Layers − 1.</param>
    /// <param name="sequence">0 … Sequences − 1.</param>
    /// <param name="firstToken">0 … Tokens − count.</param>
    /// <param name="rows">[count, Dimension] receives tokens firstToken … firstToken + count − 1, one after another.</param>
    /// <exception cref="ArgumentException">Tokens outside the file, or no whole number of rows.</exception>
    /// <exception cref="InvalidDataException">A number is NaN or infinite (the first is named), or the file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    void Read(int layer, int sequence, int firstToken, Span<double> rows);
}
