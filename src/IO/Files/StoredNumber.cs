using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Meanfield.IO;

/// <summary>A floating-point format of numbers in a file.</summary>
internal enum NumberFormat
{
    /// <summary>IEEE binary16.</summary>
    Half,

    /// <summary>The upper half of an IEEE binary32.</summary>
    BFloat16,

    /// <summary>IEEE binary32.</summary>
    Single,

    /// <summary>IEEE binary64.</summary>
    Double,
}

/// <summary>How a floating-point number lies in a file.</summary>
/// <param name="Format">Its format.</param>
/// <param name="BigEndian">Whether its first byte is the most significant.</param>
internal readonly record struct StoredNumber(NumberFormat Format, bool BigEndian = false)
{
    /// <summary>A double as this machine holds it.</summary>
    internal static StoredNumber Double { get; } = new(NumberFormat.Double, !BitConverter.IsLittleEndian);

    /// <summary>Bytes of a number: 2, 4 or 8.</summary>
    internal int Size => Format switch { NumberFormat.Double => 8, NumberFormat.Single => 4, _ => 2 };

    /// <summary>The type of NumPy's name for it; null for what is no floating-point number of 2, 4 or 8 bytes.</summary>
    /// <remarks>ml_dtypes writes bfloat16 as &lt;V2, and NumPy alone writes that again as |V2: two bytes without a meaning of their own.</remarks>
    internal static StoredNumber? OfNumpy(string descr) => descr switch
    {
        "<f8" => new(NumberFormat.Double),
        ">f8" => new(NumberFormat.Double, true),
        "<f4" => new(NumberFormat.Single),
        ">f4" => new(NumberFormat.Single, true),
        "<f2" => new(NumberFormat.Half),
        ">f2" => new(NumberFormat.Half, true),
        "<V2" or "|V2" or "bfloat16" => new(NumberFormat.BFloat16),
        _ => null,
    };

    /// <summary>The type of a dtype of safetensors; null for what is no floating-point number of 2, 4 or 8 bytes.</summary>
    internal static StoredNumber? OfSafetensors(string dtype) => dtype switch
    {
        "F64" => new(NumberFormat.Double),
        "F32" => new(NumberFormat.Single),
        "F16" => new(NumberFormat.Half),
        "BF16" => new(NumberFormat.BFloat16),
        _ => null,
    };

    /// <summary>Turns stored numbers into doubles, exactly; NaN stays NaN.</summary>
    /// <param name="bytes">[n · <see cref="Size"/>]; their order may change.</param>
    /// <param name="values">[n].</param>
    internal void Decode(Span<byte> bytes, Span<double> values)
    {
        bool reversed = BigEndian == BitConverter.IsLittleEndian;
        switch (Format)
        {
            case NumberFormat.Double:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                Span<ulong> wide = MemoryMarshal.Cast<double, ulong>(values);
                if (reversed) BinaryPrimitives.ReverseEndianness(wide, wide);
                break;
            case NumberFormat.Single:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
                if (reversed) BinaryPrimitives.ReverseEndianness(words, words);
                Singles(words, values);
                break;
            default:
                Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                if (reversed) BinaryPrimitives.ReverseEndianness(halves, halves);
                if (Format == NumberFormat.Half) Halves(halves, values); else BFloats(halves, values);
                break;
        }
    }

    private static void Singles(ReadOnlySpan<uint> stored, Span<double> values)
    {
        ref uint from = ref MemoryMarshal.GetReference(stored);
        ref double to = ref MemoryMarshal.GetReference(values[..stored.Length]);
        int i = 0;
        for (; i <= stored.Length - 16; i += 16)
            Store(Vector512.LoadUnsafe(ref from, (nuint)i).AsSingle(), ref to, (nuint)i);
        for (; i < stored.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle(stored[i]);
    }

    private static void BFloats(ReadOnlySpan<ushort> stored, Span<double> values)
    {
        ref ushort from = ref MemoryMarshal.GetReference(stored);
        ref double to = ref MemoryMarshal.GetReference(values[..stored.Length]);
        int i = 0;
        for (; i <= stored.Length - 32; i += 32)
        {
            Vector512<ushort> bits = Vector512.LoadUnsafe(ref from, (nuint)i);
            Store((Vector512.WidenLower(bits) << 16).AsSingle(), ref to, (nuint)i);
            Store((Vector512.WidenUpper(bits) << 16).AsSingle(), ref to, (nuint)i + 16);
        }

        for (; i < stored.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)stored[i] << 16);
    }

    private static void Halves(ReadOnlySpan<ushort> stored, Span<double> values)
    {
        ref ushort from = ref MemoryMarshal.GetReference(stored);
        ref double to = ref MemoryMarshal.GetReference(values[..stored.Length]);
        int i = 0;
        for (; i <= stored.Length - 32; i += 32)
        {
            Vector512<ushort> bits = Vector512.LoadUnsafe(ref from, (nuint)i);
            Store(Single(Vector512.WidenLower(bits)), ref to, (nuint)i);
            Store(Single(Vector512.WidenUpper(bits)), ref to, (nuint)i + 16);
        }

        for (; i < stored.Length; i++)
            values[i] = (double)BitConverter.UInt16BitsToHalf(stored[i]);
    }

    // A half's exponent and significand, moved to those of a single, are 2⁻¹¹² of its value, below the normal numbers too; exponent 31 means infinity or NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Single(Vector512<uint> half)
    {
        const uint Infinity = 0x7f80_0000, HalfInfinity = 0x7c00 << 13;
        Vector512<uint> size = (half & Vector512.Create(0x7fffu)) << 13;
        Vector512<uint> sign = (half & Vector512.Create(0x8000u)) << 16;
        Vector512<uint> scaled = (size.AsSingle() * Vector512.Create(5192296858534827628530496329220096f)).AsUInt32();
        Vector512<uint> special = Vector512.GreaterThanOrEqual(size, Vector512.Create(HalfInfinity)) & Vector512.Create(Infinity);
        return (scaled | special | sign).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> numbers, ref double to, nuint at)
    {
        Vector512.WidenLower(numbers).StoreUnsafe(ref to, at);
        Vector512.WidenUpper(numbers).StoreUnsafe(ref to, at + 8);
    }
}
