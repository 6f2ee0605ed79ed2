using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

public sealed unsafe class SimdVariantTests
{
    [Theory]
    [InlineData(null, 8, 8)]
    [InlineData("", 4, 4)]
    [InlineData("512", 8, 8)]
    [InlineData("256", 8, 4)]
    [InlineData("256", 4, 4)]
    [InlineData("scalar", 8, 1)]
    [InlineData("scalar", 1, 1)]
    public void A_wish_the_machine_can_grant_is_granted(string? wish, int widest, int lanes)
        => Assert.Equal((lanes, null), SimdVariant.Choose(wish, widest));

    [Theory]
    [InlineData("512", 4, "512-bit")]
    [InlineData("256", 1, "256-bit")]
    [InlineData("128", 8, "not one of")]
    [InlineData("Scalar", 8, "not one of")]
    [InlineData(" 512", 8, "not one of")]
    public void Any_other_wish_is_refused_in_words(string wish, int widest, string words)
    {
        string? refusal = SimdVariant.Choose(wish, widest).Refusal;
        Assert.Contains(words, refusal, StringComparison.Ordinal);
        Assert.StartsWith(SimdVariant.Variable, refusal, StringComparison.Ordinal);
    }

    /// <summary>The whole suite runs in the variant that was asked for, or <c>make test-simd</c> would prove nothing.</summary>
    [Fact]
    public void The_variant_asked_for_runs()
    {
        string? wish = Environment.GetEnvironmentVariable(SimdVariant.Variable);
        SimdVariant.Require();
        Assert.Equal(wish switch { "512" => "avx512", "256" => "avx2", "scalar" => "scalar", _ => SimdVariant.Name }, SimdVariant.Name);
    }

    /// <summary>Sums of fixed shape: numbers of very different size, where another order of additions gives other bits.</summary>
    [Fact]
    public void Rows_are_summed_in_one_shape()
    {
        var rows = new AlignedBuffer(64);
        var random = new Random(11);
        for (int i = 0; i < 64; i++)
            rows.Span[i] = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4));
        double* sums = stackalloc double[8];
        LaneTranspose.SumRows(rows.Pointer, sums);
        for (int i = 0; i < 8; i++)
        {
            ReadOnlySpan<double> row = rows.Span.Slice(8 * i, 8);
            Assert.Equal(((row[0] + row[1]) + (row[2] + row[3])) + ((row[4] + row[5]) + (row[6] + row[7])), sums[i]);
        }
        GC.KeepAlive(rows);
    }

    [Fact]
    public void A_transposition_exchanges_rows_and_columns()
    {
        double* source = stackalloc double[8 * 11], target = stackalloc double[8 * 9];
        for (int i = 0; i < 88; i++)
            source[i] = i;
        LaneTranspose.Copy(source, 11, target + 7 * 9, -9);
        for (int r = 0; r < 8; r++)
        {
            for (int c = 0; c < 8; c++)
                Assert.Equal(source[c * 11 + r], target[(7 - r) * 9 + c]);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Lanes_compute_what_scalars_compute(int lanes)
    {
        if (lanes == 8)
            Check<EightLanes>();
        else if (lanes == 4)
            Check<FourLanes>();
        else
            Check<OneLane>();
    }

    public static TheoryData<int> Widths() => [8, 4, 1];

    private static void Check<T>() where T : struct, ISimd<T>
    {
        int n = T.Lanes;
        double* a = stackalloc double[n], b = stackalloc double[n], c = stackalloc double[n], result = stackalloc double[n];
        var random = new Random(5);
        for (int i = 0; i < n; i++)
            (a[i], b[i], c[i]) = (random.NextDouble(), random.NextDouble() + 0.1, random.NextDouble());
        T x = T.Load(a), y = T.Load(b), z = T.Load(c);
        Compare(x + y, (p, q, _) => p + q);
        Compare(x - y, (p, q, _) => p - q);
        Compare(x * y, (p, q, _) => p * q);
        Compare(x / y, (p, q, _) => p / q);
        Compare(T.Max(x, y), (p, q, _) => Math.Max(p, q));
        Compare(T.SquareRoot(x), (p, _, _) => Math.Sqrt(p));
        Compare(T.MultiplyAdd(x, y, z), Math.FusedMultiplyAdd);
        Compare(T.MultiplySubtractFrom(x, y, z), (p, q, r) => Math.FusedMultiplyAdd(-p, q, r));
        Compare(T.Broadcast(0.3), (_, _, _) => 0.3);
        x.StoreReversed(result);
        for (int i = 0; i < n; i++)
            Assert.Equal(a[i], result[n - 1 - i]);
        Assert.True(T.AllAtLeast(x, x));
        a[n - 1] = Math.BitDecrement(a[n - 1]);
        Assert.False(T.AllAtLeast(T.Load(a), x));

        void Compare(T value, Func<double, double, double, double> expected)
        {
            double* lanes = stackalloc double[T.Lanes];
            value.Store(lanes);
            for (int i = 0; i < T.Lanes; i++)
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected(a[i], b[i], c[i])), BitConverter.DoubleToInt64Bits(lanes[i]));
        }
    }
}
