namespace Meanfield.Solver;

/// <summary>Proportional–integral control of the step size (Gustafsson 1991; constants of Hairer, Nørsett and Wanner, II.4).</summary>
public sealed class StepController
{
    private const double Safety = 0.9;
    private const double LargestGrowth = 5;
    private const double LargestCut = 0.1;
    private readonly int _power;

    /// <summary>Creates a controller.</summary>
    /// <param name="tolerance">Largest accepted relative error per step.</param>
    /// <param name="firstStep">First step to try.</param>
    /// <param name="embeddedOrder">Order q of the error estimate, O(h^(q+1)) per step.</param>
    /// <param name="previousRatio"><see cref="PreviousRatio"/> of the controller that this one continues; 1 for a new run.</param>
    public StepController(double tolerance, double firstStep, int embeddedOrder, double previousRatio = 1)
    {
        _power = embeddedOrder + 1;
        Tolerance = tolerance;
        Step = firstStep;
        PreviousRatio = previousRatio;
    }

    /// <summary>Largest accepted relative error per step.</summary>
    public double Tolerance { get; }

    /// <summary>Step to try next.</summary>
    public double Step { get; private set; }

    /// <summary>Error over tolerance of the last accepted step: with <see cref="Step"/> all that the controller remembers.</summary>
    public double PreviousRatio { get; private set; }

    /// <summary>
    /// The step that lands on a target time without a sliver before it: the whole rest, half of it, or <see cref="Step"/>.
    /// </summary>
    public double Fit(double rest) => Step >= rest ? rest : Step >= 0.5 * rest ? 0.5 * rest : Step;

    /// <summary>Judges a step of size <paramref name="taken"/>, and sets the next.</summary>
    /// <returns>Whether the step is accepted.</returns>
    public bool Judge(double taken, double error)
    {
        double ratio = error / Tolerance;
        if (!(ratio <= 1)) // NaN counts as a failure
        {
            Step = taken * (double.IsFinite(ratio) ? Math.Clamp(Safety * Math.Pow(ratio, -1.0 / _power), LargestCut, Safety) : LargestCut);
            return false;
        }
        ratio = Math.Max(ratio, 1e-4);
        double next = taken * Math.Clamp(Safety * Math.Pow(ratio, -0.7 / _power) * Math.Pow(PreviousRatio, 0.4 / _power), LargestCut, LargestGrowth);
        Step = taken < Step ? Math.Max(next, Step) : next; // a step cut short by an output time is no reason to go on with small ones
        PreviousRatio = ratio;
        return true;
    }
}
