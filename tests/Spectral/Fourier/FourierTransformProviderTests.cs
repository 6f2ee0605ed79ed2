using System.Numerics;
using MathNet.Numerics.Providers.FourierTransform;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

/// <summary>The provider for MathNet against MathNet's own.</summary>
public sealed class FourierTransformProviderTests
{
    // The managed provider's Bluestein transforms err by 2e-13 of the largest value at 1000 points.
    private const double Tolerance = 1e-12;

    private static readonly ManagedFourierTransformProvider Managed = new();

    public static TheoryData<FourierChoice, FourierTransformScaling> Cases()
    {
        var data = new TheoryData<FourierChoice, FourierTransformScaling>();
        foreach (FourierChoice choice in Enum.GetValues<FourierChoice>())
        {
            foreach (FourierTransformScaling scaling in Enum.GetValues<FourierTransformScaling>())
                data.Add(choice, scaling);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_managed_provider(FourierChoice choice, FourierTransformScaling scaling)
    {
        if (FourierEngineTests.Absent(choice))
        {
            Assert.False(new FourierTransformProvider(choice).IsAvailable());
            Assert.Throws<InvalidOperationException>(new FourierTransformProvider(choice).InitializeVerify);
            return;
        }
        var provider = new FourierTransformProvider(choice);
        provider.InitializeVerify();
        foreach (int size in (int[])[1, 2, 3, 4, 5, 7, 8, 15, 16, 60, 97, 128, 135, 1000, 1022])
        {
            double[] parts = Fields.Random(2 * size, seed: size);
            Complex[] x = [.. Enumerable.Range(0, size).Select(i => new Complex(parts[i], parts[size + i]))];
            Same(x, provider.Forward, Managed.Forward, scaling);
            Same(x, provider.Backward, Managed.Backward, scaling);
            if (size == 1) continue; // the managed provider has no real transform of one point
            double[] real = [.. parts[..size], 0, 0];
            Same(real, size, provider.ForwardReal, Managed.ForwardReal, scaling);
            Managed.ForwardReal(real, size, scaling);
            Same(real, size, provider.BackwardReal, Managed.BackwardReal, scaling);
        }
        provider.FreeResources();
        Complex[] again = [1, 0, 0, 0];
        provider.Forward(again, FourierTransformScaling.NoScaling);
        Assert.Equal([1, 1, 1, 1], again);
    }

    [Fact]
    public void Several_dimensions_and_single_precision_are_left_to_the_managed_provider()
    {
        var provider = new FourierTransformProvider(FourierChoice.BuiltIn);
        var x = new Complex[24];
        Assert.Throws<NotSupportedException>(() => Managed.ForwardMultidim(x, [4, 6], FourierTransformScaling.NoScaling));
        Assert.Throws<NotSupportedException>(() => provider.ForwardMultidim(x, [4, 6], FourierTransformScaling.NoScaling));
        float[] a = [1, 2, 3, 4, 0, 0], b = [.. a];
        provider.ForwardReal(a, 4, FourierTransformScaling.NoScaling);
        Managed.ForwardReal(b, 4, FourierTransformScaling.NoScaling);
        Assert.Equal(b, a);
    }

    private static void Same(Complex[] x, Action<Complex[], FourierTransformScaling> ours, Action<Complex[], FourierTransformScaling> theirs, FourierTransformScaling scaling)
    {
        Complex[] a = [.. x], b = [.. x];
        ours(a, scaling);
        theirs(b, scaling);
        double scale = b.Max(Complex.Abs);
        for (int i = 0; i < x.Length; i++)
            Assert.True(Complex.Abs(a[i] - b[i]) <= Tolerance * scale, $"{x.Length} points, entry {i}: {a[i]} and {b[i]}");
    }

    // The arrays are two longer than n; the managed provider leaves the last entry alone for odd n.
    private static void Same(double[] x, int n, Action<double[], int, FourierTransformScaling> ours, Action<double[], int, FourierTransformScaling> theirs, FourierTransformScaling scaling)
    {
        int packed = n % 2 == 0 ? n + 2 : n + 1;
        double[] a = [.. x[..packed]], b = [.. a];
        ours(a, n, scaling);
        theirs(b, n, scaling);
        double scale = b.Max(Math.Abs);
        for (int i = 0; i < n; i++)
            Assert.True(Math.Abs(a[i] - b[i]) <= Tolerance * scale, $"{n} real points, entry {i}: {a[i]} and {b[i]}");
    }
}
