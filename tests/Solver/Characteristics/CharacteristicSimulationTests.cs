using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Densities followed along characteristics, against closed forms, the spectral solver and the laws of contraction.</summary>
public class CharacteristicSimulationTests
{
    private sealed class Kept : ISnapshotSink
    {
        public List<Snapshot> Snapshots { get; } = [];

        public void Accept(Snapshot snapshot) => Snapshots.Add(snapshot);
    }

    /// <summary>V21 and THEORY 4.3: at β = 0 the hyperbolic-Poisson law stays one, ṙ = ½(1−r²)h_d(r); from r = 0.3 to within 1e−3 of a Dirac.</summary>
    [Theory]
    [InlineData(2, 16, 1e-9)]
    [InlineData(3, 8, 1e-7)]
    [InlineData(5, 8, 1e-9)]
    public void Poisson_data_at_beta_0_keep_their_law(int dimension, double until, double tolerance)
    {
        const int Degree = 16;
        const double Start = 0.3;
        var basis = new HarmonicBasis(dimension, 60);
        var coefficients = new double[basis.Count];
        var axis = new double[dimension];
        axis[^1] = 1;
        HyperbolicPoisson.Add(basis, Start, axis, coefficients);
        coefficients[0] = 1;
        (List<Snapshot> snapshots, Outcome outcome) = Follow(new Attention(Normalization.None, 0), basis, coefficients, until, until / 4, Degree, 1e-10);
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.Empty(outcome.Warnings);
        foreach (Snapshot snapshot in snapshots)
        {
            double radius = Radius(dimension, Start, snapshot.Time);
            var exact = new double[new HarmonicBasis(dimension, Degree).Count];
            HyperbolicPoisson.Add(new HarmonicBasis(dimension, Degree), radius, axis, exact);
            double scale = exact.Max(Math.Abs);
            for (int i = 1; i < exact.Length; i++) Assert.Equal(exact[i], snapshot.Coefficients[i], tolerance * scale);
            double top = Math.Pow((1 + radius) / (1 - radius), dimension - 1);
            Assert.InRange(snapshot.Observables.MaximumDensity, 0.9 * top, 1.0001 * top);
        }
        double last = HyperbolicPoisson.Moment(dimension, 1, Radius(dimension, Start, until));
        Assert.Equal(1, snapshots[^1].Observables.Variance / ((1 - last) * (1 + last)), 1e-5);
    }

    [Theory]
    [InlineData(2, Normalization.None)]
    [InlineData(2, Normalization.Softmax)]
    [InlineData(3, Normalization.Softmax)]
    [InlineData(6, Normalization.None)]
    public void Moments_agree_with_the_spectral_solver_while_it_resolves(int dimension, Normalization normalization)
    {
        const int Degree = 12;
        const double Beta = 3;
        var attention = new Attention(normalization, Beta);
        double until = normalization == Normalization.Softmax ? 1.5 : 1.5 / Math.Exp(new AttentionKernel(dimension, Beta, 1).LogLambda0);
        var basis = new HarmonicBasis(dimension, 3);
        var coefficients = new double[basis.Count];
        coefficients[0] = 1;
        for (int i = 1; i < coefficients.Length; i++) coefficients[i] = 0.1 * Math.Cos(1 + i) / Math.Sqrt(i);
        var kept = new Kept();
        var settings = new DensitySettings { OutputTimes = [0, until], Tolerance = 1e-10 };
        Assert.Equal(OutcomeKind.Completed, new DensitySimulation(attention, dimension, settings, kept).Run(coefficients, 3).Kind);
        double[] exact = kept.Snapshots[^1].Coefficients;

        (List<Snapshot> snapshots, _) = Follow(attention, basis, coefficients, until, until, Degree, dimension == 3 ? 1e-8 : 1e-10);
        double[] carried = snapshots[^1].Coefficients;
        for (int i = 0; i < carried.Length; i++) Assert.Equal(exact[i], carried[i], 1e-8);
        Assert.Equal(kept.Snapshots[^1].Observables.Energy, snapshots[^1].Observables.Energy, 1e-8 * kept.Snapshots[^1].Observables.Energy);
        Assert.Equal(kept.Snapshots[^1].Observables.Entropy, snapshots[^1].Observables.Entropy, 1e-6);
        Assert.Equal(kept.Snapshots[^1].Observables.Dissipation, snapshots[^1].Observables.Dissipation, 1e-6 * kept.Snapshots[^1].Observables.Dissipation);
    }

