using System.Diagnostics;

namespace Meanfield.Solver;

/// <summary>What one evaluation of the forces costs on this machine, measured; nothing of a run depends on it.</summary>
/// <param name="Forces">The forces that a run takes and why.</param>
/// <param name="Seconds">Seconds of one evaluation.</param>
public sealed record ForceCost(string Forces, double Seconds)
{
    private const int Sample = 4000; // direct sums of more tokens are scaled from these
    private const int Repetitions = 3;

    /// <summary>Times the forces that <see cref="ForceSelection.Create"/> picks on scattered tokens: the best of three evaluations after a first.</summary>
    /// <param name="model">The model; its masses do not matter.</param>
    /// <param name="count">N.</param>
    /// <param name="settings">Forces, normalization and tolerance of the run.</param>
    /// <exception cref="ArgumentException">As <see cref="ForceSelection.Create"/>.</exception>
    public static ForceCost Measure(TokenModel model, int count, TokenSettings settings)
    {
        ForceSelection selection = ForceSelection.Create(model, count, settings.Forces, settings.Norm, settings.Tolerance);
        TokenForce force = selection.Force;
        double scale = 1;
        if (force is DirectForce && count > Sample)
        {
            force = new DirectForce(model with { Weights = null }, Sample);
            scale = (double)count / Sample * ((double)count / Sample);
        }
        double[] positions = Scattered(model.Dimension, force.Count), velocity = new double[positions.Length];
        force.Velocity(positions, velocity);
        double best = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            force.Velocity(positions, velocity);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return new ForceCost($"{force.Description}: {selection.Reason}", scale * best);
    }

    // Tokens that Brownian motion has carried away from a pole.
    private static double[] Scattered(int dimension, int count)
    {
        var positions = new double[dimension * count];
        positions.AsSpan(0, count).Fill(1);
        var noise = new BrownianStep(dimension, count, seed: 1);
        for (ulong step = 0; step < 4; step++) noise.Move(positions, BrownianStep.LargestSpread(dimension), step);
        return positions;
    }
}
