using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>The density's control applied to particles, whose forces are sums over all pairs with Q = 1, K = V = A.</summary>
public class TrainedTokensTests
{
    [Theory]
    [InlineData(2, Normalization.None)]
    [InlineData(3, Normalization.Softmax)]
    [InlineData(5, Normalization.None)]
    public void Noisy_tokens_reproduce_the_loss_of_the_density(int dimension, Normalization normalization)
    {
        const int Count = 300, Draws = 6;
        TrainedModel model = TrainingCases.Full(dimension, normalization);
        var grid = new DepthGrid(12, 0.6, 24);
        double[] mean = new double[dimension];
        mean[^1] = 1;
        var basis = new HarmonicBasis(dimension, 12);
        var initial = new double[basis.Count];
        VonMisesFisher.Add(basis, mean, 2, 1, initial);
        initial[0] = 1;
        double[] target = [.. TrainingCases.Vector(dimension, -0.5).Select(x => -x)];
        TerminalLoss loss = LinearLoss.Towards(dimension, target);
        var problem = new ControlProblem(model, grid, initial, loss, 0.1);
        TrainedControl control = Trainer.Train(problem, new TrainingSettings { Tolerance = 1e-3 });
        Assert.True(control.Last.Objective.Loss < control.History[0].Objective.Loss - 0.2); // the network has work to do

        var source = new VonMisesFisherTokens(dimension, [(mean, 2.0, 1.0)]);
        var losses = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            TokenSample end = TrainedTokens.Run(model, grid, control.Controls, TokenSample.Draw(source, Count, (ulong)draw + 1), seed: (ulong)draw + 100);
            losses[draw] = 1 - Enumerable.Range(0, Count).Average(i => Height(end.Positions.Slice(i * dimension, dimension)));
        }
        double average = losses.Average(), error = Math.Sqrt(losses.Sum(x => (x - average) * (x - average)) / (Draws - 1) / Draws);
        double predicted = Math.Sqrt(DepthRecord.Fluctuation(DepthRecorder.Follow(problem, control.Controls, 1), model.Attention.Noise) / Count / Draws);
        Assert.InRange(average - control.Last.Objective.Loss, -3 * predicted, 3 * predicted);
        Assert.InRange(error / predicted, 0.35, 1.9); // χ with 5 degrees of freedom: 0.33 … 1.9 with probability 0.998
        Assert.True(predicted < 0.03);

        double Height(ReadOnlySpan<double> x)
        {
            double sum = 0;
            for (int k = 0; k < target.Length; k++) sum += target[k] * x[x.Length - target.Length + k];
            return sum;
        }
    }
}
