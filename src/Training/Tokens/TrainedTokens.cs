using Meanfield.Solver;

namespace Meanfield.Training;

/// <summary>Noisy tokens under a trained network: what the density's controls do to N particles.</summary>
public static class TrainedTokens
{
    /// <summary>Carries tokens through all layers, each a number of steps of weak order 2 (<see cref="NoisyStepper"/>).</summary>
    /// <param name="model">The model.</param>
    /// <param name="grid">Horizon and steps.</param>
    /// <param name="controls">[steps, features, rows].</param>
    /// <param name="tokens">The tokens at depth 0.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="substeps">Steps per layer.</param>
    /// <returns>The tokens that leave the last layer.</returns>
    /// <exception cref="ArgumentException">controls of another length, or tokens of another dimension.</exception>
    public static TokenSample Run(TrainedModel model, DepthGrid grid, ReadOnlySpan<double> controls, TokenSample tokens, ulong seed, int substeps = 1)
    {
        if (controls.Length != grid.Steps * model.ControlSize) throw new ArgumentException($"{controls.Length} controls where {grid.Steps * model.ControlSize} are expected", nameof(controls));
        if (tokens.Dimension != model.Dimension) throw new ArgumentException("the tokens are of another dimension", nameof(tokens));
        var force = new NetworkForce(model, tokens.Count);
        var stepper = new NoisyStepper(force, tokens.ByCoordinate(), seed);
        double step = grid.Horizon / grid.Steps / substeps;
        for (int k = 0; k < grid.Steps; k++)
        {
            force.Steer(controls.Slice(k * model.ControlSize, model.ControlSize));
            for (int sub = 0; sub < substeps; sub++) stepper.Step(step, (long)k * substeps + sub);
        }
        var positions = new double[stepper.State.Length];
        for (int i = 0; i < tokens.Count; i++)
        {
            for (int k = 0; k < tokens.Dimension; k++) positions[i * tokens.Dimension + k] = stepper.State[k * tokens.Count + i];
        }
        return new TokenSample(tokens.Dimension, positions);
    }
}
