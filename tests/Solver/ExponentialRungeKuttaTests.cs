using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Order, exactness and cost of the time stepper.</summary>
public class ExponentialRungeKuttaTests
{
    private const string DormandPrince = "5(4)", HochbruckOstermann = "4(3)";

    private static readonly double[] LogisticRates = [0, 1, -1, 0.5, -2];

    public static TheoryData<string> Methods => [DormandPrince, HochbruckOstermann];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Logistic_equation_is_solved_to_the_order_of_the_method(string method)
    {
        ExponentialTableau tableau = Tableau(method);
        const double Time = 3;
        double[] start = [1, 0.3, 0.4, -0.2, 0.5];
        double[] errors = Array.ConvertAll([48, 96, 192], steps => Largest(March(Logistic(), start, Time, steps, tableau), Exact(Time)));
        AssertOrder(tableau.Order, errors);

        double[] Exact(double t) =>
            [.. LogisticRates.Zip(start, (rate, a) => rate == 0 ? a : rate * a * Math.Exp(rate * t) / (rate + a * (Math.Exp(rate * t) - 1)))];
    }

    /// <summary>The estimate is the local error of the embedded solution of order q: its size falls as h^(q+1).</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Error_estimate_has_the_local_order_of_the_embedded_solution(string method)
    {
        ExponentialTableau tableau = Tableau(method);
        double[] start = [1, 0.3, 0.4, -0.2, 0.5];
        var stepper = new ExponentialRungeKutta(Logistic(), start, tableau);
        AssertOrder(tableau.EmbeddedOrder + 1, Array.ConvertAll([0.02, 0.01, 0.005], stepper.TryStep));
    }

