using System.Diagnostics;

namespace Meanfield.Solver;

/// <summary>What a step of tokens costs on this machine, measured on the forces themselves.</summary>
public static class TokenCost
{
    /// <summary>Direct sums of more tokens are measured on this many and scaled by N².</summary>
    public const int MostMeasured = 4096;

    /// <summary>Seconds of one step: the time of an evaluation of the forces times the evaluations per step.</summary>
    /// <param name="forces">The forces of the tokens.</param>
    /// <param name="tokens">Where they are.</param>
    public static double SecondsPerStep(TokenForce forces, TokenSample tokens)
    {
        int evaluations = forces.Model.Attention.Noise > 0 ? NoisyStepper.EvaluationsPerStep : DormandPrinceEight.Stages - 1;
        if (forces is not DirectForce || tokens.Count <= MostMeasured) return evaluations * Time(forces, tokens.ByCoordinate());
        var few = new TokenSample(tokens.Dimension, tokens.Positions[..(MostMeasured * tokens.Dimension)].ToArray());
        double share = (double)tokens.Count / MostMeasured;
        return evaluations * share * share * Time(new DirectForce(forces.Model with { Weights = null }, MostMeasured), few.ByCoordinate());
    }

    // The second evaluation: the first makes tables and compiles.
    private static double Time(TokenForce forces, double[] positions)
    {
        var velocity = new double[positions.Length];
        forces.Velocity(positions, velocity);
        long start = Stopwatch.GetTimestamp();
        forces.Velocity(positions, velocity);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
