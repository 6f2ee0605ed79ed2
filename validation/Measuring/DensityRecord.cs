using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A run of the density solver kept in memory.</summary>
public sealed class DensityRecord : ISnapshotSink
{
    private readonly List<Snapshot> _snapshots = [];
    private readonly HarmonicBasis _basis;

    private DensityRecord(HarmonicBasis basis) => _basis = basis;

    /// <summary>States at the output times.</summary>
    public IReadOnlyList<Snapshot> Snapshots => _snapshots;

    /// <summary>How the run ended.</summary>
    public Outcome Outcome { get; private set; } = null!;

    /// <summary>Output times.</summary>
    public double[] Times => [.. _snapshots.Select(snapshot => snapshot.Time)];

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot) => _snapshots.Add(snapshot);

    /// <summary>Runs from 1 + Σ amplitude·Y.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">d.</param>
    /// <param name="modes">Degree, order and amplitude of each harmonic.</param>
    /// <param name="tolerance">Relative error per step.</param>
    /// <param name="times">Output times, the first 0.</param>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static DensityRecord Of(Trial trial, Attention attention, int dimension, (int Degree, int Order, double Amplitude)[] modes, double tolerance, params double[] times)
    {
        var basis = new HarmonicBasis(dimension, modes.Max(mode => mode.Degree));
        var coefficients = new double[basis.Count];
        coefficients[0] = 1;
        foreach ((int degree, int order, double amplitude) in modes) coefficients[basis.IndexOf(degree, order)] += amplitude;
        return Of(trial, attention, basis, coefficients, new DensitySettings { Tolerance = tolerance, OutputTimes = times });
    }

    /// <summary>Runs from coefficients.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Harmonics of the coefficients.</param>
    /// <param name="coefficients">[basis.Count] initial state.</param>
    /// <param name="settings">Tolerance and output times.</param>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static DensityRecord Of(Trial trial, Attention attention, HarmonicBasis basis, double[] coefficients, DensitySettings settings)
    {
        var record = new DensityRecord(basis);
        record.Outcome = new DensitySimulation(attention, basis.Dimension, settings, record, stop: trial.Cancellation).Run(coefficients, basis.Bandlimit);
        trial.Cancellation.ThrowIfCancellationRequested();
        return record;
    }

    /// <summary>a_ℓm at the k-th output time.</summary>
    public double Coefficient(int time, int degree, int order)
    {
        HarmonicBasis basis = _basis.WithBandlimit(_snapshots[time].Bandlimit);
        return degree > basis.Bandlimit ? 0 : _snapshots[time].Coefficients[basis.IndexOf(degree, order)];
    }

    /// <summary>α_ℓ(t), which is |c_ℓ| on the circle (<see cref="DegreeAmplitudes"/>).</summary>
    public TimeSeries Amplitude(int degree) => new(Times, [.. _snapshots.Select(snapshot =>
        degree > snapshot.Bandlimit ? 0 : DegreeAmplitudes.Of(_basis.WithBandlimit(snapshot.Bandlimit), snapshot.Coefficients, degree))]);

    /// <summary>Says in a measurement when the run did not stay resolved to its end.</summary>
    public DensityRecord MustComplete(Measurement measurement)
    {
        if (Outcome.Kind != OutcomeKind.Completed) measurement.Violates($"the density is resolved: {Outcome.Message}");
        return this;
    }
}
