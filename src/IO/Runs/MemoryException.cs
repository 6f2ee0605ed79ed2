using System.Globalization;

namespace Meanfield.IO;

/// <summary>Refused: a computation would need more memory than this process may have.</summary>
public sealed class MemoryException : Exception
{
    private MemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses more bytes than the process may have (the machine's memory, or less where the runtime is limited).</summary>
    /// <param name="bytes">What the computation needs.</param>
    /// <param name="what">Which computation, at the start of the sentence.</param>
    /// <param name="remedy">What to change, at its end.</param>
    /// <exception cref="MemoryException">It is too much.</exception>
    public static void Require(long bytes, string what, string remedy)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes <= available) return;
        throw new MemoryException(string.Create(CultureInfo.InvariantCulture, $"{what} needs {bytes / 1e9:G3} GB of memory where {available / 1e9:G3} GB are available: {remedy}"));
    }
}
