namespace Meanfield.Training;

/// <summary>The relaxed fixed-point iteration W ← W − r (W + G/λ), a step of size r/λ down the gradient of J in L²(0, T).</summary>
/// <remarks>
/// r is halved until J falls by 10⁻⁴ r λ h ‖W + G/λ‖² (Armijo) and grows by a half after a success, up to 1, where the iteration is W = −G/λ itself.
/// </remarks>
internal static class FixedPoint
{
    private const double SmallestRelaxation = 1e-8;

    public static void Minimize(ControlProblem problem, TrainingSettings settings, Descent descent)
    {
        double relaxation = settings.Relaxation, weight = problem.Regularization * problem.Map.Step;
        var trial = new double[problem.Size];
        while (!descent.Converged && !descent.Exhausted && relaxation > SmallestRelaxation)
        {
            double square = 0, value = descent.History[^1].Objective.Total;
            for (int i = 0; i < trial.Length; i++)
            {
                double gap = descent.Controls[i] + descent.Sensitivity[i] / problem.Regularization;
                trial[i] = descent.Controls[i] - relaxation * gap;
                square += gap * gap;
            }
            bool falls = descent.Evaluate(trial) <= value - 1e-4 * relaxation * weight * square;
            relaxation = falls ? Math.Min(1, 1.5 * relaxation) : 0.5 * relaxation;
        }
    }
}
