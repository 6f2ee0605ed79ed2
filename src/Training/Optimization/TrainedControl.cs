namespace Meanfield.Training;

/// <summary>A trained network.</summary>
/// <param name="Controls">[steps, features, rows] W.</param>
/// <param name="Sensitivity">[steps, features, rows] G, −λW at an optimum.</param>
/// <param name="History">The iterates at which the objective fell, the last being this one.</param>
/// <param name="Evaluations">Evaluations of objective and gradient.</param>
/// <param name="Converged">Whether the optimality residual is within the tolerance.</param>
public sealed record TrainedControl(double[] Controls, double[] Sensitivity, IReadOnlyList<TrainingIterate> History, int Evaluations, bool Converged)
{
    /// <summary>The last iterate.</summary>
    public TrainingIterate Last => History[^1];
}
