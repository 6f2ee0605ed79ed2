using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A run of tokens kept in memory, every token recorded.</summary>
public sealed class TokenRecord : ISnapshotSink
{
    private readonly List<Snapshot> _snapshots = [];
    private readonly int _dimension;

    private TokenRecord(int dimension) => _dimension = dimension;

    /// <summary>States at the output times.</summary>
    public IReadOnlyList<Snapshot> Snapshots => _snapshots;

    /// <summary>How the run ended.</summary>
    public Outcome Outcome { get; private set; } = null!;

    /// <summary>Output times.</summary>
    public double[] Times => [.. _snapshots.Select(snapshot => snapshot.Time)];

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot) => _snapshots.Add(snapshot);

    /// <summary>Runs from tokens.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="model">What tokens do to one another.</param>
    /// <param name="initial">The tokens; they are copied.</param>
    /// <param name="settings">Tolerance and output times; <see cref="Settings"/> records every token.</param>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static TokenRecord Of(Trial trial, TokenModel model, TokenSample initial, TokenSettings settings)
    {
        var record = new TokenRecord(model.Dimension);
        record.Outcome = new TokenSimulation(model, settings, record, stop: trial.Cancellation)
            .Run(new TokenSample(model.Dimension, initial.Positions.ToArray()));
        trial.Cancellation.ThrowIfCancellationRequested();
        return record;
    }

    /// <summary>Settings that record every token.</summary>
    /// <param name="tolerance">Relative error per step.</param>
    /// <param name="degree">Largest degree of the moments.</param>
    /// <param name="times">Output times, the first 0.</param>
    public static TokenSettings Settings(double tolerance, int degree, params IReadOnlyList<double> times) =>
        new() { Tolerance = tolerance, Degree = degree, OutputTimes = times, RecordedTokens = int.MaxValue };

    /// <summary>α_ℓ(t) of the moments, which is |c_ℓ| on the circle (<see cref="DegreeAmplitudes"/>).</summary>
    public TimeSeries Amplitude(int degree) => new(Times, [.. _snapshots.Select(snapshot =>
        DegreeAmplitudes.Of(new HarmonicBasis(_dimension, snapshot.Bandlimit), snapshot.Coefficients, degree))]);

    /// <summary>⟨x_i, x_j⟩ at the k-th output time.</summary>
    public double Cosine(int time, int i, int j)
    {
        double sum = 0;
        double[] x = _snapshots[time].Positions!;
        for (int k = 0; k < _dimension; k++) sum += x[i * _dimension + k] * x[j * _dimension + k];
        return sum;
    }
}
