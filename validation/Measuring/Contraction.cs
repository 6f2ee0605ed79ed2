using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>How a cloud or a density gathers in a point (V23–V25): 1 − |m| and its rate of decay.</summary>
internal static class Contraction
{
    /// <summary>1 − |m| at every output time, m = ∫x dμ, from the variance 1 − |m|², accurate however small. The chordal W₂ to δ at m/|m| is √(2(1 − |m|)).</summary>
    public static TimeSeries Gap(IReadOnlyList<Snapshot> snapshots) => new([.. snapshots.Select(snapshot => snapshot.Time)],
        [.. snapshots.Select(snapshot => snapshot.Observables.Variance / (1 + Math.Sqrt(Math.Max(0, 1 - snapshot.Observables.Variance))))]);

    /// <summary>−d log f/dt by least squares over the output times at which low ≤ f ≤ high; NaN with fewer than three of them.</summary>
    public static double Rate(TimeSeries series, double low, double high)
    {
        double[] weights = [.. series.Values.Select(value => value >= low && value <= high ? 1.0 : 0)];
        LineFit? line = LineFit.Through(series.Times, Array.ConvertAll(series.Values, value => Math.Log(value)), weights);
        return line?.Count >= 3 ? -line.Value.Slope : double.NaN;
    }
}
