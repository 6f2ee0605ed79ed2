using System.Numerics.Tensors;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

/// <summary>The native engines against the built-in one. Where one is absent, its sentence is tested instead.</summary>
public sealed class FourierEngineTests
{
    private static readonly int[] Sizes =
        [.. Enumerable.Range(1, 128).Where(FourierSize.IsSmooth), 192, 240, 384, 768, 1000, 1215, 1536, 3125, 4096, 20736];

    public static TheoryData<FourierChoice> Natives => [FourierChoice.Mkl, FourierChoice.Fftw];

    [Theory]
    [MemberData(nameof(Natives))]
    public void Agrees_with_the_built_in_engine_at_any_address(FourierChoice choice)
    {
        if (Absent(choice)) return;
        foreach (int lanes in (int[])[1, 8])
        {
            foreach (int size in Sizes)
            {
                using FourierPlan reference = BuiltInEngine.Instance.CreatePlan(size, lanes);
                using FourierPlan plan = FourierPlanner.Engine(choice).CreatePlan(size, lanes);
                double[] x = Fields.Random(plan.Length, seed: size), work = new double[plan.Length];
                double[] forward = new double[plan.Length], backward = new double[plan.Length];
                reference.Forward(x, forward, work);
                reference.Backward(x, backward, work);
                foreach (int offset in (int[])[0, 1])
                {
                    Span<double> input = Fields.Zeros(plan.Length, offset).Span, output = Fields.Zeros(plan.Length, offset).Span;
                    x.CopyTo(input);
                    plan.Forward(input, output, work);
                    Assert.True(Fields.RelativeDifference(output, forward) < 1e-14, $"forward, {size} points, {lanes} lanes, offset {offset}");
                    plan.Backward(input, output, work);
                    Assert.True(Fields.RelativeDifference(output, backward) < 1e-14, $"backward, {size} points, {lanes} lanes, offset {offset}");
                    Assert.Equal(x, input);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Natives))]
    public void Backward_undoes_forward_and_the_energy_is_kept(FourierChoice choice)
    {
        if (Absent(choice)) return;
        foreach (int size in Sizes.Concat([7, 97, 1022])) // native engines take any size
        {
            using FourierPlan plan = FourierPlanner.Engine(choice).CreatePlan(size, 8);
            double[] x = Fields.Random(plan.Length, seed: size), work = new double[plan.Length];
            double[] modes = new double[plan.Length], back = new double[plan.Length];
            plan.Forward(x, modes, work);
            plan.Backward(modes, back, work);
            TensorPrimitives.Divide(back, size, back);
            Assert.InRange(Fields.Difference(back, x), 0, 1e-14);
            Assert.Equal(1, Fields.Dot(modes, modes) / (size * Fields.Dot(x, x)), 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Natives))]
    public void Equal_problems_have_equal_bits_on_any_thread(FourierChoice choice)
    {
        if (Absent(choice)) return;
        double[][] results = new double[8][];
        Parallel.For(0, results.Length, i =>
        {
            for (int size = 48; size <= 768; size *= 2)
            {
                using FourierPlan plan = FourierPlanner.Engine(choice).CreatePlan(size, 8);
                Memory<double> input = Fields.Zeros(plan.Length), output = Fields.Zeros(plan.Length);
                Fields.Random(plan.Length, seed: 3).CopyTo(input);
                plan.Forward(input.Span, output.Span, new double[plan.Length]);
                results[i] = output.ToArray();
            }
        });
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Theory]
    [MemberData(nameof(Natives))]
    public void A_transform_allocates_nothing_and_a_released_plan_refuses(FourierChoice choice)
    {
        if (Absent(choice)) return;
        FourierPlan plan = FourierPlanner.Engine(choice).CreatePlan(96, 8);
        double[] x = Fields.Random(plan.Length, seed: 1), modes = new double[plan.Length], work = new double[plan.Length];
        plan.Forward(x, modes, work);
        plan.Backward(modes, x, work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        plan.Forward(x, modes, work);
        plan.Backward(modes, x, work);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        plan.Dispose();
        plan.Dispose();
        Assert.Throws<ObjectDisposedException>(() => plan.Forward(x, modes, work));
    }

    [Fact]
    public void The_automatic_choice_follows_the_rule_and_never_names_an_absent_engine()
    {
        foreach (bool mkl in (bool[])[false, true])
        {
            foreach (bool fftw in (bool[])[false, true])
            {
                Assert.Equal("built_in", FourierPlanner.Rule(wideVectors: true, mkl, fftw).Name);
                Assert.Equal(mkl ? "mkl" : fftw ? "fftw" : "built_in", FourierPlanner.Rule(wideVectors: false, mkl, fftw).Name);
            }
        }
        Assert.True(FourierPlanner.Engine(FourierChoice.Auto).IsAvailable);
        Assert.Equal(["built_in", "mkl", "fftw"], FourierPlanner.Engines.Select(engine => engine.Name));
    }

    /// <summary>Whether an engine is absent; if so, it says what to install and plans nothing.</summary>
    internal static bool Absent(FourierChoice choice)
    {
        IFourierEngine engine = FourierPlanner.Engine(choice);
        if (engine.IsAvailable) return false;
        string package = choice == FourierChoice.Mkl ? "libmkl-rt" : "libfftw3-double3";
        Assert.Contains($"install the Debian package {package}", engine.Absence);
        Assert.Equal(engine.Absence, Assert.Throws<InvalidOperationException>(() => engine.CreatePlan(8, 1)).Message);
        return true;
    }
}
