using Meanfield.Spectral;
using Meanfield.Tests.Solver;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>The time-discrete map and its adjoint (V49).</summary>
public class DiscreteAdjointTests
{
    /// <summary>Central differences of order 8, extrapolated once to order 10.</summary>
    [Theory]
    [InlineData(2, Normalization.None)]
    [InlineData(2, Normalization.Softmax)]
    [InlineData(3, Normalization.None)]
    [InlineData(3, Normalization.Softmax)]
    [InlineData(6, Normalization.None)]
    [InlineData(6, Normalization.Softmax)]
    public void Gradient_is_exact(int dimension, Normalization normalization)
    {
        TerminalLoss[] losses =
        [
            LinearLoss.Towards(dimension, TrainingCases.Vector(dimension, -0.2)),
            MomentLoss.Mean(dimension, TrainingCases.Vector(dimension, -0.2), 2),
            new CrossEntropyLoss(dimension, [TrainingCases.Vector(dimension, -0.2), TrainingCases.Vector(dimension, 0.3)], 1, 2),
        ];
        TerminalLoss loss = losses[(dimension + (int)normalization) % 3];
        TrainedModel model = TrainingCases.Full(dimension, normalization);
        double[] initial = RandomStates.Density(new HarmonicBasis(dimension, 4), 3, 0.7);
        var problem = new ControlProblem(model, new DepthGrid(9, 1, 23), initial, loss, 0.3);
        double[] controls = TrainingCases.Normals(problem.Size, 7, 0.3), direction = TrainingCases.Normals(problem.Size, 8, 1);
        var sensitivity = new double[problem.Size];
        problem.Evaluate(controls);
        problem.Sensitivity(controls, sensitivity);
        double slope = sensitivity.Zip(direction, (g, v) => g * v).Sum() * problem.Map.Step;
        double coarse = Difference(0.04), fine = Difference(0.02);
        Assert.Equal(1, (fine + (fine - coarse) / 255) / slope, 1e-10);

        double Difference(double h)
        {
            double[] weights = [4 / 5.0, -1 / 5.0, 4 / 105.0, -1 / 280.0];
            double sum = 0;
            for (int j = 1; j <= 4; j++) sum += weights[j - 1] * (At(j * h) - At(-j * h));
            return sum / h;
        }

        double At(double shift) => problem.Evaluate([.. controls.Zip(direction, (w, v) => w + shift * v)]).Loss;
    }

    /// <summary>The adjoint state p_0 is the gradient by the initial data, whatever the checkpoints.</summary>
    [Fact]
    public void Adjoint_state_at_the_start_is_the_gradient_by_initial_data()
    {
        var flow = new ControlledFlow(TrainingCases.Full(3, Normalization.Softmax), 8);
        var map = new DiscreteFlow(flow, 0.8, 17);
        double[] controls = TrainingCases.Normals(17 * flow.Model.ControlSize, 5, 0.3), initial = RandomStates.Density(flow.Basis, 3, 0.6, 4);
        double[] direction = RandomStates.Density(flow.Basis, 9, 0.5, 4), weights = TrainingCases.Normals(initial.Length, 6, 1);
        direction[0] = 0;
        map.Forward(initial, controls);
        double[] adjoint = [.. weights];
        map.Reverse(controls, adjoint, new double[controls.Length]);
        double slope = adjoint.Zip(direction, (p, v) => p * v).Sum();
        Assert.Equal(1, (8 * (At(0.01) - At(-0.01)) - (At(0.02) - At(-0.02))) / (12 * 0.01) / slope, 1e-7);

        double At(double shift)
        {
            map.Forward([.. initial.Zip(direction, (a, v) => a + shift * v)], controls);
            return map.Final.ToArray().Zip(weights, (a, w) => a * w).Sum();
        }
    }

    /// <summary>Order 4 in the step, for fixed controls (each over a tenth of the depth).</summary>
    [Fact]
    public void Map_has_order_4()
    {
        TrainedModel model = TrainingCases.Full(2, Normalization.None);
        var flow = new ControlledFlow(model, 20);
        double[] layers = TrainingCases.Normals(10 * model.ControlSize, 7, 0.5), initial = RandomStates.Density(flow.Basis, 3, 0.6, 4);
        double[] exact = End(640);
        double coarse = Distance(End(20)), middle = Distance(End(40)), fine = Distance(End(80));
        Assert.InRange(Math.Log2(coarse / middle), 3.7, 4.6);
        Assert.InRange(Math.Log2(middle / fine), 3.8, 4.4);

        double[] End(int steps)
        {
            var map = new DiscreteFlow(flow, 1, steps);
            int size = model.ControlSize;
            map.Forward(initial, [.. Enumerable.Range(0, steps).SelectMany(k => layers.AsSpan(k * 10 / steps * size, size).ToArray())]);
            return map.Final.ToArray();
        }

        double Distance(double[] state) => Math.Sqrt(state.Zip(exact, (a, b) => (a - b) * (a - b)).Sum());
    }

    /// <summary>States held grow like √n, and each step is computed twice and reversed once.</summary>
    [Fact]
    public void Checkpoints_hold_a_square_root_of_the_steps()
    {
        foreach (int steps in new[] { 1, 7, 80, 400, 1600, 6400, 25_600 })
            Assert.InRange(DiscreteFlow.StatesFor(steps), 2 * Math.Sqrt(5 * steps) - 1, 2 * Math.Sqrt(5 * steps) + 7);
        Assert.Equal(2, (double)DiscreteFlow.StatesFor(25_600) / DiscreteFlow.StatesFor(6400), 0.01);

        var flow = new ControlledFlow(TrainingCases.Full(2, Normalization.None), 4);
        var map = new DiscreteFlow(flow, 1, 80);
        Assert.Equal(DiscreteFlow.StatesFor(80), map.StatesHeld);
        double[] controls = new double[80 * flow.Model.ControlSize], start = RandomStates.Density(flow.Basis, 1, 0.5);
        map.Forward(start, controls);
        map.Reverse(controls, start, new double[controls.Length]);
        Assert.Equal(2 * 80 * 5, map.Evaluations);
        Assert.Equal(80 * 5, map.TransposedEvaluations);
    }
}
