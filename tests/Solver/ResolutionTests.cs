using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Resolution: what counts as resolved, and that a run never publishes what is not.</summary>
public class ResolutionTests
{
    [Theory]
    [InlineData(2, 5, 10_000, 128, 512)]
    [InlineData(3, 4, 5_000, 47, 95)]
    public void Results_of_a_lost_run_are_valid(int dimension, double beta, int tokens, int low, int high)
    {
        var attention = new Attention(Normalization.None, beta);
        int degree = TokenSample.GrowingDegree(attention, dimension);
        double[] initial = TokenSample.Uniform(dimension, tokens, 1).Moments(degree);
        double[] schedule = [.. DensitySettings.Schedule(5, 0.02)];
        Run lost = Run.Of(attention, dimension, initial, degree, new DensitySettings { MaximumBandlimit = low, OutputTimes = schedule });
        Assert.Equal(OutcomeKind.ResolutionLost, lost.Outcome.Kind);
        Snapshot last = lost.Snapshots[^1];
        Assert.Equal(lost.Outcome.ValidUntil, last.Time);
        Assert.True(last.Time > 0.05, lost.Outcome.Message);
        Assert.Equal(schedule.TakeWhile(t => t < last.Time), lost.Snapshots.SkipLast(1).Select(s => s.Time));
        Assert.Contains("max_bandlimit", lost.Outcome.Message, StringComparison.Ordinal);

        var settings = new DensitySettings { MaximumBandlimit = high, OutputTimes = [0, last.Time] };
        Run reference = Run.Of(attention, dimension, initial, degree, settings);
        Assert.Equal(OutcomeKind.Completed, reference.Outcome.Kind);
        double[] expected = reference.Snapshots[^1].Coefficients;
        Assert.True(reference.Snapshots[1].Observables.Energy > reference.Snapshots[0].Observables.Energy);
        for (int i = 0; i < last.Coefficients.Length; i++)
            Assert.Equal(i < expected.Length ? expected[i] : 0, last.Coefficients[i], 1e-6);
    }

    [Theory]
    [InlineData(2, 40)]
    [InlineData(3, 40)]
    [InlineData(2, 31)]
    public void Rough_initial_state_is_refused(int dimension, int degree)
    {
        var basis = new HarmonicBasis(dimension, degree);
        double[] initial = RandomStates.Density(basis, 3, 0.5);
        var settings = new DensitySettings { MaximumBandlimit = 31, OutputTimes = [0, 1] };
        Run run = Run.Of(new Attention(Normalization.None, 2), dimension, initial, degree, settings);
        Assert.Equal(OutcomeKind.ResolutionLost, run.Outcome.Kind);
        Assert.Equal(double.NaN, run.Outcome.ValidUntil);
        Assert.Empty(run.Snapshots);
        Assert.Contains("initial state", run.Outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uniform_state_is_resolved_and_stays()
    {
        Run run = Run.Of(new Attention(Normalization.Softmax, 5), 3, [1], 0, new DensitySettings { OutputTimes = [0, 10] });
        Assert.Equal(OutcomeKind.Completed, run.Outcome.Kind);
        Assert.All(run.Snapshots[^1].Coefficients.Skip(1), a => Assert.Equal(0.0, a));
    }

    [Fact]
    public void Spectrum_is_the_size_of_each_degree()
    {
        var spectrum = new DegreeSpectrum(new HarmonicBasis(3, 31));
        double[] state = Run.Modes(spectrum.Basis, (2, -1, 0.3), (2, 2, 0.4), (31, 5, 1e-3), (30, 0, 2e-3));
        spectrum.Measure(state);
        Assert.Equal(1, spectrum.Sizes[0]);
        Assert.Equal(0.5, spectrum.Sizes[2], 1e-15);
        Assert.Equal(0.0, spectrum.Sizes[3]);
        Assert.Equal(4e-3, spectrum.Tail, 1e-15); // degrees 28 … 31, relative to 0.5
    }

    /// <summary>Geometric spectra s_ℓ = q^ℓ are resolved once q^(4L/5) is below the tolerance.</summary>
    [Theory]
    [InlineData(1e-8, 0.5, 31, 40)]
    [InlineData(1e-10, 0.5, 40, 50)]
    [InlineData(1e-8, 0.8, 95, 120)]
    public void Geometric_spectrum_needs_a_fifth_to_spare(double tolerance, double ratio, int tooFew, int enough)
    {
        Assert.False(IsResolved(tooFew, tolerance, degree => Math.Pow(ratio, degree)));
        Assert.True(IsResolved(enough, tolerance, degree => Math.Pow(ratio, degree)));
    }

    [Fact]
    public void Plateaus_count_at_rounding_level_only()
    {
        Assert.True(IsResolved(63, 2e-14, degree => Math.Max(Math.Pow(0.3, degree), 1e-13)));
        Assert.False(IsResolved(63, 2e-14, degree => Math.Max(Math.Pow(0.3, degree), 1e-10)));
        Assert.True(IsResolved(63, 3e-9, degree => Math.Max(Math.Pow(0.3, degree), 1e-10)));
        Assert.False(IsResolved(63, 1e-9, degree => Math.Max(Math.Pow(0.3, degree), 1e-10))); // as far again as L it would hold √57·1e−10/0.3 = 2.5e−9
        Assert.True(IsResolved(63, 1e-9, _ => 0));
        Assert.True(IsResolved(63, 1e-9, _ => 1e-17)); // rounding of the uniform state
        Assert.False(IsResolved(63, 1e-9, _ => 1e-3));
    }

    [Fact]
    public void Ladder_climbs_by_halves_of_octaves()
    {
        int[] rungs = [15, 23, 31, 47, 63, 95, 127, 191, 255];
        for (int i = 1; i < rungs.Length; i++) Assert.Equal(rungs[i], BandlimitLadder.Next(rungs[i - 1], 1000));
        Assert.Equal(15, BandlimitLadder.AtLeast(1, 1000));
        Assert.Equal(31, BandlimitLadder.AtLeast(24, 1000));
        Assert.Equal(31, BandlimitLadder.AtLeast(31, 1000));
        Assert.Equal(47, BandlimitLadder.Next(40, 1000));
        Assert.Equal(100, BandlimitLadder.Next(95, 100));
        Assert.Equal(8, BandlimitLadder.AtLeast(1, 8));
    }

    [Fact]
    public void Schedule_ends_at_the_end_time()
    {
        Assert.Equal([0, 0.25, 0.5, 0.6], DensitySettings.Schedule(0.6, 0.25));
        Assert.Equal([0, 3], DensitySettings.Schedule(3, 10));
        IReadOnlyList<double> tenths = DensitySettings.Schedule(1, 0.1);
        Assert.Equal(11, tenths.Count);
        Assert.Equal(1, tenths[^1]);
    }

    private static bool IsResolved(int bandlimit, double tolerance, Func<int, double> size)
    {
        var spectrum = new DegreeSpectrum(new HarmonicBasis(4, bandlimit));
        double[] state = [1, .. Enumerable.Range(1, bandlimit).Select(size)];
        spectrum.Measure(state);
        return spectrum.IsResolved(tolerance);
    }
}
