using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A run along characteristics kept in memory.</summary>
public sealed class CharacteristicRecord : ISnapshotSink
{
    private readonly List<Snapshot> _snapshots = [];

    private CharacteristicRecord()
    {
    }

    /// <summary>States at the output times.</summary>
    public IReadOnlyList<Snapshot> Snapshots => _snapshots;

    /// <summary>How the run ended.</summary>
    public Outcome Outcome { get; private set; } = null!;

    /// <summary>Output times.</summary>
    public double[] Times => [.. _snapshots.Select(snapshot => snapshot.Time)];

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot) => _snapshots.Add(snapshot);

    /// <summary>Runs from coefficients; no tokens are recorded.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="attention">The model, κ = 0.</param>
    /// <param name="basis">Harmonics of the coefficients.</param>
    /// <param name="coefficients">[basis.Count] initial density.</param>
    /// <param name="tolerance">Relative error per step, and of the moments.</param>
    /// <param name="times">Output times, the first 0.</param>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static CharacteristicRecord Of(Trial trial, Attention attention, HarmonicBasis basis, double[] coefficients, double tolerance, params double[] times)
    {
        var record = new CharacteristicRecord();
        var settings = new CharacteristicSettings { Tolerance = tolerance, OutputTimes = times, Degree = Math.Max(8, basis.Bandlimit), RecordedTokens = 0 };
        record.Outcome = new CharacteristicSimulation(attention, settings, record, stop: trial.Cancellation).Run(basis, coefficients, 0);
        trial.Cancellation.ThrowIfCancellationRequested();
        return record;
    }

    /// <summary>Says in a measurement when the run did not stay resolved to its end.</summary>
    public CharacteristicRecord MustComplete(Measurement measurement)
    {
        if (Outcome.Kind != OutcomeKind.Completed) measurement.Violates($"the density is resolved along characteristics: {Outcome.Message}");
        return this;
    }
}
