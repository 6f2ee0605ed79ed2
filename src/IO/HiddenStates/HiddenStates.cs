using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Meanfield.IO;

/// <summary>What every format has in common: bounds of what is asked for, and that numbers are finite.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="shape">Its shape.</param>
internal abstract class HiddenStates(string path, HiddenStateShape shape) : IHiddenStates
{
    /// <inheritdoc/>
    public int Layers => shape.Layers;

    /// <inheritdoc/>
    public int Sequences => shape.Sequences;

    /// <inheritdoc/>
    public int Tokens => shape.Tokens;

    /// <inheritdoc/>
    public int Dimension => shape.Dimension;

    /// <inheritdoc/>
    public string LayerName(int layer)
    {
        RequireInside(layer, Layers, nameof(layer));
        return Quote.Line(NameOf(layer));
    }

    /// <inheritdoc/>
    public void Read(int layer, int sequence, int firstToken, Span<double> rows)
    {
        RequireInside(layer, Layers, nameof(layer));
        RequireInside(sequence, Sequences, nameof(sequence));
        int count = rows.Length / Dimension;
        if ((long)count * Dimension != rows.Length)
            throw new ArgumentException($"{rows.Length} numbers are no whole number of tokens of {Dimension} components", nameof(rows));
        if (firstToken < 0 || firstToken > Tokens - count)
            throw new ArgumentOutOfRangeException(nameof(firstToken), $"tokens {firstToken} to {(long)firstToken + count - 1} are not within 0 to {Tokens - 1}");
        for (int done = 0, piece; done < count; done += piece)
        {
            piece = Math.Min(TokensAtOnce, count - done);
            Span<double> some = rows.Slice(done * Dimension, piece * Dimension);
            Fill(layer, sequence, firstToken + done, some);
            if (!AreFinite(some)) throw NotFinite(layer, sequence, firstToken + done, some);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Tokens to read before their numbers are looked at, at least one: few enough to be in the cache still, where pieces cost no more than the whole.</summary>
    private protected virtual int TokensAtOnce => int.MaxValue;

    /// <summary>Name of a layer that exists.</summary>
    private protected abstract string NameOf(int layer);

    /// <summary>Reads tokens that exist, at least one.</summary>
    private protected abstract void Fill(int layer, int sequence, int firstToken, Span<double> rows);

    private InvalidDataException NotFinite(int layer, int sequence, int firstToken, ReadOnlySpan<double> rows)
    {
        int bad = 0;
        while (double.IsFinite(rows[bad])) bad++;
        string where = (Layers == 1 ? "" : $"layer {layer} ({LayerName(layer)}), ") + (Sequences == 1 ? "" : $"sequence {sequence}, ");
        return new InvalidDataException(
            $"{path} has {(double.IsNaN(rows[bad]) ? "NaN" : "an infinite number")} in {where}" +
            $"token {firstToken + bad / Dimension}, component {bad % Dimension}: every number must be finite");
    }

    // x − x is 0 for finite x and NaN for all others.
    private static bool AreFinite(ReadOnlySpan<double> numbers)
    {
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(numbers);
        Vector512<double> sum = Vector512<double>.Zero;
        foreach (Vector512<double> x in vectors)
            sum += x - x;
        double rest = Vector512.Sum(sum);
        foreach (double x in numbers[(vectors.Length * Vector512<double>.Count)..])
            rest += x - x;
        return rest == 0;
    }

    private static void RequireInside(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, $"{name} {index} is not within 0 to {count - 1}");
    }
}
