namespace Meanfield.IO;

/// <summary>Sizes of arrays that a file claims.</summary>
internal static class ArraySize
{
    /// <summary>Bytes of an array; the largest long where they are more.</summary>
    /// <param name="elementSize">Bytes of one element.</param>
    /// <param name="shape">Its shape, nothing negative.</param>
    internal static long Bytes(int elementSize, IReadOnlyList<long> shape)
    {
        if (shape.Contains(0))
            return 0;
        long bytes = elementSize;
        foreach (long length in shape)
            bytes = bytes <= long.MaxValue / length ? bytes * length : long.MaxValue;
        return bytes;
    }
}
