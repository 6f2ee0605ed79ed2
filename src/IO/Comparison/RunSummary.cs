using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>One cluster at the end of a run.</summary>
/// <param name="Mass">Its share of the mass.</param>
/// <param name="Centre">[d] its centre.</param>
/// <param name="Angle">On the circle, the angle of the centre in [0, 2π); NaN elsewhere.</param>
public sealed record ClusterAtEnd(double Mass, IReadOnlyList<double> Centre, double Angle);

/// <summary>One run of a comparison, in numbers.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Scheme">spectral, characteristics, particles or perturbation.</param>
/// <param name="Tokens">N of particles; null otherwise.</param>
/// <param name="InitialDeviation">‖ρ − 1‖ at the first output time.</param>
/// <param name="FinalTime">The last output time.</param>
/// <param name="FinalEnergy">E there, by its own diagnostics or moments.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Phases">Predicted and measured; null where the theory is not about it.</param>
/// <param name="Clusters">Clusters of its recorded tokens at the end, by falling mass; null where it has none recorded.</param>
public sealed record RunSummary(
    string Label, string Scheme, int? Tokens, double InitialDeviation, double FinalTime, double FinalEnergy, OutcomeKind Outcome, PhaseReport? Phases, IReadOnlyList<ClusterAtEnd>? Clusters)
{
    /// <summary>Reads a run.</summary>
    public static RunSummary Of(ComparedRun run)
    {
        int last = run.LastKnown;
        return new RunSummary(
            run.Label, run.Header.Scheme, run.Tokens, run.InitialDeviation, last < 0 ? double.NaN : run.Times[last],
            last < 0 ? double.NaN : run.History.Energy.Values[last], run.Outcome.Kind, run.Phases,
            last < 0 ? null : run.Census(last)?.Clusters.Select(cluster => new ClusterAtEnd(cluster.Mass, cluster.Centre, Angle(cluster.Centre))).ToArray());
    }

    private static double Angle(double[] centre)
    {
        if (centre.Length != 2) return double.NaN;
        double angle = Math.Atan2(centre[1], centre[0]);
        return angle < 0 ? angle + 2 * Math.PI : angle;
    }
}
