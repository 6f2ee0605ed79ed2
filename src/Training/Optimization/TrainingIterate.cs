namespace Meanfield.Training;

/// <summary>Where training stands.</summary>
/// <param name="Evaluation">Evaluations of objective and gradient so far.</param>
/// <param name="Objective">J and its parts.</param>
/// <param name="Residual">‖W + G/λ‖/‖W‖.</param>
/// <param name="Hamiltonian">Mean over depth of the Hamiltonian (<see cref="Training.Hamiltonian"/>).</param>
/// <param name="HamiltonianSpread">Its largest less its smallest value: 0 along an optimum of the continuous problem.</param>
public readonly record struct TrainingIterate(int Evaluation, Objective Objective, double Residual, double Hamiltonian, double HamiltonianSpread);

/// <summary>Shows the progress of training.</summary>
public interface ITrainingProgress
{
    /// <summary>Called whenever the objective has fallen; must return quickly.</summary>
    void Report(in TrainingIterate iterate);
}
