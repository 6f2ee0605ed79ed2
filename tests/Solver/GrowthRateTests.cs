using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Growth rates about the uniform state, read from runs (THEORY 2.2; V03, V04, V13, V35).</summary>
public class GrowthRateTests
{
    [Theory]
    [InlineData(Normalization.None, 4.86712842849, 14.0044919733, 18.5960703045, 16.3463512437, 10.7898727366)]
    [InlineData(Normalization.Softmax, 4.86712842849, 14.0044919733, 18.5960703045, 16.3463512437, 10.7898727366)]
    public void Circle_modes_grow_at_the_tabulated_rates(Normalization normalization, params double[] table)
    {
        const double Beta = 5, Start = 1e-6;
        double scale = normalization == Normalization.Softmax ? 27.239871823604 : 1;
        for (int k = 1; k <= 6; k++)
        {
            double expected = FunkHecke.Rate(new Attention(normalization, Beta), 2, k);
            if (k <= table.Length) Assert.Equal(1, expected * scale / table[k - 1], 1e-11);
            double time = 0.5 / expected;
            Run run = Run.Of(new Attention(normalization, Beta), 2, [(k, 1, Start), (k, -1, 0.7 * Start)], 1e-8, 0, time);
            double[] found = run.Snapshots[^1].Coefficients;
            Assert.Equal(1, Math.Log(found[2 * k - 1] / Start) / (expected * time), 1e-6);
            Assert.Equal(1, Math.Log(found[2 * k] / (0.7 * Start)) / (expected * time), 1e-6);
        }
    }

    /// <summary>All orders of degrees 1 … 4 at once, small enough (1e−12) for the quadratic terms not to matter; the state keeps its relative accuracy.</summary>
    [Theory]
    [InlineData(3, Normalization.None, 5, 0)]
    [InlineData(3, Normalization.None, 5, 2)]
    [InlineData(3, Normalization.Softmax, 5, 0)]
    [InlineData(3, Normalization.Softmax, 5, 0.3)]
    [InlineData(3, Normalization.Softmax, -1, 0)]
    [InlineData(8, Normalization.None, 5, 0)]
    [InlineData(8, Normalization.None, 5, 0.4)]
    [InlineData(8, Normalization.Softmax, 5, 0.1)]
    public void Modes_grow_at_their_rates(int dimension, Normalization normalization, double beta, double noise)
    {
        const int Degree = 4;
        var attention = new Attention(normalization, beta, noise);
        var basis = new HarmonicBasis(dimension, Degree);
        double[] initial = RandomStates.Density(basis, 51, 1e-12);
        double fastest = Enumerable.Range(1, Degree).Max(l => Math.Abs(FunkHecke.Rate(attention, dimension, l)));
        Run run = Run.Of(attention, dimension, initial, Degree, new DensitySettings { OutputTimes = [0, 1 / fastest] });
        for (int i = 1; i < basis.Count; i++)
        {
            double expected = FunkHecke.Rate(attention, dimension, basis.DegreeOf(i));
            double found = Math.Log(run.Snapshots[^1].Coefficients[i] / initial[i]) * fastest;
            Assert.Equal(1, found / expected, 1e-6);
        }
    }

    /// <summary>V13: on the unstable manifold ċ_q/(γ_q c_q) − 1 → −|c_q|² whatever β and q (THEORY 3.4).</summary>
    [Theory]
    [InlineData(5, 3)]
    [InlineData(0.5, 1)]
    [InlineData(9, 4)]
    public void Landau_coefficient_is_universal(double beta, int q)
    {
        var attention = new Attention(Normalization.None, beta);
        double rate = FunkHecke.Rate(attention, 2, q), slaved = 2 * rate / (2 * rate - FunkHecke.Rate(attention, 2, 2 * q));
        double[] sizes = [0.02, 0.04];
        const double Start = 1e-3;
        double[] times = [0, .. sizes.Select(size => Math.Log(size / Start) / rate)];
        double root = Math.Sqrt(2);
        Run run = Run.Of(attention, 2, [(q, 1, root * Start), (2 * q, 1, root * slaved * Start * Start)], 1e-12, times);
        double[] landau = Array.ConvertAll([1, 2], at =>
        {
            Snapshot snapshot = run.Snapshots[at];
            var flow = new DensityFlow(attention, 2, snapshot.Bandlimit);
            var tendency = new double[flow.Basis.Count];
            flow.Tendency(snapshot.Coefficients, tendency);
            double c = snapshot.Coefficients[2 * q - 1] / root;
            return (tendency[2 * q - 1] / (rate * root * c) - 1) / (c * c);
        });
        Assert.Equal(-1, (4 * landau[0] - landau[1]) / 3, 1e-4);
    }

    /// <summary>V35: c_1 grows below the noise threshold κ_c and decays above it.</summary>
    [Theory]
    [InlineData(Normalization.None, 0.565159103992)]
    [InlineData(Normalization.Softmax, 0.446389965896)]
    public void Noise_threshold_is_where_the_order_parameter_stops_growing(Normalization normalization, double threshold)
    {
        Assert.True(Growth(threshold - 1e-5) > 0);
        Assert.True(Growth(threshold + 1e-5) < 0);
        Assert.Equal(1e-5, Growth(threshold - 1e-5), 1e-9);

        double Growth(double noise)
        {
            const double Time = 10, Start = 1e-6;
            Run run = Run.Of(new Attention(normalization, 1, noise), 2, [(1, 1, Start)], 1e-10, 0, Time);
            return Math.Log(run.Snapshots[^1].Coefficients[1] / Start) / Time;
        }
    }

    /// <summary>V36: below κ_c the stationary amplitude is m² = (κ_c − κ)(d+2)/(d² κ_c B), extrapolated to κ_c.</summary>
    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(2, 1)]
    [InlineData(3, 0.5)]
    [InlineData(3, 1)]
    public void Pitchfork_amplitude_follows_the_formula(int dimension, double beta)
    {
        double critical = FunkHecke.Lambda(dimension, 1, beta) / beta;
        double ratio = FunkHecke.Lambda(dimension, 2, beta) / FunkHecke.Lambda(dimension, 1, beta);
        double b = 1 - (dimension - 1) / (dimension * (1 - ratio));
        Assert.Equal(1, 2 * Relative(0.002) - Relative(0.004), 1e-3);

        double Relative(double distance)
        {
            double square = distance * (dimension + 2) / (dimension * dimension * b);
            double relaxation = 2 * distance * critical * (dimension - 1);
            var attention = new Attention(Normalization.None, beta, critical * (1 - distance));
            int order = dimension == 2 ? 1 : 0;
            Run run = Run.Of(attention, dimension, [(1, order, Math.Sqrt(square * dimension))], 1e-7, 0, 4.5 / relaxation);
            double after = run.Snapshots[^1].Observables.OrderParameter;
            return after * after / square;
        }
    }
}