    /// <summary>V24: with mass at the antipode the rate of 1 − |m| is (d−1)e^{−β} (USA, while below 2e^β), 1·(d−1) capped at 2 (SA).</summary>
    [Theory]
    [InlineData(2, Normalization.None, 0.3, 0.740818220681718)]
    [InlineData(2, Normalization.Softmax, 0.3, 1)]
    [InlineData(4, Normalization.None, 1, 1.10363832351433)]
    public void The_tail_limits_the_contraction(int dimension, Normalization normalization, double beta, double rate)
    {
        var basis = new HarmonicBasis(dimension, 1);
        double[] coefficients = dimension == 2 ? [1, 0.5, 0] : [1, 0.4];
        double from = Math.Log(1e4) / rate, until = Math.Log(1e9) / rate;
        (List<Snapshot> snapshots, Outcome outcome) = Follow(new Attention(normalization, beta), basis, coefficients, until, until / 20, 8, 1e-8);
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Snapshot early = snapshots.First(s => s.Time >= from), late = snapshots[^1];
        double slope = Math.Log(early.Observables.Variance / late.Observables.Variance) / (late.Time - early.Time);
        Assert.Equal(rate, slope, 0.01 * rate);
    }

    [Fact]
    public void Recorded_tokens_follow_the_flow_and_stay_on_their_meridians()
    {
        var basis = new HarmonicBasis(6, 2);
        (List<Snapshot> snapshots, _) = Follow(new Attention(Normalization.Softmax, 2), basis, [1, 0.3, 0.05], 1, 1, 4, 1e-9);
        double[] before = snapshots[0].Positions!, after = snapshots[^1].Positions!;
        double rise = 0;
        for (int i = 0; i < before.Length; i += 6)
        {
            Assert.Equal(1, after.AsSpan(i, 6).ToArray().Sum(x => x * x), 1e-12);
            Assert.Equal(before[i] * after[i + 1], before[i + 1] * after[i], 1e-12);
            rise += after[i + 5] - before[i + 5];
        }
        Assert.True(rise > 0);
        Assert.Throws<ArgumentException>(() => new CharacteristicSimulation(
            new Attention(Normalization.None, 1, 0.1), new CharacteristicSettings { OutputTimes = [0, 1] }, new Kept()));
    }

    private static (List<Snapshot> Snapshots, Outcome Outcome) Follow(
        Attention attention, HarmonicBasis basis, double[] coefficients, double until, double every, int degree, double tolerance)
    {
        var kept = new Kept();
        var settings = new CharacteristicSettings
        {
            OutputTimes = DensitySettings.Schedule(until, every),
            Tolerance = tolerance,
            Degree = degree,
            RecordedTokens = 50,
        };
        Outcome outcome = new CharacteristicSimulation(attention, settings, kept).Run(basis, coefficients, 0);
        return (kept.Snapshots, outcome);
    }

    // ṙ = ½(1−r²)h_d(r) by small steps of order 4; s = artanh r obeys ṡ = ½ h_d(tanh s).
    private static double Radius(int dimension, double start, double time)
    {
        const int Steps = 4000;
        double s = Math.Atanh(start), h = time / Steps;
        for (int k = 0; k < Steps; k++)
        {
            double a = Slope(s), b = Slope(s + 0.5 * h * a), c = Slope(s + 0.5 * h * b), d = Slope(s + h * c);
            s += h / 6 * (a + 2 * b + 2 * c + d);
        }
        return Math.Tanh(s);

        double Slope(double at) => 0.5 * HyperbolicPoisson.Moment(dimension, 1, Math.Tanh(at));
    }
}
