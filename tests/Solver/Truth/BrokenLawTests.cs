using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver.Tokens;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>A run whose equation is spoilt ends with the law that it breaks and what to change; left alone it completes without a word.</summary>
public class BrokenLawTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 21).Select(k => 0.05 * k)];

    public static TheoryData<int, Normalization, double, string, string> Spoilt
    {
        get
        {
            var data = new TheoryData<int, Normalization, double, string, string>();
            foreach ((int dimension, Normalization normalization, double noise) in
                ((int, Normalization, double)[])[(2, Normalization.None, 0), (2, Normalization.Softmax, 0), (2, Normalization.None, 0.2), (3, Normalization.None, 0), (5, Normalization.Softmax, 0)])
            {
                data.Add(dimension, normalization, noise, "not a number", "right-hand side is not finite");
                data.Add(dimension, normalization, noise, "a source", "the mass has drifted");
                data.Add(dimension, normalization, noise, "back in time", noise > 0 ? "free energy, which must grow, has fallen" : "energy, which must grow, has fallen");
                if (noise == 0) data.Add(dimension, normalization, noise, "below zero", "the density is negative on a mass of");
                data.Add(dimension, normalization, noise, "dice", "the time step collapsed");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void Densities(int dimension, Normalization normalization, double noise, string spoilt, string sentence)
    {
        var attention = new Attention(normalization, 1, noise);
        int order = dimension == 2 ? 1 : 0;
        double[] initial = Run.Modes(new HarmonicBasis(dimension, 3), (1, order, 0.2), (2, order, 0.1));
        var settings = new DensitySettings { OutputTimes = Times, MaximumBandlimit = 127 };
        var run = new Run();
        var random = new RandomNumbers(7);
        var simulation = new DensitySimulation(attention, dimension, settings, run)
        {
            Stepped = flow => new SabotagedFlow(flow, (itself, evaluations, state, tendency) =>
            {
                if (evaluations < 10) return;
                switch (spoilt)
                {
                    case "not a number": tendency[1] = double.NaN; break;
                    case "a source": tendency[0] = 1e-9; break;
                    case "back in time": // degrees 1 and 2 go back: the higher ones of an ascending flow would not be stable
                        for (int i = 1; i < itself.Basis.Start(3); i++) tendency[i] = -tendency[i] - 2 * Math.Max(itself.Rates[itself.Basis.DegreeOf(i)], 0.2) * state[i];
                        break;
                    case "below zero": tendency[itself.Basis.IndexOf(2, order)] += 3; break;
                    default: tendency[1] += 1e20 * random.NextNormals().First; break; // the error of a step stays, however small the step
                }
            }),
        };
        Outcome outcome = simulation.Run(initial, 3);
        Assert.Equal(OutcomeKind.ResolutionLost, outcome.Kind);
        Assert.Contains(sentence, outcome.Message, StringComparison.Ordinal);
        Assert.Contains(" at t = ", outcome.Message, StringComparison.Ordinal);
        Assert.Matches("method\\.|attention\\.", outcome.Message);
        Assert.Equal(run.Snapshots[^1].Time, outcome.ValidUntil);
        Assert.True(outcome.ValidUntil < 1);
        Assert.All(run.Snapshots, snapshot => Assert.All(snapshot.Coefficients, a => Assert.True(double.IsFinite(a))));
        Assert.Null(simulation.Checkpoint());

        Run whole = Run.Of(attention, dimension, initial, 3, settings);
        Assert.Equal(OutcomeKind.Completed, whole.Outcome.Kind);
        Assert.Empty(whole.Outcome.Warnings);
        Assert.Equal(Times.Length, whole.Snapshots.Count);
    }

    /// <summary>A state that broke a law is not what characteristics go on from.</summary>
    [Fact]
    public void What_broke_a_law_is_not_handed_over()
    {
        var run = new Run();
        var simulation = new DensitySimulation(new Attention(Normalization.None, 1), 2, new DensitySettings { OutputTimes = Times }, run)
        {
            Stepped = flow => new SabotagedFlow(flow, (_, _, _, tendency) => tendency[0] = 1e-9),
        };
        Assert.Contains("mass", simulation.Run([1, 0.2, 0], 1).Message, StringComparison.Ordinal);
        Assert.Null(simulation.Resolved);
    }

    [Theory]
    [InlineData("not a number", "not finite")]
    [InlineData("back in time", "energy, which must grow, has fallen")]
    [InlineData("dice", "the time step collapsed")]
    public void Tokens_and_characteristics(string spoilt, string sentence)
    {
        var random = new RandomNumbers(3);
        Func<TokenForce, TokenForce> moved = force => new SabotagedForce(force, (evaluations, velocity) =>
        {
            if (evaluations < 30) return;
            for (int i = 0; i < velocity.Length; i++)
                velocity[i] = spoilt switch { "not a number" => double.NaN, "back in time" => -velocity[i], _ => 1e20 * random.NextNormals().First };
        });
        foreach (bool sabotage in (bool[])[true, false])
        {
            var tokens = new Run();
            var simulation = new TokenSimulation(TokenRun.Model(Normalization.None, 1, 3), TokenRun.Settings(1e-8, Times), tokens) { Moved = sabotage ? moved : force => force };
            Require(tokens, simulation.Run(TokenSample.Uniform(3, 50, 2)));

            var carried = new Run();
            var settings = new CharacteristicSettings { OutputTimes = Times, RecordedTokens = 5 };
            var characteristics = new CharacteristicSimulation(new Attention(Normalization.None, 1), settings, carried) { Moved = sabotage ? moved : force => force };
            Require(carried, characteristics.Run(new HarmonicBasis(2, 1), [1, 0.3, 0.2], 0));

            void Require(Run run, Outcome outcome)
            {
                Assert.Equal(sabotage ? OutcomeKind.ResolutionLost : OutcomeKind.Completed, outcome.Kind);
                if (!sabotage) return;
                Assert.Contains(sentence, outcome.Message, StringComparison.Ordinal);
                Assert.InRange(outcome.ValidUntil, run.Snapshots[^1].Time, run.Snapshots[^1].Time + 0.05);
                Assert.True(outcome.ValidUntil < 1);
            }
        }
    }

    /// <summary>V = QᵀK symmetric: the energy is watched, and grows; a rotation in V breaks it, and nothing is claimed.</summary>
    [Fact]
    public void Matrices_whose_energy_grows_are_recognized()
    {
        double[] query = [1, 0.5, 0, 0, 1, 0.2, 0, 0, 1];
        var form = new double[9]; // QᵀQ
        for (int i = 0; i < 9; i++)
            for (int k = 0; k < 3; k++) form[i] += query[k * 3 + i / 3] * query[k * 3 + i % 3];
        TokenModel model = TokenRun.Model(Normalization.None, 1, 3) with { Query = query, Key = query, Value = form };
        Assert.True(model.AscendsEnergy);
        Assert.False((model with { Causal = true }).AscendsEnergy);
        Assert.False((model with { Key = null }).AscendsEnergy);
        Assert.False((model with { Query = null, Key = null, Value = [1, 0.1, 0, -0.1, 1, 0, 0, 0, 1] }).AscendsEnergy);
        var run = new Run();
        Outcome outcome = new TokenSimulation(model, TokenRun.Settings(1e-8, Times), run).Run(TokenSample.Uniform(3, 40, 2));
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        for (int k = 1; k < run.Snapshots.Count; k++)
            Assert.True(run.Snapshots[k].Observables.Energy > run.Snapshots[k - 1].Observables.Energy);
    }
}
