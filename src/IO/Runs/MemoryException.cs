namespace Meanfield.IO;

/// <summary>Refused: a computation would need more memory than it may have.</summary>
public sealed class MemoryException : Exception
{
    private MemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses more bytes than <see cref="MemoryLimit.Default"/>.</summary>
    /// <param name="bytes">What the computation needs.</param>
    /// <param name="what">Which computation, at the start of the sentence.</param>
    /// <param name="remedy">What to change, at its end.</param>
    /// <exception cref="MemoryException">It is too much.</exception>
    public static void Require(long bytes, string what, string remedy) => Require(bytes, MemoryLimit.Default, what, remedy);

    /// <summary>Refuses more bytes than a limit.</summary>
    /// <param name="bytes">What the computation needs.</param>
    /// <param name="limit">What it may have.</param>
    /// <param name="what">Which computation, at the start of the sentence.</param>
    /// <param name="remedy">What to change, at its end.</param>
    /// <exception cref="MemoryException">It is too much.</exception>
    public static void Require(long bytes, MemoryLimit limit, string what, string remedy)
    {
        if (bytes > limit.Bytes)
            throw new MemoryException($"{what} needs {MemoryLimit.Text(bytes)} of memory where {MemoryLimit.Text(limit.Bytes)} are allowed: {remedy}");
    }
}
