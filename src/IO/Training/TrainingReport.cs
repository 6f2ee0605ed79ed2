using Meanfield.Solver;
using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>Everything that training a case gave.</summary>
/// <param name="Problem">The problem at its last bandlimit.</param>
/// <param name="Grid">Its discretization.</param>
/// <param name="Control">The trained network.</param>
/// <param name="Trained">The flow under it, in order of depth.</param>
/// <param name="Untrained">The flow at W = 0, at the same depths.</param>
/// <param name="StepError">Error of the last state by the size of the steps, <see cref="ControlProblem.StepError"/>.</param>
/// <param name="Tokens">The network applied to tokens; null where the case asks for none.</param>
/// <param name="Outcome">How the training ended.</param>
public sealed record TrainingReport(
    ControlProblem Problem, DepthGrid Grid, TrainedControl Control, IReadOnlyList<DepthRecord> Trained, IReadOnlyList<DepthRecord> Untrained,
    double StepError, TokenTrial? Tokens, Outcome Outcome)
{
    /// <summary>[steps] ‖W_k‖.</summary>
    public double[] LayerNorms { get; } = [.. Control.Controls.Chunk(Problem.Flow.Model.ControlSize).Select(layer => Math.Sqrt(layer.Sum(w => w * w)))];

    /// <summary>[steps] middles of the layers, where piecewise constant controls count.</summary>
    public double[] LayerTimes => [.. Enumerable.Range(0, Grid.Steps).Select(k => (k + 0.5) * Problem.Map.Step)];

    /// <summary>Clustering, plateau and escape.</summary>
    public EscapePhases Phases => EscapePhases.Of([.. Trained.Select(r => r.Time)], [.. Trained.Select(r => r.FreeEnergy)], LayerNorms);

    /// <summary>The numbers to print.</summary>
    public TrainingSummary Summary
    {
        get
        {
            (TrainingIterate last, EscapePhases phases) = (Control.Last, Phases);
            return new TrainingSummary
            {
                Outcome = Outcome.Kind,
                Objective = last.Objective.Total,
                Loss = last.Objective.Loss,
                Penalty = last.Objective.Penalty,
                UntrainedLoss = Problem.Loss.Value(Untrained[^1].State),
                Residual = last.Residual,
                Hamiltonian = last.Hamiltonian,
                HamiltonianSpread = last.HamiltonianSpread,
                Evaluations = Control.Evaluations,
                Bandlimit = Grid.Bandlimit,
                SpectrumTail = Trained.Max(record => record.SpectrumTail),
                StepError = StepError,
                Clustering = phases.Clustering,
                Escape = phases.Escape,
                Plateau = phases.Plateau(Grid.Horizon),
                BoundaryLayer = phases.BoundaryLayer,
                Summit = phases.Summit,
                Drop = phases.Drop,
                TokenLoss = Tokens?.Loss ?? double.NaN,
                TokenLossError = Tokens?.Error ?? double.NaN,
            };
        }
    }
}
