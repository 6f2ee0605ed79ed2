namespace Meanfield.Spectral;

/// <summary>Sizes 2^a·3^b·5^c, for which every Fourier engine is fast.</summary>
public static class FourierSize
{
    /// <summary>Whether <paramref name="size"/> = 2^a·3^b·5^c with a, b, c ≥ 0.</summary>
    public static bool IsSmooth(int size)
    {
        if (size < 1)
            return false;
        foreach (int prime in (ReadOnlySpan<int>)[2, 3, 5])
            while (size % prime == 0)
                size /= prime;
        return size == 1;
    }

    /// <summary>The least 2^a·3^b·5^c that is ≥ <paramref name="size"/> and a multiple of <paramref name="multiple"/>.</summary>
    /// <param name="size">Lower bound, ≥ 1.</param>
    /// <param name="multiple">Itself of the form 2^a·3^b·5^c.</param>
    /// <exception cref="ArgumentOutOfRangeException">size &lt; 1, or multiple not of that form.</exception>
    /// <exception cref="OverflowException">No such size below 2³¹.</exception>
    public static int Next(int size, int multiple = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!IsSmooth(multiple))
            throw new ArgumentOutOfRangeException(nameof(multiple), multiple, "not of the form 2^a·3^b·5^c");
        int quotient = (size - 1) / multiple + 1;
        while (!IsSmooth(quotient))
            quotient = checked(quotient + 1);
        return checked(quotient * multiple);
    }
}
