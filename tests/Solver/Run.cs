using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Tests.Solver;

/// <summary>A density run kept in memory.</summary>
internal sealed class Run : ISnapshotSink
{
    public List<Snapshot> Snapshots { get; } = [];

    public Outcome Outcome { get; private set; } = null!;

    public void Accept(Snapshot snapshot) => Snapshots.Add(snapshot);

    /// <summary>1 + Σ amplitude · Y.</summary>
    public static double[] Modes(HarmonicBasis basis, params (int Degree, int Order, double Amplitude)[] modes)
    {
        var coefficients = new double[basis.Count];
        coefficients[0] = 1;
        foreach ((int degree, int order, double amplitude) in modes) coefficients[basis.IndexOf(degree, order)] += amplitude;
        return coefficients;
    }

    public static Run Of(Attention attention, int dimension, (int, int, double)[] modes, double tolerance, params double[] times) =>
        Of(attention, dimension, Modes(new HarmonicBasis(dimension, 12), modes), 12, new DensitySettings { Tolerance = tolerance, OutputTimes = times });

    public static Run Of(Attention attention, int dimension, double[] initial, int degree, DensitySettings settings)
    {
        var run = new Run();
        run.Outcome = new DensitySimulation(attention, dimension, settings, run).Run(initial, degree);
        return run;
    }
}
