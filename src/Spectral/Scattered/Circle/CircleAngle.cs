using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>The angle of eight points of the circle in units of cells.</summary>
internal static class CircleAngle
{
    // arctan(r)/r in r² on [0, 1]: Chebyshev interpolation of degree 21 in 60 digits, error 9e−19; highest power first
    private static ReadOnlySpan<double> Coefficients =>
    [
        -8.2679958173371501883e-6, 0.000099784108119530313592, -0.00057279257812920965769, 0.0020906335352636761286,
        -0.0054847789718093558289, 0.011122014669752633411, -0.018386836817918876021, 0.025947105703956302528,
        -0.032641162929770771668, 0.038129809754225042164, -0.042828645702794473778, 0.04743705966432169634,
        -0.052591037894858816568, 0.058816472367174149812, -0.066665728062897631729, 0.076922984329856850364,
        -0.090909084403388434368, 0.11111111080383853272, -0.14285714284820428681, 0.19999999999986156752,
        -0.33333333333333247768, 1,
    ];

    /// <summary>Cell J with centre 2π(J + ½)/M and local variable t ∈ [−1, 1], θ = 2π(J + ½ + t/2)/M.</summary>
    /// <param name="x">cos θ.</param>
    /// <param name="y">sin θ.</param>
    /// <param name="cells">M, a multiple of 8.</param>
    /// <param name="t">Receives t.</param>
    /// <returns>J as a number, 0 … M − 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Locate(Vector512<double> x, Vector512<double> y, double cells, out Vector512<double> t)
    {
        Vector512<double> zero = Vector512<double>.Zero, quarter = Vector512.Create(cells / 4);
        Vector512<double> steep = Vector512.GreaterThan(Vector512.Abs(y), Vector512.Abs(x));
        Vector512<double> along = Vector512.ConditionalSelect(steep, y, x), across = Vector512.ConditionalSelect(steep, -x, y);
        Vector512<double> r = across / along, s = r * r;
        Vector512<double> p = Vector512.Create(Coefficients[0]);
        for (int i = 1; i < 22; i++)
            p = Vector512.FusedMultiplyAdd(p, s, Vector512.Create(Coefficients[i]));
        Vector512<double> angle = r * p, scale = Vector512.Create(cells / (2 * Math.PI));
        Vector512<double> interval = Vector512.Floor(angle * scale);
        Vector512<double> fraction = Vector512.FusedMultiplyAdd(angle, scale, -interval);
        t = fraction + fraction - Vector512<double>.One;
        Vector512<double> axis = Vector512.ConditionalSelect(steep, quarter, zero);
        axis = Vector512.ConditionalSelect(Vector512.LessThan(along, zero), axis + quarter + quarter, axis);
        Vector512<double> cell = axis + interval;
        return Vector512.ConditionalSelect(Vector512.LessThan(cell, zero), cell + Vector512.Create(cells), cell);
    }
}
