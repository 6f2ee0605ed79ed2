using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>The vector registers in which the kernels run: chosen once per process, and the results have the same bits in all of them.</summary>
/// <remarks>
/// Lanes never mix but in sums of fixed shape, and every product that is added is fused, in registers of any width.
/// The gradient on coefficients, of order L², takes one complex number at a time in all of them.
/// </remarks>
public static class SimdVariant
{
    /// <summary>Environment variable that asks for a variant: 512, 256 or scalar; absent or empty for the widest there is.</summary>
    public const string Variable = "MEANFIELD_SIMD";

    /// <summary>Doubles per register: 8, 4 or 1. Fixed before the kernels are compiled, so that they keep one branch.</summary>
    internal static readonly int Lanes;

    private static readonly string? Refusal;

    static SimdVariant()
    {
        int widest = Has512 ? 8 : Has256 ? 4 : 1;
        (Lanes, Refusal) = Choose(Environment.GetEnvironmentVariable(Variable), widest);
    }

    /// <summary>avx512, avx2 or scalar.</summary>
    public static string Name => Lanes switch { 8 => "avx512", 4 => "avx2", _ => "scalar" };

    private static bool Has512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    private static bool Has256 => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <summary>Does nothing if the variant that was asked for runs.</summary>
    /// <exception cref="ArgumentException"><see cref="Variable"/> names no variant, or one that this machine lacks.</exception>
    public static void Require()
    {
        if (Refusal != null)
            throw new ArgumentException(Refusal);
    }

    /// <summary>The lanes for a wish, and the sentence that refuses it if it cannot be had.</summary>
    /// <param name="wish">Value of <see cref="Variable"/>.</param>
    /// <param name="widest">Doubles in the machine's widest register: 8, 4 or 1.</param>
    internal static (int Lanes, string? Refusal) Choose(string? wish, int widest)
    {
        if (string.IsNullOrEmpty(wish))
            return (widest, null);
        int lanes = wish switch { "512" => 8, "256" => 4, "scalar" => 1, _ => 0 };
        if (lanes == 0)
            return (widest, $"{Variable} is '{wish}', which is not one of 512, 256 and scalar");
        return lanes <= widest ? (lanes, null) : (widest, $"{Variable} is {wish}, but this machine has no {wish}-bit vectors with fused multiply-add");
    }
}
