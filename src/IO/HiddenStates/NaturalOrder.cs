namespace Meanfield.IO;

/// <summary>The order of names in which numbers count as numbers: layer.2 before layer.10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The only one.</summary>
    internal static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x, right = y;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            ReadOnlySpan<char> a = Digits(left), b = Digits(right);
            int difference, length = 1, other = 1;
            if (a.IsEmpty || b.IsEmpty)
            {
                difference = left[0].CompareTo(right[0]);
            }
            else
            {
                (length, other) = (a.Length, b.Length);
                a = a.TrimStart('0');
                b = b.TrimStart('0');
                difference = a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
            }

            if (difference != 0)
                return difference;
            left = left[length..];
            right = right[other..];
        }

        // Names that differ in leading zeros only still have an order of their own.
        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(x, y);
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
