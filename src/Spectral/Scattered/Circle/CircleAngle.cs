using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>The angle of points of the circle in units of cells.</summary>
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
    public static T Locate<T>(T x, T y, double cells, out T t) where T : struct, ISimd<T>
    {
        T zero = T.Broadcast(0), quarter = T.Broadcast(cells / 4), flatness = T.MultiplySubtractFrom(y, y, x * x);
        T along = T.Select(flatness, y, x), across = T.Select(flatness, zero - x, y);
        T r = across / along, s = r * r, square = s * s;
        T even = T.Broadcast(Coefficients[0]), odd = T.Broadcast(Coefficients[1]); // by the parity of the power of s
        for (int i = 2; i < 22; i += 2)
        {
            even = T.MultiplyAdd(even, square, T.Broadcast(Coefficients[i]));
            odd = T.MultiplyAdd(odd, square, T.Broadcast(Coefficients[i + 1]));
        }
        T angle = r * T.MultiplyAdd(even, s, odd), scale = T.Broadcast(cells * (0.5 / Math.PI));
        T interval = T.Floor(angle * scale), fraction = T.MultiplyAdd(angle, scale, zero - interval);
        t = fraction + fraction - T.Broadcast(1);
        T axis = T.Select(flatness, quarter, zero);
        T cell = T.Select(along, axis + quarter + quarter, axis) + interval;
        cell = T.Select(cell, cell + T.Broadcast(cells), cell);
        return T.Select(T.Broadcast(-1) - cell, cell, zero); // what is no number lies in cell 0
    }
}
