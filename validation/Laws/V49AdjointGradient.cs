using Meanfield.Solver;
using Meanfield.Training;

namespace Meanfield.Validation;

/// <summary>The gradient of a trained network's cost (THEORY 5.2).</summary>
public sealed class V49AdjointGradient : Law
{
    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V49", "Adjoint gradient")
    {
        Statement = "∇J(W)_t = λW_t + ∫∇φ_t σᵀ dμ_t with the adjoint state φ; for the time-discrete map its discrete adjoint is the gradient to rounding.",
        Source = "THEORY 5.2, A6 (after arXiv:2605.07772)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c12",
        Hypotheses = ["a differentiable loss and smooth features"],
        Method = "Example of THEORY 5.3 with random controls and directions, 40 steps: adjoint slope against central differences of order 8 extrapolated to order 10.",
        Tolerance = "1e-10 relative: rounding of the differences.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction().AtMost("largest relative error of the gradient", 1e-10);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        ControlProblem problem = TrainedWell.Example(new DepthGrid(24, 1, 40));
        double largest = 0;
        for (int draw = 0; draw < trial.At(3, 10, 50); draw++)
        {
            RandomNumbers random = trial.Random(draw);
            double[] controls = Normals(random, problem.Size, 0.3), direction = Normals(random, problem.Size, 1), sensitivity = new double[problem.Size];
            problem.Evaluate(controls);
            problem.Sensitivity(controls, sensitivity);
            double slope = sensitivity.Zip(direction, (g, v) => g * v).Sum() * problem.Map.Step;
            double coarse = Difference(problem, controls, direction, 0.04), fine = Difference(problem, controls, direction, 0.02);
            double size = Math.Sqrt(sensitivity.Sum(g => g * g) * direction.Sum(v => v * v)) * problem.Map.Step / Math.Sqrt(problem.Size);
            largest = Math.Max(largest, Math.Abs(fine + (fine - coarse) / 255 - slope) / size);
        }
        return new Measurement().Figure("largest relative error of the gradient", largest);
    }

    private static double[] Normals(RandomNumbers random, int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * random.NextNormals().First)];

    private static double Difference(ControlProblem problem, double[] controls, double[] direction, double h)
    {
        double[] weights = [4 / 5.0, -1 / 5.0, 4 / 105.0, -1 / 280.0];
        double sum = 0;
        for (int j = 1; j <= 4; j++) sum += weights[j - 1] * (At(j * h) - At(-j * h));
        return sum / h;

        double At(double shift) => problem.Evaluate([.. controls.Zip(direction, (w, v) => w + shift * v)]).Loss;
    }
}
