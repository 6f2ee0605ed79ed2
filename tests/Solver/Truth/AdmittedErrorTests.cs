using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>The bounds of the monitors hold for errors of every shape, and are not idle.</summary>
public class AdmittedErrorTests
{
    /// <summary>States ρ and ρ + e with ‖e‖₂ known: energies, free energies and negative masses differ by no more than the monitors admit for ‖e‖₂, and at a hundredth of it often by more.</summary>
    [Theory]
    [InlineData(2, Normalization.None, 3, 0.0)]
    [InlineData(2, Normalization.None, 2, 0.5)]
    [InlineData(3, Normalization.Softmax, -2, 0.0)]
    [InlineData(3, Normalization.None, 0, 0.3)]
    [InlineData(6, Normalization.None, 5, 0.0)]
    public void An_error_takes_no_more_than_its_norm_explains(int dimension, Normalization normalization, double beta, double noise)
    {
        var flow = new DensityFlow(new Attention(normalization, beta, noise), dimension, 23);
        EnergyMonitor monitor = EnergyMonitor.OfDensity(flow.Attention)!;
        int caught = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            double[] state = RandomStates.Density(flow.Basis, seed, 0.9, 8), error = RandomStates.Density(flow.Basis, seed + 1000, 1, 1 + (int)(seed % 20));
            const double Size = 1e-4;
            error[0] = 0;
            double norm = Math.Sqrt(error.Sum(a => a * a));
            double[] spoilt = [.. state.Select((a, i) => a + Size / norm * error[i])];
            double[] lifted = [.. state.Select((a, i) => a - Size / norm * error[i])];
            Observables before = DensityObserver.Observe(flow, state);
            foreach (double[] other in (double[][])[spoilt, lifted])
            {
                Observables now = DensityObserver.Observe(flow, other);
                Assert.Null(monitor.Judge(before, now, Size, 0));
                Assert.Null(NegativityMonitor.Judge(before.NegativeMass, now, Size));
                if (monitor.Judge(before, now, Size / 100, 0) is not null) caught++;
            }
        }
        Assert.True(caught > 0, "the bound is idle");
    }

    /// <summary>ρ = 1 + a√2 cos θ is negative where cos θ &lt; −1/(a√2): M⁻ = (√(2a² − 1) − arccos(1/(a√2)))/π.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void Negative_mass_of_a_cosine(double amplitude)
    {
        double expected = (Math.Sqrt(2 * amplitude * amplitude - 1) - Math.Acos(1 / (amplitude * Math.Sqrt(2)))) / Math.PI;
        double[] state = Run.Modes(new HarmonicBasis(2, 255), (1, 1, amplitude));
        Observables observed = DensityObserver.Observe(new DensityFlow(new Attention(Normalization.None, 1), 2, 255), state);
        Assert.Equal(expected, observed.NegativeMass, 1e-5);
        Observables positive = DensityObserver.Observe(new DensityFlow(new Attention(Normalization.None, 1), 2, 15), Run.Modes(new HarmonicBasis(2, 15), (1, 1, 0.7)));
        Assert.Equal(0.0, positive.NegativeMass);
        Assert.NotNull(NegativityMonitor.Judge(0, observed, 0.001));
        Assert.Null(NegativityMonitor.Judge(expected, observed, 0));
    }

    [Fact]
    public void A_quantity_that_is_not_finite_is_named()
    {
        var monitor = new FiniteMonitor("energy", "mass");
        Observables sound = new() { Energy = 1, Mass = 1, Entropy = double.NaN };
        Assert.Null(monitor.Judge(sound));
        Assert.StartsWith("energy is not finite", monitor.Judge(sound with { Energy = double.PositiveInfinity })!.What, StringComparison.Ordinal);
        Assert.StartsWith("mass is not finite", monitor.Judge(sound with { Mass = double.NaN })!.What, StringComparison.Ordinal);
        Assert.False(FiniteMonitor.Holds([0, double.NegativeInfinity]));
    }

    /// <summary>Softmax with noise has no such theorem; neither have tokens with a mask.</summary>
    [Fact]
    public void Nothing_is_claimed_beyond_the_theorems()
    {
        Assert.Null(EnergyMonitor.OfDensity(new Attention(Normalization.Softmax, 2, 0.1)));
        Assert.NotNull(EnergyMonitor.OfDensity(new Attention(Normalization.Softmax, 0, 0.1))); // at β = 0 both are one
        Assert.Null(EnergyMonitor.OfTokens(new TokenModel(new Attention(Normalization.None, 2, 0.1), 3)));
        Assert.True(StepMonitor.HasCollapsed(1, 1e-16, 1));
        Assert.False(StepMonitor.HasCollapsed(1, 1e-15, 1));
        Assert.True(StepMonitor.HasCollapsed(0, 1e-18, 100)); // at t = 0 too
        Assert.False(StepMonitor.HasCollapsed(0, 1e-300, double.PositiveInfinity));
    }
}
