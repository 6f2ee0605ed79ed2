using MathNet.Numerics.Integration;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Observables of states that have them in closed form (THEORY 1.3; V55).</summary>
public class ObservableTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Uniform_state(int dimension)
    {
        const double Beta = 5;
        Observables uniform = DensityObserver.Observe(new DensityFlow(new Attention(Normalization.Softmax, Beta), dimension, 15), Run.Modes(new HarmonicBasis(dimension, 15)));
        Assert.Equal(1, uniform.Energy / (FunkHecke.Lambda(dimension, 0, Beta) / (2 * Beta)), 1e-12);
        Assert.Equal(0, uniform.Entropy, 1e-14);
        Assert.Equal(0.0, uniform.OrderParameter);
        Assert.Equal(0.0, uniform.Dissipation);
        Assert.Equal(1.0, uniform.Mass);
        Assert.Equal(1, uniform.MinimumDensity, 1e-14);
        Assert.Equal(1, uniform.MaximumDensity, 1e-14);
    }

    /// <summary>E(q-gon) = (1/2β) Σ_{m∈Z} I_{mq}(β) = (1/2βq) Σ_n e^{β cos(2πn/q)}; q = 1 is the Dirac mass, e^β/2β.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Polygons(int q)
    {
        const double Beta = 5;
        var flow = new DensityFlow(new Attention(Normalization.None, Beta), 2, 60);
        double[] corners = [.. Enumerable.Range(0, q).SelectMany(n => new[] { Math.Cos(2 * Math.PI * n / q), Math.Sin(2 * Math.PI * n / q) })];
        double expected = Enumerable.Range(0, q).Sum(n => Math.Exp(Beta * Math.Cos(2 * Math.PI * n / q))) / (2 * Beta * q);
        double series = FunkHecke.Lambda(2, 0, Beta);
        for (int m = q; m <= 60; m += q) series += 2 * FunkHecke.Lambda(2, m, Beta);
        double energy = DensityObserver.Energy(flow, new TokenSample(2, corners).Moments(60));
        Assert.Equal(1, energy / expected, 1e-12);
        Assert.Equal(1, energy / (series / (2 * Beta)), 1e-12);
    }

    /// <summary>Concentration c → ∞: E = (e^β/2β)(1 − β(d−1)/c + O(c⁻²)), order parameter 1 − (d−1)/2c.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Concentrated_states_approach_the_Dirac_mass(int dimension)
    {
        const double Beta = 2, Concentration = 2000;
        Observables state = VonMisesFisherState(dimension, Concentration, Beta, 400);
        double shortfall = 1 - state.Energy / (Math.Exp(Beta) / (2 * Beta));
        Assert.Equal(1, shortfall * Concentration / (Beta * (dimension - 1)), 0.02);
        Assert.Equal(1, (1 - state.OrderParameter) * 2 * Concentration / (dimension - 1), 0.01);
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    [InlineData(8, 8)]
    [InlineData(64, 30)]
    public void Von_Mises_Fisher(int dimension, double concentration)
    {
        Observables state = VonMisesFisherState(dimension, concentration, 3, 63);
        double lambda = FunkHecke.Lambda(dimension, 0, concentration), mean = FunkHecke.Lambda(dimension, 1, concentration) / lambda;
        Assert.Equal(mean, state.OrderParameter, 1e-13);
        Assert.Equal(Math.Log(lambda) - concentration * mean, state.Entropy, 1e-12);
        Assert.Equal(-Integral(), state.Entropy, 1e-11);

        double Integral() // ∫ρ log ρ (sin θ)^(d−2) dθ by MathNet's 96-point Gauss rule on eight pieces
        {
            double sum = 0, mass = 0;
            for (int piece = 0; piece < 8; piece++)
            {
                var rule = new GaussLegendreRule(piece * Math.PI / 8, (piece + 1) * Math.PI / 8, 96);
                for (int i = 0; i < rule.Order; i++)
                {
                    (double sine, double cosine) = Math.SinCos(rule.Abscissas[i]);
                    double weight = rule.Weights[i] * Math.Pow(sine, dimension - 2), logDensity = concentration * cosine - Math.Log(lambda);
                    sum += weight * Math.Exp(logDensity) * logDensity;
                    mass += weight;
                }
            }
            return sum / mass;
        }
    }

    private static Observables VonMisesFisherState(int dimension, double concentration, double beta, int bandlimit)
    {
        var flow = new DensityFlow(new Attention(Normalization.None, beta), dimension, bandlimit);
        var state = new double[flow.Basis.Count];
        var mean = new double[dimension];
        mean[^1] = 1;
        VonMisesFisher.Add(flow.Basis, mean, concentration, 1, state);
        return DensityObserver.Observe(flow, state);
    }
}
