using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>A token run kept in memory; every token recorded unless told otherwise.</summary>
internal sealed class TokenRun : ISnapshotSink
{
    public List<Snapshot> Snapshots { get; } = [];

    public Outcome Outcome { get; private set; } = null!;

    public TokenSimulation Simulation { get; private set; } = null!;

    public void Accept(Snapshot snapshot) => Snapshots.Add(snapshot);

    public static TokenRun Of(TokenModel model, double[] tokens, TokenSettings settings)
    {
        var run = new TokenRun();
        run.Simulation = new TokenSimulation(model, settings, run);
        run.Outcome = run.Simulation.Run(new TokenSample(model.Dimension, [.. tokens]));
        return run;
    }

    public static TokenSettings Settings(double tolerance, params double[] times) =>
        new() { Tolerance = tolerance, OutputTimes = times, RecordedTokens = int.MaxValue, Degree = 4 };

    public static TokenModel Model(Normalization normalization, double beta, int dimension, double noise = 0) =>
        new(new Attention(normalization, beta, noise), dimension);

    /// <summary>Cosine of recorded tokens i and j.</summary>
    public static double Cosine(Snapshot snapshot, int dimension, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < dimension; k++) sum += snapshot.Positions![i * dimension + k] * snapshot.Positions[j * dimension + k];
        return sum;
    }

    /// <summary>Least-squares slope.</summary>
    public static double Slope(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double mx = x.Average(), my = y.Average();
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
    }

    /// <summary>0, step, …, count·step.</summary>
    public static double[] Times(double step, int count) => [.. Enumerable.Range(0, count + 1).Select(i => i * step)];
}
