using System.Collections;

namespace Meanfield.IO;

/// <summary>Frames that are made when they are asked for: a file of any length needs the memory of one.</summary>
/// <param name="count">How many.</param>
/// <param name="frame">Makes the frame of a number, from 0.</param>
internal sealed class FrameSequence<T>(int count, Func<int, T> frame) : IReadOnlyList<T>
{
    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public T this[int index] => frame(index);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (int k = 0; k < count; k++) yield return frame(k);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
