using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>One boundary of phases, as predicted and as measured.</summary>
/// <param name="Name">linear_end, clustering_start, saturation, clusters_formed or first_merge.</param>
/// <param name="Predicted">From the run's own data at its first output time; NaN where theory has no number.</param>
/// <param name="LawMean">Mean over draws of N iid uniform tokens; NaN for other data.</param>
/// <param name="LawDeviation">Standard deviation over such draws.</param>
/// <param name="Measured">NaN where the run does not show it.</param>
/// <param name="Uncertainty">Of the measured time, from its output times.</param>
public sealed record PhaseBoundary(string Name, double Predicted, double LawMean, double LawDeviation, double Measured, double Uncertainty);

/// <summary>The growth rate of one degree, as predicted and as measured.</summary>
/// <param name="Degree">ℓ.</param>
/// <param name="Predicted">γ_ℓ.</param>
/// <param name="Measured">NaN where the degree is not free of the others.</param>
/// <param name="Uncertainty">Of the measured rate.</param>
public sealed record PhaseRate(int Degree, double Predicted, double Measured, double Uncertainty);

/// <summary>The phases of one run, predicted beside measured: the group /phases of result.h5.</summary>
/// <param name="Forecast">The prediction.</param>
/// <param name="LeadingDegree">The degree that really leads where the linear phase ends; 0 where it does not.</param>
/// <param name="ClusterCount">Largest number of clusters after clustering starts; NaN where none are counted.</param>
/// <param name="Boundaries">Times.</param>
/// <param name="Rates">Growth rates.</param>
public sealed record PhaseReport(
    PhaseForecast Forecast, int LeadingDegree, double ClusterCount, IReadOnlyList<PhaseBoundary> Boundaries, IReadOnlyList<PhaseRate> Rates)
{
    /// <summary>The phases of a run.</summary>
    /// <param name="history">What its degrees do.</param>
    /// <param name="clusters">[T] number of clusters; NaN where not counted.</param>
    /// <param name="tokens">N if it starts from N iid uniform tokens.</param>
    /// <returns>Null if nothing grows about the uniform state.</returns>
    public static PhaseReport? Of(AmplitudeHistory history, ReadOnlySpan<double> clusters, int? tokens)
    {
        if (PhaseForecast.Of(history.Attention, history.Basis, history.Initial, tokens) is not { } forecast) return null;
        MeasuredPhases measured = MeasuredPhases.Of(history, forecast.FastestDegree, clusters);
        double origin = history.Times[0], merge = forecast.Polygon is { Lifetime: double lifetime } && double.IsFinite(lifetime) ? forecast.ClusteringStart + lifetime : double.NaN;
        (ExitForecast? end, ExitForecast? start) = (forecast.LinearEndLaw, forecast.ClusteringStartLaw);
        var kernel = new AttentionKernel(history.Basis.Dimension, history.Attention.Beta, MeasuredPhases.LargestDegree);
        return new PhaseReport(
            forecast,
            measured.LeadingDegree,
            measured.ClusterCount,
            [
                Boundary("linear_end", forecast.LinearEnd, end, measured.LinearEnd),
                Boundary("clustering_start", forecast.ClusteringStart, start, measured.ClusteringStart),
                Boundary("saturation", forecast.ClusteringStart, start, measured.Saturation),
                Boundary("clusters_formed", double.NaN, null, measured.ClustersFormed),
                Boundary("first_merge", merge, null, measured.FirstMerge),
            ],
            [.. measured.Rates.Select(rate => new PhaseRate(rate.Degree, history.Attention.GrowthRate(kernel, rate.Degree), rate.Rate, rate.Uncertainty))]);

        PhaseBoundary Boundary(string name, double predicted, ExitForecast? law, PhaseTime found) =>
            new(name, origin + predicted, origin + (law?.Mean ?? double.NaN), law?.StandardDeviation ?? double.NaN, found.Time, found.Uncertainty);
    }

    /// <summary>The phases of a run of a case; null also for attention between tokens that is not that of the uniform state's theory.</summary>
    /// <param name="case">The case; null for one of another version, whose numbers stand without it.</param>
    /// <param name="history">What its degrees do.</param>
    /// <param name="clusters">[T] number of clusters; NaN where not counted.</param>
    public static PhaseReport? Of(Case? @case, AmplitudeHistory history, ReadOnlySpan<double> clusters) =>
        @case is null || Covers(@case) ? Of(history, clusters, @case is null ? null : UniformTokens(@case)) : null;

    /// <summary>Whether the theory is about this case: no matrices, no mask, no other place of the layer norm, and moments that describe the state (not those of tokens beyond the sphere).</summary>
    public static bool Covers(Case @case) =>
        @case.Attention is { Query: null, Key: null, Value: null, Mask: AttentionMask.None, LayerNorm: NormPlacement.Post }
        && (@case.Dimension <= 3 || @case.Method.Scheme != Scheme.Particles);

    /// <summary>N if the case starts from N iid uniform tokens; null if it does not.</summary>
    public static int? UniformTokens(Case @case) => @case.Initial switch
    {
        TokensInitial { Law: TokenLaw.Uniform } tokens => tokens.Count,
        UniformInitial when @case.Method.Scheme == Scheme.Particles => @case.Method.Tokens,
        _ => null,
    };
}
