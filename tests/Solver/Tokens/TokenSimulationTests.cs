using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>The loop: snapshots, resumption to the same bits, allocation, refusals.</summary>
public class TokenSimulationTests
{
    private static readonly double[] Times = [0, 0.4, 1, 1.7];

    [Theory]
    [InlineData(3, 0.0, NormPlacement.Post)]
    [InlineData(2, 0.2, NormPlacement.Post)]
    [InlineData(4, 0.0, NormPlacement.Mix)]
    public void Resumed_runs_have_the_same_bits(int d, double noise, NormPlacement placement)
    {
        TokenModel model = TokenRun.Model(Normalization.Softmax, 2, d, noise);
        TokenSettings settings = TokenRun.Settings(1e-8, Times) with { Norm = new NormSettings(placement, SwitchTime: 0.7), Seed = 5 };
        var tokens = TokenSample.Uniform(d, 40, 2);
        var whole = new Stopper();
        whole.Run(model, settings, simulation => simulation.Run(tokens));
        Assert.True(whole.Checkpoints.Count > 8);
        foreach (TokenCheckpoint checkpoint in whole.Checkpoints.SkipLast(1))
        {
            var rest = new Stopper();
            Outcome outcome = rest.Run(model, settings, simulation => simulation.Resume(checkpoint));
            Assert.Equal(whole.Snapshots[^1].Positions, rest.Snapshots[^1].Positions);
            Assert.Equal(whole.Snapshots[^1].Observables, rest.Snapshots[^1].Observables);
            Assert.Equal(whole.Outcome!.Steps, outcome.Steps);
            Assert.Equal(whole.Outcome.Rejected, outcome.Rejected);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Snapshots_hold_moments_and_thinned_tokens(int d)
    {
        TokenModel model = TokenRun.Model(Normalization.None, 1, d) with { Weights = TokenClouds.Weights(90, 3) };
        TokenRun run = TokenRun.Of(model, TokenSample.Uniform(d, 90, 2).Positions.ToArray(), TokenRun.Settings(1e-9, 0, 0.5) with { RecordedTokens = 90 });
        TokenRun thin = TokenRun.Of(model, TokenSample.Uniform(d, 90, 2).Positions.ToArray(), TokenRun.Settings(1e-9, 0, 0.5) with { RecordedTokens = 7 });
        for (int k = 0; k < 7; k++)
            Assert.Equal(run.Snapshots[1].Positions.AsSpan(k * 90 / 7 * d, d).ToArray(), thin.Snapshots[1].Positions.AsSpan(k * d, d).ToArray());
        Snapshot last = run.Snapshots[^1];
        double mean = 0; // Σ w x_d, the moment of degree 1 and order 0 over √d
        for (int i = 0; i < 90; i++) mean += model.Weights![i] * last.Positions![i * d + (d == 2 ? 0 : d - 1)];
        var basis = new HarmonicBasis(d, 4);
        Assert.Equal(Math.Sqrt(d) * mean, last.Coefficients[basis.IndexOf(1, d == 2 ? 1 : 0)], 1e-14);
        Assert.Equal(1, last.Coefficients[0]);
        Assert.Equal(1 - last.Observables.OrderParameter * last.Observables.OrderParameter, last.Observables.Variance, 1e-14);
        Assert.True(double.IsNaN(last.Observables.Entropy));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        TokenModel model = TokenRun.Model(Normalization.Softmax, 3, 3);
        double[] x = TokenClouds.Uniform(3, 100, 4);
        var dynamics = new TokenDynamics(new DirectForce(model, 100), new NormSettings());
        var stepper = new TokenStepper(dynamics, 0, x, 1e-8);
        var noisy = new NoisyStepper(new DirectForce(TokenRun.Model(Normalization.Softmax, 3, 3, 0.1), 100), x, 3);
        for (int i = 0; i < 40; i++) Step(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 40; i < 60; i++) Step(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step(int i)
        {
            stepper.TryStep(0.01 * i, 0.01);
            stepper.Accept();
            noisy.Step(0.01, i);
        }
    }

    [Fact]
    public void Impossible_runs_are_refused_in_a_sentence()
    {
        TokenModel noisy = TokenRun.Model(Normalization.Softmax, 3, 3, 0.1);
        TokenSettings pre = TokenRun.Settings(1e-8, Times) with { Norm = new NormSettings(NormPlacement.Pre) };
        Assert.Contains("Post only", Assert.Throws<ArgumentException>(() => new TokenSimulation(noisy, pre, new Stopper())).Message, StringComparison.Ordinal);
        Assert.Contains("2 coordinates", Assert.Throws<ArgumentException>(() => TokenRun.Of(
            TokenRun.Model(Normalization.Softmax, 3, 3), [1, 0, 0], TokenRun.Settings(1e-8, Times)) is { } run
            ? run.Simulation.Run(TokenSample.Uniform(2, 10, 1)) : null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Speeds_that_are_not_finite_end_the_run_with_a_sentence()
    {
        TokenSettings settings = TokenRun.Settings(1e-8, Times) with { Norm = new NormSettings(NormPlacement.Pre, InitialSize: 0) };
        TokenRun run = TokenRun.Of(TokenRun.Model(Normalization.None, 2, 3), TokenSample.Uniform(3, 10, 1).Positions.ToArray(), settings);
        Assert.Equal(OutcomeKind.ResolutionLost, run.Outcome.Kind);
        Assert.Contains("not finite at t = 0", run.Outcome.Message, StringComparison.Ordinal);
    }

    private sealed class Stopper : ISnapshotSink, IProgressSink
    {
        private TokenSimulation? _simulation;

        public List<Snapshot> Snapshots { get; } = [];

        public List<TokenCheckpoint> Checkpoints { get; } = [];

        public Outcome? Outcome { get; private set; }

        public Outcome Run(TokenModel model, TokenSettings settings, Func<TokenSimulation, Outcome> run)
        {
            _simulation = new TokenSimulation(model, settings, this, this);
            return Outcome = run(_simulation);
        }

        public void Accept(Snapshot snapshot)
        {
            Snapshots.Add(snapshot);
            Checkpoints.Add(_simulation!.Checkpoint());
        }

        public void Report(in Progress progress) => Checkpoints.Add(_simulation!.Checkpoint());
    }
}
