using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Solver;

/// <summary>2^t in eight lanes: the exponential under the sums over pairs of tokens.</summary>
/// <remarks>
/// t = r + f with 8r an integer and |f| ≤ 1/16; then 2^t = 2^r (1 + f q(f)), where q is the best polynomial of degree 6 for
/// (2^f − 1)/f (error of the product 5e−18), and 2^r is one of eight stored numbers with 8r added to its exponent. Error within two roundings.
/// </remarks>
internal static class PowerOfTwo
{
    /// <summary>Smaller arguments count as this one; 2^t is then near the smallest normal number, never 0.</summary>
    public const double Least = -1021;

    /// <summary>Largest argument that does not overflow.</summary>
    public const double Largest = 1023;

    private const double Eighths = 1.5 * (1L << 49); // adding it rounds to a multiple of 1/8
    private const int ExponentShift = 49; // takes 8r to where r counts the exponent

    /// <summary>The bits of 2^(k/8), less the k eighths that adding 8r brings.</summary>
    private static Vector512<long> Roots
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x3FF0000000000000,
            0x3FF172B83C7D517B - (1L << ExponentShift),
            0x3FF306FE0A31B715 - (2L << ExponentShift),
            0x3FF4BFDAD5362A27 - (3L << ExponentShift),
            0x3FF6A09E667F3BCD - (4L << ExponentShift),
            0x3FF8ACE5422AA0DB - (5L << ExponentShift),
            0x3FFAE89F995AD3AD - (6L << ExponentShift),
            0x3FFD5818DCFBA487 - (7L << ExponentShift));
    }

    /// <summary>2^t for t ≤ <see cref="Largest"/>; arguments below <see cref="Least"/> are raised to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> exponent)
    {
        Vector512<double> t = Vector512.Max(exponent, Vector512.Create(Least));
        Vector512<double> lifted = t + Vector512.Create(Eighths);
        Vector512<double> f = t - (lifted - Vector512.Create(Eighths));
        Vector512<long> eighths = lifted.AsInt64();
        Vector512<double> root = (Pick(eighths) + Vector512.ShiftLeft(eighths, ExponentShift)).AsDouble();
        Vector512<double> q = Vector512.Create(0.0000152534295864969094);
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.000154044338193475813));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.00133335581328388558));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.00961812908998330078));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.0555041086648222435));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.240226506959109328));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.693147180559945309));
        return Vector512.FusedMultiplyAdd(root, f * q, root);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Pick(Vector512<long> eighths) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(Roots, eighths)
        : Vector512.Shuffle(Roots, eighths & Vector512.Create(7L));
}
