using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>How far two runs are apart at one output time that both have.</summary>
/// <param name="Time">The output time.</param>
/// <param name="Maximum">max |a − b| over the coefficients that both know.</param>
/// <param name="L2">(Σ|a − b|²)^½.</param>
/// <param name="Sobolev">H^(−1) distance: W₂ to first order near the uniform state.</param>
public sealed record StateDifference(double Time, double Maximum, double L2, double Sobolev);

/// <summary>How far a run is from the first one.</summary>
/// <param name="Label">The run.</param>
/// <param name="Degree">The largest degree that both know.</param>
/// <param name="States">At every output time that both have; none are interpolated.</param>
/// <param name="Transport">Distance of the recorded tokens at the last of these times: W₂ on the circle, sliced W₂ beyond; NaN where either has no tokens.</param>
public sealed record RunDifference(string Label, int Degree, IReadOnlyList<StateDifference> States, double Transport)
{
    /// <summary>Holds a run against another.</summary>
    public static RunDifference Between(ComparedRun first, ComparedRun run)
    {
        HarmonicBasis basis = first.Basis.WithBandlimit(Math.Min(first.History.Known, run.History.Known));
        var states = new List<StateDifference>();
        (int First, int Second) last = (-1, -1);
        foreach ((int i, int j) in Common(first.Times, run.Times))
        {
            ReadOnlySpan<double> a = first.Coefficients(i).AsSpan(0, basis.Count), b = run.Coefficients(j).AsSpan(0, basis.Count);
            if (double.IsNaN(a[0]) || double.IsNaN(b[0])) continue;
            double maximum = 0;
            for (int k = 0; k < a.Length; k++) maximum = Math.Max(maximum, Math.Abs(a[k] - b[k]));
            states.Add(new StateDifference(first.Times[i], maximum, HarmonicDistance.Sobolev(basis, a, b, 0), HarmonicDistance.Sobolev(basis, a, b, 1)));
            last = (i, j);
        }
        double transport = last.First >= 0 && first.Positions(last.First) is { } p && run.Positions(last.Second) is { } q
            ? Transported(new Cloud(basis.Dimension, p), new Cloud(basis.Dimension, q))
            : double.NaN;
        return new RunDifference(run.Label, basis.Bandlimit, states, transport);
    }

    private static double Transported(in Cloud first, in Cloud second) =>
        first.Dimension == 2 ? CircleDistance.Second(first, second) : SlicedDistance.Between(first, second);

    // Output times that agree to rounding.
    private static IEnumerable<(int First, int Second)> Common(double[] first, double[] second)
    {
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double gap = first[i] - second[j];
            if (Math.Abs(gap) <= 1e-12 * Math.Max(Math.Abs(first[i]), Math.Abs(second[j]))) yield return (i++, j++);
            else if (gap < 0) i++;
            else j++;
        }
    }
}
