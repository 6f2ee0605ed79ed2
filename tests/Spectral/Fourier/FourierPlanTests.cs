using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

public sealed class FourierPlanTests
{
    public static TheoryData<int, int> Sizes()
    {
        var data = new TheoryData<int, int>();
        foreach (int lanes in new[] { 1, 8 })
        {
            foreach (int n in Enumerable.Range(1, 240).Where(FourierSize.IsSmooth).Concat([768, 1000, 1215, 1536, 3125]))
                data.Add(n, lanes);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Agrees_with_the_sum_that_defines_it(int size, int lanes)
    {
        using FourierPlan plan = BuiltInEngine.Instance.CreatePlan(size, lanes);
        double[] x = Random(plan.Length, seed: size), modes = new double[plan.Length], work = new double[plan.Length];
        double[] copy = [.. x];
        plan.Forward(x, modes, work);
        Assert.Equal(copy, x);
        (int point, int imaginary) = lanes == 1 ? (1, size) : (2 * lanes, lanes);
        double error = 0;
        foreach (int lane in new[] { 0, lanes - 1 }.Distinct())
        {
            foreach (int k in Enumerable.Range(0, size).Where(k => size <= 240 || k % 97 == 1 || k < 5))
            {
                double re = 0, im = 0;
                for (int j = 0; j < size; j++)
                {
                    (double s, double c) = Math.SinCos(-2 * Math.PI * ((long)j * k % size) / size);
                    double xr = x[point * j + lane], xi = x[point * j + imaginary + lane];
                    re += xr * c - xi * s;
                    im += xr * s + xi * c;
                }
                error = Math.Max(error, Math.Abs(re - modes[point * k + lane]));
                error = Math.Max(error, Math.Abs(im - modes[point * k + imaginary + lane]));
            }
        }
        Assert.InRange(error, 0, 2e-15 * size);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Backward_undoes_forward_and_the_energy_is_kept(int size, int lanes)
    {
        using FourierPlan plan = BuiltInEngine.Instance.CreatePlan(size, lanes);
        double[] x = Random(plan.Length, seed: size), back = new double[plan.Length];
        double[] modes = new double[plan.Length], work = new double[plan.Length];
        plan.Forward(x, modes, work);
        plan.Backward(modes, back, work);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x[i], back[i] / size, 1e-14);
        double energy = x.Sum(v => v * v);
        Assert.Equal(1, modes.Sum(v => v * v) / (size * energy), 1e-13);
    }

    [Fact]
    public void Lanes_do_not_mix()
    {
        using FourierPlan eight = BuiltInEngine.Instance.CreatePlan(120, 8);
        using FourierPlan one = BuiltInEngine.Instance.CreatePlan(120, 1);
        double[] x = Random(eight.Length, seed: 5), modes = new double[eight.Length], work = new double[eight.Length];
        eight.Forward(x, modes, work);
        double[] single = new double[240], singleModes = new double[240], singleWork = new double[240];
        for (int lane = 0; lane < 8; lane++)
        {
            for (int i = 0; i < 120; i++)
                (single[i], single[120 + i]) = (x[16 * i + lane], x[16 * i + 8 + lane]);
            one.Forward(single, singleModes, singleWork);
            for (int i = 0; i < 120; i++)
            {
                Assert.Equal(singleModes[i], modes[16 * i + lane], 1e-13);
                Assert.Equal(singleModes[120 + i], modes[16 * i + 8 + lane], 1e-13);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Low_modes_are_those_of_the_whole_transform(int size, int lanes)
    {
        using FourierPlan plan = BuiltInEngine.Instance.CreatePlan(size, lanes);
        int point = lanes == 1 ? 1 : 2 * lanes, imaginary = lanes == 1 ? size : lanes;
        double[] points = Random(plan.Length, seed: size), work = new double[plan.Length];
        double[] modes = new double[plan.Length], low = new double[plan.Length], back = new double[plan.Length];
        foreach (int orders in new[] { 0, 1, 3, 10, 27, size / 5, (size - 1) / 2 }.Where(orders => 2 * orders < size))
        {
            plan.Forward(points, modes, work);
            Array.Fill(low, double.NaN);
            plan.Forward(points, low, work, orders);
            for (int k = 0; k < size; k++)
            {
                for (int lane = 0; lane < lanes; lane++)
                {
                    int real = point * k + lane;
                    if (Math.Min(k, size - k) <= orders)
                        Assert.Equal((modes[real], modes[real + imaginary]), (low[real], low[real + imaginary]));
                    else
                        (modes[real], modes[real + imaginary]) = (0, 0);
                }
            }
            Array.Fill(low, double.NaN);
            plan.Backward(modes, back, work);
            plan.Backward(modes, low, work, orders);
            for (int i = 0; i < back.Length; i++)
                Assert.Equal(back[i], low[i], 1e-14 * size);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Backward(modes, back, work, (size + 1) / 2));
    }

    [Fact]
    public void A_transform_allocates_nothing()
    {
        using FourierPlan plan = BuiltInEngine.Instance.CreatePlan(240, 8);
        double[] x = Random(plan.Length, seed: 1), modes = new double[plan.Length], work = new double[plan.Length];
        plan.Forward(x, modes, work);
        plan.Backward(modes, x, work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        plan.Forward(x, modes, work);
        plan.Backward(modes, x, work);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Refuses_what_it_cannot_do()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BuiltInEngine.Instance.CreatePlan(7, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => BuiltInEngine.Instance.CreatePlan(8, 3));
        using FourierPlan plan = BuiltInEngine.Instance.CreatePlan(8, 1);
        Assert.Throws<ArgumentException>(() => plan.Forward(new double[15], new double[16], new double[16]));
    }

    [Fact]
    public void Next_size_is_the_least_smooth_one()
    {
        Assert.Equal(1, FourierSize.Next(1));
        Assert.Equal(8, FourierSize.Next(7));
        Assert.Equal(1080, FourierSize.Next(1025));
        Assert.Equal(48, FourierSize.Next(33, multiple: 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => FourierSize.Next(0));
    }

    private static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
