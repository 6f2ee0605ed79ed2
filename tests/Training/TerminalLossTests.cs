using Meanfield.Spectral;
using Meanfield.Tests.Solver;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>Losses of the last layer.</summary>
public class TerminalLossTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Values_are_those_of_the_mean(int dimension)
    {
        double[] state = RandomStates.Density(new HarmonicBasis(dimension, 3), 2, 0.8), v = TrainingCases.Vector(dimension, -0.3), w = TrainingCases.Vector(dimension, 0.2);
        var mean = new MeanVector(dimension);
        double[] m = [.. Enumerable.Range(0, mean.Count).Select(k => mean.Read(state, k))];
        double a = m.Zip(v, (x, y) => x * y).Sum(), b = m.Zip(w, (x, y) => x * y).Sum();
        Assert.Equal(1 - a, LinearLoss.Towards(dimension, v).Value(state), 1e-14);
        Assert.Equal(m.Zip(v, (x, y) => 1.5 * (x - y) * (x - y)).Sum(), MomentLoss.Mean(dimension, v, 3).Value(state), 1e-14);
        Assert.Equal(Math.Log(1 + Math.Exp(2 * (b - a))), new CrossEntropyLoss(dimension, [v, w], 0, 2).Value(state), 1e-14);
    }

    /// <summary>m = ∫x dμ: the mean of a von Mises–Fisher law is λ₁/λ₀ along its axis, in every coordinate.</summary>
    [Fact]
    public void Mean_vector_reads_the_coordinates_in_order()
    {
        var basis = new HarmonicBasis(3, 4);
        double[] state = new double[basis.Count], axis = [0.48, 0.6, 0.64];
        Meanfield.Solver.VonMisesFisher.Add(basis, axis, 3, 1, state);
        double length = 1 / Math.Tanh(3) - 1.0 / 3;
        var mean = new MeanVector(3);
        for (int k = 0; k < 3; k++) Assert.Equal(length * axis[k], mean.Read(state, k), 1e-14);
    }

    [Fact]
    public void Gradients_are_differences_of_values()
    {
        double[] state = RandomStates.Density(new HarmonicBasis(3, 3), 2, 0.8), gradient = new double[state.Length];
        double[] v = TrainingCases.Vector(3, -0.3), w = TrainingCases.Vector(3, 0.2);
        foreach (TerminalLoss loss in new TerminalLoss[] { LinearLoss.Towards(3, v), MomentLoss.Mean(3, v, 3), new CrossEntropyLoss(3, [v, w], 1, 2) })
        {
            loss.Gradient(state, gradient);
            for (int i = 0; i < state.Length; i++)
            {
                double[] up = [.. state], down = [.. state];
                (up[i], down[i]) = (state[i] + 1e-4, state[i] - 1e-4);
                Assert.Equal((loss.Value(up) - loss.Value(down)) / 2e-4, gradient[i], 1e-8);
            }
        }
    }
}
