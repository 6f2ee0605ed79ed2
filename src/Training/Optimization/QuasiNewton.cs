using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Meanfield.Training;

/// <summary>L-BFGS in the variables x = √(λh) W, in which J = ½|x|² + G(μ_T) and the Hessian is the identity and a compact operator.</summary>
/// <remarks>
/// MathNet's minimizer. It ends on a vanishing gradient, so once the optimality residual is within its tolerance, or no evaluation is left, it is
/// told that the gradient is 0: the point is then accepted and returned. Its first step is 100·(gradient tolerance)/|gradient|² and doubles until
/// the slope has changed; the unit of x, <see cref="Unit"/>, makes that some ten doublings. Controls that the step size does not resolve
/// (an objective that is not finite) count as a wall.
/// </remarks>
internal static class QuasiNewton
{
    private const double Unit = 1e3;
    private const double Wall = 1e300;

    public static void Minimize(ControlProblem problem, TrainingSettings settings, Descent descent)
    {
        double scale = Math.Sqrt(problem.Regularization * problem.Map.Step), unit = Unit / scale; // W = unit · y, x = Unit · y
        var controls = new double[problem.Size];
        var objective = ObjectiveFunction.Gradient(y =>
        {
            for (int i = 0; i < controls.Length; i++) controls[i] = y[i] * unit;
            double value = descent.Evaluate(controls);
            var gradient = Vector<double>.Build.Dense(controls.Length);
            if (!double.IsFinite(value)) return (Wall, gradient);
            if (descent.Converged || descent.Exhausted) return (value, gradient);
            for (int i = 0; i < controls.Length; i++) // ∂J/∂y = unit · h (λW + G)
                gradient[i] = unit * problem.Map.Step * (problem.Regularization * controls[i] + descent.Gradient[i]);
            return (value, gradient);
        });
        double tolerance = 0.01 * settings.Tolerance / Math.Sqrt(problem.Size) * Unit;
        try
        {
            new LimitedMemoryBfgsMinimizer(tolerance, 1e-300, 1e-300, settings.Memory, settings.Iterations)
                .FindMinimum(objective, Vector<double>.Build.DenseOfArray(descent.Controls) / unit);
        }
        catch (OptimizationException)
        {
            // A line search that rounding stopped: the best controls met are kept, and their residual says how good they are.
        }
    }
}
