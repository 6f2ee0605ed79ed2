using Meanfield.Perturbation;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The figures of a comparison: growth of the fastest degrees, and distances from the first run.</summary>
public static class ComparisonFigures
{
    private const int Degrees = 4;

    private static readonly string[] Colours = ["#1b6ca8", "#d1495b", "#2e933c", "#edae49", "#7d4e9e", "#00798c", "#8c564b", "#555555"];

    /// <summary>α_ℓ(t) of the four fastest degrees, one colour a run; dashed, linear theory from the first run's data.</summary>
    /// <param name="runs">As compared.</param>
    public static string Growth(IReadOnlyList<ComparedRun> runs)
    {
        ComparedRun first = runs[0];
        return LogChart.Document([.. first.FastestModes(Degrees).Select(mode => new LogChart(
            FormattableString.Invariant($"α_{mode.Degree}, γ = {mode.GrowthRate:G5}"),
            [
                .. runs.Select((run, i) => new ChartCurve(run.Label, ColourOf(i), false, run.Times, run.History.Amplitude(mode.Degree).Values)),
                Linear(first, mode),
            ]))]);
    }

    /// <summary>L² distance of the coefficients from the first run, one colour a run.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Distances(RunComparison comparison) => LogChart.Document(
    [
        new LogChart($"L² distance from {comparison.Runs[0].Label}", [.. comparison.Differences.Select((difference, i) => new ChartCurve(
            difference.Label, ColourOf(i + 1), false, [.. difference.States.Select(state => state.Time)], [.. difference.States.Select(state => state.L2)]))]),
    ]);

    private static ChartCurve Linear(ComparedRun run, Eigenmode mode)
    {
        TimeSeries linear = run.LinearTheory(mode);
        return new ChartCurve("linear theory", "black", true, linear.Times, linear.Values);
    }

    private static string ColourOf(int run) => Colours[run % Colours.Length];
}
