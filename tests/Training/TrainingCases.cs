using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;

namespace Meanfield.Tests.Training;

/// <summary>Control problems that tests share.</summary>
internal static class TrainingCases
{
    private static readonly Lazy<(ControlProblem Problem, TrainedControl Control)> TrainedExample = new(() =>
    {
        ControlProblem problem = Example(5, 640, bandlimit: 40, regularization: 0.3);
        return (problem, Trainer.Train(problem, new TrainingSettings()));
    });

    /// <summary>The example of THEORY 5.3 (V50, V53), trained once.</summary>
    public static (ControlProblem Problem, TrainedControl Control) Trained => TrainedExample.Value;

    /// <summary>The example of THEORY 5.3: circle, β = 1, A = diag(1.5, 0.75), κ = 0.1, ℓ = 1 − cos(θ − 0.8), features 1, x, degree 2.</summary>
    public static ControlProblem Example(double horizon, int steps, int bandlimit, double regularization) => new(
        new TrainedModel(new Attention(Normalization.None, 1, 0.1), InteractionMatrix.Diagonal(1.5, 0.75), new FeatureMap(new HarmonicFeatures(2, 0, 2))),
        new DepthGrid(bandlimit, horizon, steps), [1, 0.6 / Math.Sqrt(2), 0], LinearLoss.Towards(2, Math.Cos(0.8), Math.Sin(0.8)), regularization);

    /// <summary>A model with every kind of feature and a matrix that is not diagonal (d ≤ 3) or axial (d ≥ 4).</summary>
    public static TrainedModel Full(int dimension, Normalization normalization)
    {
        InteractionMatrix matrix = dimension switch
        {
            2 => InteractionMatrix.General(new[,] { { 1.5, 0.2 }, { 0.2, 0.75 } }),
            3 => InteractionMatrix.General(new[,] { { 1.5, 0.2, 0.1 }, { 0.2, 0.75, -0.1 }, { 0.1, -0.1, 1 } }),
            _ => InteractionMatrix.Axial(dimension, 0.6, 1.4),
        };
        var features = new FeatureMap(
            new ConstantFeature(dimension), new LinearFeatures(dimension), new HarmonicFeatures(dimension, 2, 3),
            NeuronFeatures.Random(dimension, Activation.Tanh, 2, 1, 0.3, 5), NeuronFeatures.Random(dimension, Activation.Relu, 2, 1, 0.3, 6),
            NeuronFeatures.Random(dimension, Activation.Cosine, 1, 1, 0, 7));
        return new TrainedModel(new Attention(normalization, 1.2, 0.1), matrix, features);
    }

    /// <summary>A coordinate vector that points nowhere in particular.</summary>
    public static double[] Vector(int dimension, double slope) =>
        [.. Enumerable.Range(0, Feature.Coordinates(dimension)).Select(i => 0.4 + slope * i)];

    /// <summary>Standard normal numbers of a seed, scaled.</summary>
    public static double[] Normals(int count, ulong seed, double size)
    {
        var random = new RandomNumbers(seed);
        return [.. Enumerable.Range(0, count).Select(_ => size * random.NextNormals().First)];
    }

    /// <summary>‖W_k‖ of each layer.</summary>
    public static double[] LayerSizes(ControlProblem problem, double[] controls)
    {
        int size = problem.Flow.Model.ControlSize;
        return [.. controls.Chunk(size).Select(layer => Math.Sqrt(layer.Sum(w => w * w)))];
    }
}
