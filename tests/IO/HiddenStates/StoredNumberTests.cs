using System.Diagnostics;
using System.Runtime.InteropServices;
using Meanfield.IO;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

public sealed class StoredNumberTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_float16_has_its_value(bool bigEndian) =>
        AssertAll(new StoredNumber(NumberFormat.Half, bigEndian), bits => (double)BitConverter.UInt16BitsToHalf(bits));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_bfloat16_has_its_value(bool bigEndian) =>
        AssertAll(new StoredNumber(NumberFormat.BFloat16, bigEndian), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    public void Vectors_of_every_length_end_where_they_should(int length)
    {
        foreach (NumberFormat format in Enum.GetValues<NumberFormat>())
        {
            var type = new StoredNumber(format);
            double[] values = [.. Enumerable.Repeat(-7.0, length + 2)];
            type.Decode(new byte[length * type.Size], values.AsSpan(1, length));
            Assert.Equal([-7, .. new double[length], -7], values);
        }
    }

    [Fact]
    public void Half_numbers_decode_fast()
    {
        byte[] bytes = new byte[1 << 15];
        double[] values = new double[bytes.Length / 2];
        new Random(1).NextBytes(bytes);
        foreach (NumberFormat format in (NumberFormat[])[NumberFormat.Half, NumberFormat.BFloat16])
        {
            var type = new StoredNumber(format);
            double best = double.PositiveInfinity;
            for (int round = 0; round < 100; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < 8; i++) type.Decode(bytes, values);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / 8);
            }

            output.WriteLine($"{format}: {bytes.Length / best / 1e9:F2} GB/s of stored numbers");
            Assert.True(bytes.Length / best > 0.25e9, $"{format}: {bytes.Length / best / 1e9:F2} GB/s");
        }
    }

    private static void AssertAll(StoredNumber type, Func<ushort, double> value)
    {
        ushort[] stored = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        byte[] bytes = MemoryMarshal.AsBytes(stored.AsSpan()).ToArray();
        if (type.BigEndian)
            for (int i = 0; i < bytes.Length; i += 2) bytes.AsSpan(i, 2).Reverse();
        double[] values = new double[stored.Length];
        type.Decode(bytes, values);
        for (int i = 0; i < values.Length; i++)
        {
            double expected = value(stored[i]);
            Assert.True(double.IsNaN(expected) ? double.IsNaN(values[i]) : BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(values[i]),
                $"{stored[i]:x4}: {values[i]:R} instead of {expected:R}");
        }
    }
}
