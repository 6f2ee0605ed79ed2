using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver.Tokens;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Runs that were stopped or left anywhere go on to the bits of runs that were not.</summary>
public class ResumptionTests
{
    [Theory]
    [InlineData(2, Normalization.None, 5, 0.0, 0.15)]
    [InlineData(2, Normalization.Softmax, 5, 0.0, 4)]
    [InlineData(2, Normalization.None, 2, 0.3, 2)]
    [InlineData(3, Normalization.None, 3, 0.0, 0.9)]
    [InlineData(3, Normalization.Softmax, 4, 0.02, 6)]
    [InlineData(5, Normalization.Softmax, 3, 0.0, 4.5)]
    public void Densities(int dimension, Normalization normalization, double beta, double noise, double until)
    {
        (List<Snapshot> snapshots, Outcome outcome) = Density(dimension, new Attention(normalization, beta, noise), until, 511).Hold();
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        if (noise == 0) Assert.True(snapshots[^1].Bandlimit > snapshots[0].Bandlimit, "the bandlimit did not grow");
    }

    /// <summary>The last resolved state lies between output times; a run left there loses resolution again, and publishes nothing twice.</summary>
    [Fact]
    public void Densities_that_lose_resolution()
    {
        (List<Snapshot> snapshots, Outcome outcome) = Density(2, new Attention(Normalization.None, 5), 0.3, 63).Hold();
        Assert.Equal(OutcomeKind.ResolutionLost, outcome.Kind);
        Assert.Equal(outcome.ValidUntil, snapshots[^1].Time);
    }

    [Theory]
    [InlineData(2, Normalization.None, 5, 0.0, 0.2, 1e-8)]
    [InlineData(2, Normalization.Softmax, 4, 0.15, 9, 1e-8)] // from a time between outputs, as after a hand-over
    [InlineData(3, Normalization.Softmax, 3, 0.0, 3, 1e-6)]
    [InlineData(5, Normalization.None, 2, 0.0, 3, 1e-8)]
    public void Characteristics(int dimension, Normalization normalization, double beta, double start, double until, double tolerance)
    {
        var basis = new HarmonicBasis(dimension, 3);
        double[] coefficients = RandomStates.Density(basis, 7, 0.6);
        var settings = new CharacteristicSettings
        {
            OutputTimes = DensitySettings.Schedule(until, until / 3),
            Tolerance = tolerance,
            Degree = 10,
            RecordedTokens = 40,
            Nodes = 1 << 15,
        };
        var carried = new Resumption<CharacteristicSimulation, CharacteristicCheckpoint>(
            watch => new CharacteristicSimulation(new Attention(normalization, beta), settings, watch, watch, watch.Stop),
            simulation => simulation.Run(basis, coefficients, start), simulation => simulation.Checkpoint(), (simulation, from) => simulation.Resume(from));
        (List<Snapshot> snapshots, Outcome outcome) = carried.Hold();
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.Equal(start > 0 ? 3 : 4, snapshots.Count);
    }

    [Theory]
    [InlineData(3, 40, 0.0, NormPlacement.Post)]
    [InlineData(3, 4000, 0.0, NormPlacement.Post)] // forces by harmonics, tokens sorted by cells
    [InlineData(2, 40, 0.2, NormPlacement.Post)]
    [InlineData(4, 40, 0.0, NormPlacement.Mix)]
    [InlineData(3, 40, 0.0, NormPlacement.Cod)] // a force that depends on time
    public void Tokens(int dimension, int count, double noise, NormPlacement placement)
    {
        TokenModel model = TokenRun.Model(Normalization.Softmax, 2, dimension, noise);
        TokenSettings settings = TokenRun.Settings(count > 1000 ? 1e-9 : 1e-12, 0, 0.9, 2.3, 7) with
        {
            Norm = new NormSettings(placement, SwitchTime: 1.7),
            Seed = 5,
            NoiseStep = 0.1,
        };
        var tokens = TokenSample.Uniform(dimension, count, 2);
        var run = new Resumption<TokenSimulation, TokenCheckpoint>(
            watch => new TokenSimulation(model, settings, watch, watch, watch.Stop),
            simulation => simulation.Run(tokens), simulation => simulation.Checkpoint(), (simulation, from) => simulation.Resume(from));
        Assert.Equal(OutcomeKind.Completed, run.Hold().Outcome.Kind);
    }

    [Fact]
    public void Checkpoints_that_do_not_fit_are_refused()
    {
        var none = new CancellationToken(canceled: true);
        var kept = new Run();
        var settings = new DensitySettings { OutputTimes = [0, 1] };
        var circle = new DensitySimulation(new Attention(Normalization.Softmax, 1), 2, settings, kept, stop: none);
        Assert.Equal(OutcomeKind.Stopped, circle.Run([1, 0.1, 0], 1).Kind);
        DensityCheckpoint density = circle.Checkpoint()!;
        Assert.Throws<ArgumentException>(() => new DensitySimulation(new Attention(Normalization.Softmax, 1), 3, settings, kept).Resume(density));

        var lines = new CharacteristicSettings { OutputTimes = [0, 1], RecordedTokens = 3 };
        var carried = new CharacteristicSimulation(new Attention(Normalization.Softmax, 1), lines, kept, stop: none);
        carried.Run(new HarmonicBasis(2, 1), [1, 0.1, 0], 0);
        CharacteristicCheckpoint left = carried.Checkpoint();
        CharacteristicCheckpoint[] broken = [left with { Dimension = 3 }, left with { State = left.State[1..] }, left with { Mesh = left.Mesh with { Masses = left.Mesh.Masses[1..] } }];
        Assert.All(broken, checkpoint => Assert.Throws<ArgumentException>(
            () => new CharacteristicSimulation(new Attention(Normalization.Softmax, 1), lines, kept).Resume(checkpoint)));
    }

    private static Resumption<DensitySimulation, DensityCheckpoint> Density(int dimension, Attention attention, double until, int top)
    {
        double[] initial = RandomStates.Density(new HarmonicBasis(dimension, 4), 3, 0.5);
        var settings = new DensitySettings { OutputTimes = DensitySettings.Schedule(until, until / 4), MaximumBandlimit = top };
        return new(
            watch => new DensitySimulation(attention, dimension, settings, watch, watch, watch.Stop),
            simulation => simulation.Run(initial, 4), simulation => simulation.Checkpoint(), (simulation, from) => simulation.Resume(from));
    }
}
