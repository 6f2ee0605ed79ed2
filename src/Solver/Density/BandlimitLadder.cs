namespace Meanfield.Solver;

/// <summary>The bandlimits that an adaptive run climbs: L + 1 = 2^k or 3·2^k, so that grids stay friendly to the FFT.</summary>
public static class BandlimitLadder
{
    /// <summary>Lowest rung.</summary>
    public const int Lowest = 15;

    /// <summary>Smallest rung ≥ <paramref name="bandlimit"/>, or the top if that is lower.</summary>
    public static int AtLeast(int bandlimit, int top)
    {
        int rung = Lowest;
        while (rung < bandlimit) rung = Above(rung);
        return Math.Min(rung, top);
    }

    /// <summary>The next rung above <paramref name="bandlimit"/>, or the top if that is lower.</summary>
    public static int Next(int bandlimit, int top) => AtLeast(bandlimit + 1, top);

    /// <summary>The rung below <paramref name="bandlimit"/>, or the lowest.</summary>
    public static int Previous(int bandlimit)
    {
        int rung = Lowest;
        while (Above(rung) < bandlimit) rung = Above(rung);
        return rung;
    }

    private static int Above(int rung)
    {
        int power = 16;
        while (power - 1 <= rung) power *= 2;
        int between = power / 4 * 3 - 1;
        return between > rung ? between : power - 1;
    }
}