    [Theory]
    [InlineData(DormandPrince, Normalization.None, 0)]
    [InlineData(DormandPrince, Normalization.None, 0.05)]
    [InlineData(DormandPrince, Normalization.Softmax, 0)]
    [InlineData(DormandPrince, Normalization.Softmax, 0.05)]
    [InlineData(HochbruckOstermann, Normalization.None, 0.05)]
    [InlineData(HochbruckOstermann, Normalization.Softmax, 0.05)]
    public void Density_is_solved_to_the_order_of_the_method(string method, Normalization normalization, double noise)
    {
        ExponentialTableau tableau = Tableau(method);
        (double time, int few) = normalization == Normalization.None ? (0.5, 128) : (2.5, 50);
        var flow = new DensityFlow(new Attention(normalization, 3, noise), 2, 15);
        double[] start = RandomStates.Density(flow.Basis, 61, 0.8, 3);
        double[] reference = March(flow, start, time, 2048, tableau);
        double[] errors = Array.ConvertAll([few, 2 * few], steps => Largest(March(flow, start, time, steps, tableau), reference));
        AssertOrder(tableau.Order, errors);
        var stepper = new ExponentialRungeKutta(flow, start, tableau);
        AssertOrder(tableau.EmbeddedOrder + 1, Array.ConvertAll([time / 128, time / 256, time / 512], stepper.TryStep));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Linear_flow_is_exact_at_every_step_size(string method)
    {
        double[] start = [1, 0.3, 0.4, -0.2, 0.5];
        foreach (double step in new[] { 1e-3, 1, 50 })
        {
            var stepper = new ExponentialRungeKutta(new ScalarFlow(LogisticRates, _ => 0), start, Tableau(method));
            Assert.Equal(0, stepper.TryStep(step));
            for (int i = 0; i < start.Length; i++) Assert.Equal(1, stepper.Candidate[i] / (start[i] * Math.Exp(LogisticRates[i] * step)), 4e-16);
        }
    }

    /// <summary>ȧ = γa + c with constant c: the frozen equation itself, up to rounding of order ε·h|γ|.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Constant_force_is_exact_at_every_step_size(string method)
    {
        double[] rates = [0, 1, -2, -300, -1e5], start = [1, 0.3, 0.4, -0.2, 0.5];
        foreach (double step in new[] { 1e-3, 0.1, 1 })
        {
            var stepper = new ExponentialRungeKutta(new ScalarFlow(rates, _ => 2), start, Tableau(method));
            Assert.Equal(0, stepper.TryStep(step), 1e-14 * step);
            for (int i = 1; i < start.Length; i++)
            {
                double growth = Math.Exp(rates[i] * step), expected = growth * start[i] + 2 * (growth - 1) / rates[i];
                Assert.Equal(expected, stepper.Candidate[i], 2e-15 * (1 + step));
            }
        }
    }

    /// <summary>γa + N(a) = 0 below the noise threshold, found by long relaxation.</summary>
    [Theory]
    [InlineData(DormandPrince, 0.5)]
    [InlineData(HochbruckOstermann, 1)]
    public void Stationary_state_is_kept_to_rounding(string method, double largestStep)
    {
        const double Beta = 1;
        double noise = 0.5 * FunkHecke.Lambda(2, 1, Beta) / Beta;
        var flow = new DensityFlow(new Attention(Normalization.None, Beta, noise), 2, 31);
        double[] state = March(flow, Run.Modes(flow.Basis, (1, 1, 1.2), (2, 1, 0.5)), 120, 1200, ExponentialTableau.HochbruckOstermann);
        var tendency = new double[flow.Basis.Count];
        flow.Tendency(state, tendency);
        Assert.True(DensityObserver.OrderParameter(flow.Basis, state) > 0.5);
        Assert.Equal(0, tendency.Max(Math.Abs), 1e-13);
        foreach (double step in new[] { 1e-3, 0.1, 0.1 * largestStep, largestStep })
        {
            var stepper = new ExponentialRungeKutta(flow, state, Tableau(method));
            Assert.Equal(0, stepper.TryStep(step), 1e-13);
            Assert.Equal(0, Largest(stepper.Candidate.ToArray(), state), 1e-13);
        }
    }

    [Theory]
    [InlineData(2, Normalization.None, DormandPrince)]
    [InlineData(2, Normalization.Softmax, HochbruckOstermann)]
    [InlineData(3, Normalization.None, HochbruckOstermann)]
    [InlineData(3, Normalization.Softmax, DormandPrince)]
    [InlineData(8, Normalization.Softmax, DormandPrince)]
    public void Steps_allocate_nothing(int dimension, Normalization normalization, string method)
    {
        var flow = new DensityFlow(new Attention(normalization, 4, 0.01), dimension, 15);
        var stepper = new ExponentialRungeKutta(flow, RandomStates.Density(flow.Basis, 71, 0.3), Tableau(method));
        var spectrum = new DegreeSpectrum(flow.Basis);
        var controller = new StepController(1, 1e-4, 4);
        for (int i = 0; i < 5; i++) Advance(i);
        // The least of three: the runtime may allocate once, where it replaces code by a faster version. What a step allocates is in all of them.
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ => Allocated()));

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++) Advance(i);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Advance(int i)
        {
            double step = 1e-4 * (1 + i % 3); // new factors too
            Assert.True(controller.Judge(step, stepper.TryStep(step)));
            spectrum.Measure(stepper.Candidate);
            _ = spectrum.IsResolved(1e-10);
            stepper.Accept();
        }
    }

    [Fact]
    public void Controller_cuts_after_failures()
    {
        var controller = new StepController(1e-8, 1, 4);
        Assert.False(controller.Judge(1, double.NaN));
        Assert.Equal(0.1, controller.Step, 1e-15);
        Assert.False(controller.Judge(0.1, double.PositiveInfinity));
        Assert.Equal(0.01, controller.Step, 1e-15);
        Assert.False(controller.Judge(0.01, 32e-8));
        Assert.Equal(0.0045, controller.Step, 1e-12);
        Assert.False(controller.Judge(0.0045, 1.0000001e-8));
        Assert.InRange(controller.Step, 0.0040, 0.00405);
        Assert.True(controller.Judge(controller.Step, 1e-8));
    }

    [Fact]
    public void Controller_ignores_steps_cut_short_by_an_output()
    {
        var controller = new StepController(1e-8, 1, 4);
        Assert.Equal(0.25, controller.Fit(0.25));
        Assert.Equal(0.75, controller.Fit(1.5));
        Assert.Equal(1, controller.Fit(2.5));
        Assert.True(controller.Judge(0.25, 0.9e-8));
        Assert.Equal(1, controller.Step);
        Assert.True(controller.Judge(1, 1e-20));
        Assert.InRange(controller.Step, 1.0001, 5);
    }

    private static ScalarFlow Logistic() => new(LogisticRates, a => -a * a);

    private static ExponentialTableau Tableau(string method) =>
        method == DormandPrince ? ExponentialTableau.DormandPrince : ExponentialTableau.HochbruckOstermann;

    private static double[] March(ISemilinearFlow flow, double[] start, double time, int steps, ExponentialTableau tableau)
    {
        var stepper = new ExponentialRungeKutta(flow, start, tableau);
        for (int i = 0; i < steps; i++)
        {
            stepper.TryStep(time / steps);
            stepper.Accept();
        }
        return stepper.State.ToArray();
    }

    private static double Largest(double[] found, double[] expected) => found.Zip(expected, (a, b) => Math.Abs(a - b)).Max();

    private static void AssertOrder(int order, double[] errors)
    {
        for (int i = 1; i < errors.Length; i++) Assert.True(Math.Abs(Math.Log2(errors[i - 1] / errors[i]) - order) < 0.1, string.Join(", ", errors));
    }

    /// <summary>One uncoupled scalar equation ȧ = γa + f(a) per degree.</summary>
    private sealed class ScalarFlow(double[] rates, Func<double, double> force) : ISemilinearFlow
    {
        public HarmonicBasis Basis { get; } = new(4, rates.Length - 1);

        public ReadOnlySpan<double> Rates => rates;

        public void Nonlinear(ReadOnlySpan<double> coefficients, Span<double> tendency)
        {
            tendency[0] = 0;
            for (int i = 1; i < tendency.Length; i++) tendency[i] = force(coefficients[i]);
        }
    }
}
