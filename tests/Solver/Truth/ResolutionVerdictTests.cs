using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.Solver;

/// <summary>A state is called resolved only if what lies beyond its bandlimit is below the tolerance.</summary>
public class ResolutionVerdictTests(ITestOutputHelper output)
{
    /// <summary>States whose tails are known.</summary>
    public const int States = 200;

    /// <summary>States that may be called resolved and are not.</summary>
    public const int FalseVerdicts = 0;

    /// <summary>Largest share of the resolved states that is called unresolved: all are close to the border, and a fifth of the degrees must be to spare.</summary>
    public const double FalseAlarms = 0.5;

    [Fact]
    public void Two_hundred_manufactured_states()
    {
        int resolved = 0, alarms = 0, unresolved = 0;
        ulong seed = 0;
        var wrong = new List<string>();
        foreach (ManufacturedSpectrum state in ManufacturedSpectrum.TwoHundred())
        {
            bool verdict = state.IsResolved(++seed), truth = state.Tail <= state.Tolerance;
            if (truth) resolved++; else unresolved++;
            if (truth && !verdict) alarms++;
            if (verdict && !truth) wrong.Add($"{seed} {state.Family}, L = {state.Bandlimit}, d = {state.Dimension}: tail {state.Tail:G3} > {state.Tolerance:G1}");
        }
        output.WriteLine($"{resolved} resolved, {alarms} of them called unresolved; {unresolved} unresolved");
        Assert.Equal(States, resolved + unresolved);
        Assert.True(wrong.Count == FalseVerdicts, string.Join('\n', wrong));
        Assert.True(resolved > 60 && unresolved > 60, $"{resolved} resolved, {unresolved} not: the states prove little");
        Assert.InRange(alarms, 0, FalseAlarms * resolved);
    }

    [Fact]
    public void What_is_not_finite_is_resolved_at_no_tolerance()
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity])
        {
            var spectrum = new DegreeSpectrum(new HarmonicBasis(2, 31));
            var state = new double[spectrum.Basis.Count];
            (state[0], state[1], state[9]) = (1, 0.1, bad);
            spectrum.Measure(state);
            Assert.False(spectrum.IsResolved(1e-2));
        }
    }

    /// <summary>
    /// 13-fold symmetric data: degrees 13, 26, 39 … only. At L = 23 the first harmonic alone is seen, with nothing above it; the flow fills 26 at once.
    /// The run takes more degrees, and agrees with one that had them from the start.
    /// </summary>
    [Fact]
    public void A_harmonic_beyond_the_bandlimit_is_not_overlooked()
    {
        var attention = new Attention(Normalization.Softmax, 120);
        double[] initial = Run.Modes(new HarmonicBasis(2, 13), (13, 1, 0.05));
        double until = 3.0 / DensityRate(attention, 13);
        Run run = Run.Of(attention, 2, initial, 13, new DensitySettings { OutputTimes = [0, until] });
        Run fine = Run.Of(attention, 2, initial, 13, new DensitySettings { OutputTimes = [0, until], Bandlimit = 511 });
        Assert.True(run.Snapshots[0].Bandlimit >= 26);
        RequireClose(run.Snapshots[^1].Coefficients, fine.Snapshots[^1].Coefficients, 1e-6);
        Assert.True(Math.Abs(run.Snapshots[^1].Coefficients[51]) > 1e-3); // degree 26 matters
    }

    /// <summary>Runs with too few degrees end with resolution lost, or took more; the last state that they publish is true in any case.</summary>
    [Fact]
    public void Runs_with_too_few_degrees_say_so()
    {
        int lost = 0, grown = 0;
        for (ulong seed = 0; seed < 16; seed++)
        {
            int dimension = 2 + (int)(seed % 2), top = seed % 3 == 0 ? 23 : 47;
            var attention = new Attention(seed % 4 < 2 ? Normalization.None : Normalization.Softmax, 3);
            double[] initial = RandomStates.Density(new HarmonicBasis(dimension, 5), seed, 0.7);
            double until = (attention.Normalization == Normalization.None ? 0.25 : 4.0) * (1 + seed % 5) / 3;
            double[] times = [.. Enumerable.Range(0, 11).Select(k => k * until / 10)];
            Run run = Run.Of(attention, dimension, initial, 5, new DensitySettings { OutputTimes = times, MaximumBandlimit = top });
            if (run.Outcome.Kind == OutcomeKind.ResolutionLost) lost++;
            else if (run.Snapshots[^1].Bandlimit > run.Snapshots[0].Bandlimit) grown++;
            double last = run.Snapshots[^1].Time;
            Run reference = Run.Of(attention, dimension, initial, 5, new DensitySettings { OutputTimes = [0, last], Bandlimit = 95, Tolerance = 1e-9 });
            Assert.Equal(OutcomeKind.Completed, reference.Outcome.Kind);
            RequireClose(run.Snapshots[^1].Coefficients, reference.Snapshots[^1].Coefficients, 1e-5);
        }
        Assert.True(lost >= 4, $"{lost} lost");
        Assert.True(grown >= 2, $"{grown} grown");
    }

    private static double DensityRate(Attention attention, int degree) => attention.GrowthRate(DensityFlow.KernelFor(attention, 2), degree);

    private static void RequireClose(double[] actual, double[] expected, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], i < actual.Length ? actual[i] : 0, tolerance);
    }
}
