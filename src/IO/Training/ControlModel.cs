using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>What the training block of a case asks for, as the library takes it.</summary>
internal static class ControlModel
{
    /// <summary>Attention, matrix and features.</summary>
    /// <exception cref="ArgumentException">They do not fit together.</exception>
    public static TrainedModel Of(Case @case) => new(@case.Attention.Model, MatrixOf(@case), FeaturesOf(@case));

    /// <summary>A.</summary>
    /// <exception cref="ArgumentException">Not symmetric positive definite, or not one for this dimension.</exception>
    public static InteractionMatrix MatrixOf(Case @case)
    {
        switch (@case.Training!.Interaction)
        {
            case DiagonalInteraction diagonal:
                return InteractionMatrix.Diagonal(diagonal.Values.AsSpan());
            case AxialInteraction axial:
                return InteractionMatrix.Axial(@case.Dimension, axial.Across, axial.Along);
            case MatrixInteraction { Rows: var given }:
                var rows = new double[given.Count, given.Count];
                for (int i = 0; i < given.Count; i++)
                {
                    for (int j = 0; j < given.Count; j++) rows[i, j] = given[i][j];
                }
                return InteractionMatrix.General(rows);
            default:
                return InteractionMatrix.Identity(@case.Dimension);
        }
    }

    /// <summary>σ.</summary>
    /// <exception cref="ArgumentException">No feature at all.</exception>
    public static FeatureMap FeaturesOf(Case @case)
    {
        (int dimension, FeatureSettings given) = (@case.Dimension, @case.Training!.Features);
        var groups = new List<Feature>();
        if (given.Constant) groups.Add(new ConstantFeature(dimension));
        if (given.Linear) groups.Add(new LinearFeatures(dimension));
        if (given.Harmonics >= 2) groups.Add(new HarmonicFeatures(dimension, 2, given.Harmonics));
        foreach (NeuronSettings neuron in given.Neurons ?? [])
            groups.Add(new NeuronFeatures(dimension, neuron.Activation, [neuron.Weights], [neuron.Bias]));
        foreach (RandomFeatureSettings random in given.Random ?? [])
            groups.Add(NeuronFeatures.Random(dimension, random.Activation, random.Count, random.Scale, random.Bias, random.Seed));
        return new FeatureMap(groups);
    }

    /// <summary>G.</summary>
    /// <exception cref="ArgumentException">Fewer than two classes, or a label that is none of them.</exception>
    public static TerminalLoss LossOf(Case @case) => @case.Training!.Loss switch
    {
        TowardsLoss towards => LinearLoss.Towards(@case.Dimension, towards.Direction),
        MeanLoss mean => MomentLoss.Mean(@case.Dimension, mean.Target, mean.Strength),
        ClassLoss classes => new CrossEntropyLoss(@case.Dimension, [.. classes.Classes], classes.Label, classes.Sharpness),
        _ => throw new ArgumentException("no such loss"),
    };

    /// <summary>How the network is trained.</summary>
    public static TrainingSettings SettingsOf(Case @case) =>
        new() { Method = @case.Training!.Method, Tolerance = @case.Training.Tolerance, Iterations = @case.Training.Iterations };
}
