namespace Meanfield.Spectral;

/// <summary>An unevaluated sum of two doubles, about 32 digits: used once, to set up quadrature rules.</summary>
/// <remarks>Error-free transformations after Dekker (1971) and Knuth, with a fused multiply-add for products.</remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double sum = a.High + b.High;
        double shift = sum - a.High;
        double error = (a.High - (sum - shift)) + (b.High - shift);
        return Normalize(sum, error + a.Low + b.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        double error = Math.FusedMultiplyAdd(a.High, b.High, -product);
        return Normalize(product, error + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double quotient = a.High / b.High;
        DoubleDouble remainder = a - b * quotient;
        double correction = remainder.High / b.High;
        remainder -= b * correction;
        return Normalize(quotient, correction) + remainder.High / b.High;
    }

    /// <summary>Square root by one Newton step from the double root.</summary>
    public DoubleDouble SquareRoot()
    {
        if (High <= 0) return 0;
        double root = Math.Sqrt(High);
        DoubleDouble defect = this - (DoubleDouble)root * root;
        return Normalize(root, defect.High / (2 * root));
    }

    private static DoubleDouble Normalize(double high, double low)
    {
        double sum = high + low;
        return new DoubleDouble(sum, low - (sum - high));
    }
}
