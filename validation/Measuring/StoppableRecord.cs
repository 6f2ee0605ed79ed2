using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>What a run hands out, as a list of numbers, and its stop after a number of steps (X01).</summary>
internal sealed class StoppableRecord : ISnapshotSink, IProgressSink, IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly long _steps;

    /// <summary>A record of a run that is asked to stop.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="steps">Steps after which it is.</param>
    public StoppableRecord(Trial trial, long steps)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(trial.Cancellation);
        _steps = steps;
    }

    /// <summary>Times, moments, positions and observables of every snapshot.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>For the simulation.</summary>
    public CancellationToken Stop => _source.Token;

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot)
    {
        Observables now = snapshot.Observables;
        Numbers.AddRange([snapshot.Time, snapshot.Bandlimit, now.Energy, now.Entropy, now.FreeEnergy, now.Dissipation, now.OrderParameter, now.Variance, now.Step]);
        Numbers.AddRange(snapshot.Coefficients);
        Numbers.AddRange(snapshot.Positions ?? []);
    }

    /// <inheritdoc/>
    public void Report(in Progress progress)
    {
        if (progress.Steps >= _steps) _source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
