using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>Tokens followed until a quantity of theirs reaches a level, however long that takes: no output times, no clock that rounds short steps away (V32, V34).</summary>
internal sealed class TokenEvent
{
    private const double Tolerance = 1e-12;
    private const int LastSteps = 8;

    private TokenEvent(double time, double[] positions) => (Time, Positions) = (time, positions);

    /// <summary>When the level is reached.</summary>
    public double Time { get; }

    /// <summary>[d·N] positions then, coordinate after coordinate.</summary>
    public double[] Positions { get; }

    /// <summary>Follows tokens until a quantity has risen to a level.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="model">What tokens do to one another, without noise.</param>
    /// <param name="initial">Tokens at t = 0.</param>
    /// <param name="quantity">f and df/dt of positions and velocities, both [d·N]; f rises.</param>
    /// <param name="level">Where to stop.</param>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static TokenEvent Of(Trial trial, TokenModel model, TokenSample initial, Func<double[], double[], (double Value, double Rate)> quantity, double level)
    {
        var stepper = new TokenStepper(new TokenDynamics(new DirectForce(model, initial.Count, threads: 1), new NormSettings()), 0, initial.ByCoordinate(), Tolerance);
        var control = new StepController(Tolerance, stepper.FirstStep(double.MaxValue), embeddedOrder: 7);
        double time = 0;
        while (Now().Value < level)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            double step = control.Step;
            if (!control.Judge(step, stepper.TryStep(0, step))) continue; // the equation knows no time
            stepper.Accept();
            time += step;
        }
        for (int i = 0; i < LastSteps; i++) // Newton's rule, back and forth
        {
            (double value, double rate) = Now();
            double step = (level - value) / rate;
            stepper.TryStep(0, step);
            stepper.Accept();
            time += step;
        }
        return new TokenEvent(time, stepper.State.ToArray());

        (double Value, double Rate) Now() => quantity(stepper.State.ToArray(), stepper.Slope.ToArray());
    }
}
