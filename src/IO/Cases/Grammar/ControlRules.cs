namespace Meanfield.IO;

/// <summary>The rules between keys of the training block and the rest of a case.</summary>
internal static class ControlRules
{
    /// <summary>Checks the block.</summary>
    /// <param name="given">The case as read, with a training block.</param>
    /// <param name="wrong">The error at the path of a key.</param>
    /// <exception cref="CaseException">A rule is broken.</exception>
    public static void Apply(Case given, Func<string, string, CaseException> wrong)
    {
        ControlSettings control = given.Training!;
        int dimension = given.Dimension, coordinates = Training.Feature.Coordinates(dimension);
        if (given.Method.Scheme != Scheme.Spectral) throw wrong("training", "needs scheme spectral; remove it, or set method.scheme to spectral");
        CheckVectors();
        Try("training.interaction", () => ControlModel.MatrixOf(given));
        Try("training.features", () => ControlModel.FeaturesOf(given));
        Try("training.loss", () => ControlModel.LossOf(given));
        Try("attention.beta", () => ControlModel.Of(given));

        void CheckVectors()
        {
            switch (control.Loss)
            {
                case TowardsLoss towards: CheckLength("training.loss.towards", towards.Direction, coordinates); break;
                case MeanLoss mean: CheckLength("training.loss.mean.target", mean.Target, coordinates); break;
                case ClassLoss classes:
                    for (int i = 0; i < classes.Classes.Count; i++) CheckLength($"training.loss.cross_entropy.classes[{i}]", classes.Classes[i], coordinates);
                    break;
            }
            switch (control.Interaction)
            {
                case DiagonalInteraction diagonal: CheckLength("training.interaction.diagonal", diagonal.Values, dimension); break;
                case MatrixInteraction { Rows: var rows }:
                    if (rows.Count != dimension) throw wrong("training.interaction.matrix", $"must have {dimension} rows, as dimension is {dimension}, but has {rows.Count}");
                    for (int i = 0; i < rows.Count; i++) CheckLength($"training.interaction.matrix[{i}]", rows[i], dimension);
                    break;
            }
            for (int i = 0; i < control.Features.Neurons?.Count; i++)
                CheckLength($"training.features.neurons[{i}].weights", control.Features.Neurons[i].Weights, coordinates);
        }

        void CheckLength(string path, ValueList<double> vector, int length)
        {
            if (vector.Count != length) throw wrong(path, $"must have {length} numbers in dimension {dimension}, but has {vector.Count}");
        }

        void Try(string path, Func<object> make)
        {
            try
            {
                make();
            }
            catch (ArgumentException problem)
            {
                throw wrong(path, "cannot be used: " + problem.Message);
            }
        }
    }
}
