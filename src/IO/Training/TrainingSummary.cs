using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The numbers of a training that are printed, swept and compared.</summary>
public sealed record TrainingSummary
{
    /// <summary>How it ended.</summary>
    public required OutcomeKind Outcome { get; init; }

    /// <summary>J.</summary>
    public required double Objective { get; init; }

    /// <summary>G(μ_T).</summary>
    public required double Loss { get; init; }

    /// <summary>(λ/2)∫‖W‖²dt.</summary>
    public required double Penalty { get; init; }

    /// <summary>G(μ_T) at W = 0.</summary>
    public required double UntrainedLoss { get; init; }

    /// <summary>‖W + G/λ‖/‖W‖.</summary>
    public required double Residual { get; init; }

    /// <summary>Mean Hamiltonian.</summary>
    public required double Hamiltonian { get; init; }

    /// <summary>Largest less smallest Hamiltonian.</summary>
    public required double HamiltonianSpread { get; init; }

    /// <summary>Evaluations of cost and gradient at the last bandlimit.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Largest degree of the density.</summary>
    public required int Bandlimit { get; init; }

    /// <summary>Largest size of the highest tenth of the degrees along the depth, relative to the largest degree.</summary>
    public required double SpectrumTail { get; init; }

    /// <summary>Error of the last state by the size of the steps, relative.</summary>
    public required double StepError { get; init; }

    /// <summary>When the plateau of the free energy begins.</summary>
    public required double Clustering { get; init; }

    /// <summary>When the escape begins; NaN: never.</summary>
    public required double Escape { get; init; }

    /// <summary>How long the plateau lasts.</summary>
    public required double Plateau { get; init; }

    /// <summary>Thickness of the control's boundary layer before the end.</summary>
    public required double BoundaryLayer { get; init; }

    /// <summary>Largest free energy.</summary>
    public required double Summit { get; init; }

    /// <summary>How far the free energy falls from there to the end.</summary>
    public required double Drop { get; init; }

    /// <summary>Loss of tokens under the same network; NaN: none.</summary>
    public required double TokenLoss { get; init; }

    /// <summary>Its standard error.</summary>
    public required double TokenLossError { get; init; }

    /// <summary>Name and value of the numbers, in snake_case, in the order of sweep.csv.</summary>
    public IEnumerable<(string Name, double Value)> Numbers =>
    [
        ("objective", Objective), ("loss", Loss), ("penalty", Penalty), ("untrained_loss", UntrainedLoss), ("residual", Residual),
        ("hamiltonian", Hamiltonian), ("hamiltonian_spread", HamiltonianSpread), ("evaluations", Evaluations), ("bandlimit", Bandlimit),
        ("spectrum_tail", SpectrumTail), ("step_error", StepError), ("clustering", Clustering), ("escape", Escape), ("plateau", Plateau), ("boundary_layer", BoundaryLayer),
        ("summit", Summit), ("drop", Drop), ("token_loss", TokenLoss), ("token_loss_error", TokenLossError),
    ];
}
