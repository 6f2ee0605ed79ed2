using Meanfield.Spectral;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>Trained flows: optimality, Hamiltonian, energy along the depth (V50, V53).</summary>
public class OptimalityTests
{
    [Fact]
    public void Trained_control_obeys_the_optimality_system()
    {
        (ControlProblem problem, TrainedControl control) = TrainingCases.Trained;
        Assert.True(control.Converged);
        double[] again = new double[problem.Size];
        problem.Evaluate(control.Controls);
        problem.Sensitivity(control.Controls, again);
        Assert.True(problem.Residual(control.Controls, again) <= 1e-6);
        Assert.True(control.Last.HamiltonianSpread <= 1e-5);
        double square = control.Controls.Sum(w => w * w) * problem.Map.Step, before = control.History[0].Objective.Loss;
        Assert.True(square <= 2 * (before - 0) / problem.Regularization); // ‖W‖² ≤ 2 (J(0) − inf ℓ)/λ
    }

    /// <summary>THEORY 5.3, c12: an independent program with RK4 and 64 points. Its entropy is against dθ, log 2π larger than ours.</summary>
    [Fact]
    public void Energy_rises_stays_and_falls_along_the_trained_flow()
    {
        (ControlProblem problem, TrainedControl control) = TrainingCases.Trained;
        IReadOnlyList<DepthRecord> records = DepthRecorder.Follow(problem, control.Controls, 8);
        double shift = 0.1 * Math.Log(2 * Math.PI);
        Assert.Equal(0.9535, At(0), 0.01 * 0.9535);
        Assert.Equal(2.0111, At(4), 0.01 * 2.0111);
        Assert.Equal(1.6925, At(5), 0.01 * 1.6925);
        Assert.True(records[^1].SpectrumTail < 1e-4);

        EscapePhases phases = EscapePhases.Of(
            [.. records.Select(r => r.Time)], [.. records.Select(r => r.FreeEnergy)], TrainingCases.LayerSizes(problem, control.Controls));
        Assert.InRange(phases.Clustering, 1, 4);
        Assert.InRange(phases.Escape, 4, 5);
        Assert.True(phases.Drop > 0.2);

        double At(double time) => records.Single(r => Math.Abs(r.Time - time) < 1e-9).FreeEnergy + shift;
    }

    [Fact]
    public void Fixed_point_and_quasi_Newton_meet()
    {
        ControlProblem problem = TrainingCases.Example(2, 64, 24, 0.5);
        TrainedControl newton = Trainer.Train(problem, new TrainingSettings());
        TrainedControl fixedPoint = Trainer.Train(problem, new TrainingSettings { Method = TrainingMethod.FixedPoint });
        Assert.True(newton.Converged && fixedPoint.Converged);
        Assert.True(newton.Evaluations < fixedPoint.Evaluations);
        Assert.Equal(newton.Last.Objective.Total, fixedPoint.Last.Objective.Total, 1e-11);
        for (int i = 0; i < problem.Size; i++) Assert.Equal(newton.Controls[i], fixedPoint.Controls[i], 1e-5);
        for (int k = 1; k < fixedPoint.History.Count; k++)
            Assert.True(fixedPoint.History[k].Objective.Total <= fixedPoint.History[k - 1].Objective.Total + 1e-12);
    }

    /// <summary>J*(λ) is a minimum of functions that rise with λ.</summary>
    [Fact]
    public void Optimal_cost_does_not_fall_with_the_regularization()
    {
        double[]? start = null;
        double lower = double.PositiveInfinity;
        for (int i = 11; i >= 0; i--)
        {
            ControlProblem problem = TrainingCases.Example(2, 64, 24, 0.05 * Math.Pow(60, i / 11.0));
            TrainedControl control = Trainer.Train(problem, new TrainingSettings(), start);
            start = control.Controls;
            Assert.True(control.Converged);
            Assert.True(control.Last.Objective.Total < lower);
            lower = control.Last.Objective.Total;
        }
    }

    /// <summary>The error that half steps foretell is that against steps of a sixteenth, up to the order.</summary>
    [Fact]
    public void Step_error_is_the_error_of_the_last_state()
    {
        ControlProblem problem = TrainingCases.Example(1, 20, 24, 1), fine = TrainingCases.Example(1, 320, 24, 1);
        double[] controls = TrainingCases.Normals(problem.Size, 3, 0.5);
        problem.Evaluate(controls);
        fine.Evaluate([.. controls.Chunk(10).SelectMany(layer => Enumerable.Repeat(layer, 16)).SelectMany(layer => layer)]);
        double[] rough = problem.Map.Final[1..].ToArray(), exact = fine.Map.Final[1..].ToArray();
        double error = Math.Sqrt(rough.Zip(exact, (a, b) => (a - b) * (a - b)).Sum() / exact.Sum(a => a * a));
        Assert.InRange(error, 1e-8, 1e-2);
        Assert.InRange(problem.StepError(controls) / error, 0.85, 1.05);
    }

    /// <summary>Memory is stated before anything is allocated: what a problem allocates on this thread, the making of its kernel included.</summary>
    [Theory]
    [InlineData(256, 400)]
    [InlineData(32, 6400)]
    public void Memory_is_stated_beforehand(int bandlimit, int steps)
    {
        TrainedModel model = TrainingCases.Full(2, Normalization.None);
        var grid = new DepthGrid(bandlimit, 1, steps);
        _ = new ControlProblem(model, grid, [1], LinearLoss.Towards(2, 1, 0), 1); // tables that are kept
        long before = GC.GetAllocatedBytesForCurrentThread();
        var problem = new ControlProblem(model, grid, [1], LinearLoss.Towards(2, 1, 0), 1);
        double taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(ControlProblem.MemoryBytes(model, grid, 0) / taken, 0.6, 1.6);
        Assert.Equal(DiscreteFlow.StatesFor(steps), problem.Map.StatesHeld);
    }

    [Fact]
    public void Training_stops_on_request_and_when_out_of_evaluations()
    {
        ControlProblem problem = TrainingCases.Example(1, 20, 16, 0.5);
        TrainedControl few = Trainer.Train(problem, new TrainingSettings { Iterations = 5 });
        Assert.False(few.Converged);
        Assert.Equal(5, few.Evaluations);
        TrainedControl none = Trainer.Train(problem, new TrainingSettings(), stop: new CancellationToken(canceled: true));
        Assert.Equal(1, none.Evaluations);
    }
}
