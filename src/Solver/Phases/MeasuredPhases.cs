namespace Meanfield.Solver;

/// <summary>The boundaries of the linear, quasi-linear and clustering phases as a run shows them, by definitions that hold for every scheme (docs/phases.md).</summary>
public sealed record MeasuredPhases
{
    /// <summary>δ: the linear phase ends when α_q reaches it; the cubic correction of the amplitude equation is then δ² = 1 %.</summary>
    public const double Threshold = 0.1;

    /// <summary>1/√2: z/√(1+z²) at z = 1 (THEORY 3.5).</summary>
    public static readonly double Saturated = Math.Sqrt(0.5);

    /// <summary>Growth rates are measured up to this degree.</summary>
    public const int LargestDegree = 8;

    // Relative error of a recorded amplitude that does not come from the flow: the tolerance of a run.
    private const double Floor = 1e-6;

    /// <summary>q, the fastest degree of linear theory.</summary>
    public required int Degree { get; init; }

    /// <summary>The degree of the largest α_ℓ where the linear phase ends; 0 where it does not.</summary>
    public required int LeadingDegree { get; init; }

    /// <summary>T₁: α_q reaches <see cref="Threshold"/>.</summary>
    public required PhaseTime LinearEnd { get; init; }

    /// <summary>T₂: the energy rises fastest, for the first time; at z = 1 where the flow is Kuramoto's.</summary>
    public required PhaseTime ClusteringStart { get; init; }

    /// <summary>α_q reaches <see cref="Saturated"/>.</summary>
    public required PhaseTime Saturation { get; init; }

    /// <summary>The largest number of clusters after T₂ is counted for the first time; none where they were already there when counting began.</summary>
    public required PhaseTime ClustersFormed { get; init; }

    /// <summary>The number of clusters falls for the first time after that.</summary>
    public required PhaseTime FirstMerge { get; init; }

    /// <summary>The largest number of clusters after T₂; NaN where none are counted.</summary>
    public required double ClusterCount { get; init; }

    /// <summary>Growth rates of degrees 1, 2, … in the linear phase.</summary>
    public required IReadOnlyList<MeasuredRate> Rates { get; init; }

    /// <summary>Reads a run.</summary>
    /// <param name="history">What its degrees do.</param>
    /// <param name="degree">q, the fastest degree of linear theory.</param>
    /// <param name="clusters">[T] number of clusters at the output times, NaN where not counted; empty for a scheme that counts none.</param>
    public static MeasuredPhases Of(AmplitudeHistory history, int degree, ReadOnlySpan<double> clusters)
    {
        PhaseTime end = PhaseTime.Of(history.Amplitude(degree).FirstRise(Threshold));
        PhaseTime clustering = PhaseTime.Of(history.Energy.FirstSteepestClimb());
        (PhaseTime formed, PhaseTime merge, double count) = Count(history.Times, clusters, clustering);
        return new MeasuredPhases
        {
            Degree = degree,
            LeadingDegree = Leading(history, end),
            LinearEnd = end,
            ClusteringStart = clustering,
            Saturation = PhaseTime.Of(history.Amplitude(degree).FirstRise(Saturated)),
            ClustersFormed = formed,
            FirstMerge = merge,
            ClusterCount = count,
            Rates = [.. Enumerable.Range(1, Math.Min(LargestDegree, history.Basis.Bandlimit)).Select(l => RateOf(history, l))],
        };
    }

    // Every output time until some degree leaves the linear phase, weighted by the inverse square of the size of second order beside the amplitude, D²/α_ℓ.
    private static MeasuredRate RateOf(AmplitudeHistory history, int degree)
    {
        TimeSeries amplitude = history.Amplitude(degree);
        double[] deviation = history.Deviation.Values;
        var errors = new double[deviation.Length];
        Array.Fill(errors, double.PositiveInfinity);
        for (int k = 0; k < errors.Length; k++)
        {
            double second = deviation[k] * deviation[k] / amplitude.Values[k];
            if (!(second < 1) || Enumerable.Range(1, history.Basis.Bandlimit).Any(l => history.Amplitude(l).Values[k] > Threshold)) break;
            errors[k] = second + Floor;
        }
        return amplitude.GrowthRate(errors) is (double rate, double uncertainty) ? new(degree, rate, uncertainty) : new(degree, double.NaN, double.NaN);
    }

    private static int Leading(AmplitudeHistory history, PhaseTime end)
    {
        int next = Array.FindIndex(history.Times, time => time >= end.Time);
        return next < 0 ? 0 : Enumerable.Range(1, history.Basis.Bandlimit).MaxBy(degree => history.Amplitude(degree).Values[next]);
    }

    private static (PhaseTime Formed, PhaseTime Merge, double Count) Count(double[] times, ReadOnlySpan<double> clusters, PhaseTime from)
    {
        int formed = -1, start = Array.FindIndex(times, time => time >= from.Time);
        for (int k = Math.Max(start, 1); start >= 0 && k < clusters.Length; k++)
            if (clusters[k] > 0 && (formed < 0 || clusters[k] > clusters[formed])) formed = k;
        if (formed < 0) return (PhaseTime.None, PhaseTime.None, double.NaN);
        int merge = formed + 1;
        while (merge < clusters.Length && !(clusters[merge] < clusters[formed])) merge++;
        PhaseTime first = double.IsNaN(clusters[formed - 1]) ? PhaseTime.None : Between(formed); // counted from there on only
        return (first, merge < clusters.Length ? Between(merge) : PhaseTime.None, clusters[formed]);

        PhaseTime Between(int k) => new(0.5 * (times[k - 1] + times[k]), 0.5 * (times[k] - times[k - 1]));
    }
}
