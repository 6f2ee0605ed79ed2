namespace Meanfield.Spectral;

/// <summary>Roots of unity to full accuracy.</summary>
internal static class UnitRoot
{
    /// <summary>
    /// (cos, sin) of 2π·numerator/denominator, the angle reduced exactly to the first octant before the sine is taken,
    /// so multiples of a quarter turn are exact and the rounding is that of the library functions.
    /// </summary>
    /// <param name="numerator">Any integer.</param>
    /// <param name="denominator">≥ 1.</param>
    public static (double Cosine, double Sine) Of(long numerator, long denominator)
    {
        long eighths = 8 * (((numerator % denominator) + denominator) % denominator);
        int octant = (int)(eighths / denominator);
        long rest = eighths - octant * denominator;
        bool mirrored = (octant & 1) == 1;
        if (mirrored)
            rest = denominator - rest;
        (double s, double c) = Math.SinCos(Math.PI / 4 * ((double)rest / denominator));
        if (mirrored)
            (c, s) = (s, c);
        return (octant / 2) switch
        {
            0 => (c, s),
            1 => (-s, c),
            2 => (-c, -s),
            _ => (s, -c),
        };
    }
}
