using Meanfield.IO;

namespace Meanfield.Tests.IO;

/// <summary>Hidden states in memory.</summary>
/// <param name="layers">[layers][sequences · tokens · dimension].</param>
/// <param name="sequences">Sequences.</param>
/// <param name="dimension">Components.</param>
internal sealed class MemoryStates(double[][] layers, int sequences, int dimension) : IHiddenStates
{
    public int Layers => layers.Length;

    public int Sequences => sequences;

    public int Tokens => layers[0].Length / sequences / dimension;

    public int Dimension => dimension;

    public string LayerName(int layer) => $"layer_{layer:00}";

    public void Read(int layer, int sequence, int firstToken, Span<double> rows) =>
        layers[layer].AsSpan((sequence * Tokens + firstToken) * dimension, rows.Length).CopyTo(rows);

    public void Dispose()
    {
    }
}
