namespace Meanfield.Training;

/// <summary>Trains the network of a control problem.</summary>
public static class Trainer
{
    /// <summary>Lowers J from given controls until the optimality residual is within its tolerance.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="settings">Method and tolerance.</param>
    /// <param name="start">[steps, features, rows] first controls; null: W = 0, the untrained model.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="stop">Asked before each evaluation: once cancelled, the best controls so far are returned.</param>
    /// <exception cref="ArgumentException">start of another length.</exception>
    public static TrainedControl Train(
        ControlProblem problem, TrainingSettings settings, double[]? start = null, ITrainingProgress? progress = null, CancellationToken stop = default)
    {
        if (start is not null && start.Length != problem.Size) throw new ArgumentException($"{start.Length} controls where {problem.Size} are expected", nameof(start));
        var descent = new Descent(problem, settings, progress, stop);
        descent.Evaluate(start ?? new double[problem.Size]);
        if (!descent.Converged && !descent.Exhausted)
        {
            if (settings.Method == TrainingMethod.FixedPoint) FixedPoint.Minimize(problem, settings, descent);
            else QuasiNewton.Minimize(problem, settings, descent);
        }
        return new TrainedControl(descent.Controls, descent.Sensitivity, descent.History, descent.Evaluations, descent.Converged);
    }
}
