using Meanfield.Perturbation;

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
        Eigenmode[] modes = [.. Eigenmodes.About(first.Header.Attention, first.Header.Dimension).Modes
            .Where(mode => mode.Degree <= first.History.Basis.Bandlimit).OrderByDescending(mode => mode.GrowthRate).Take(Degrees)];
        return LogChart.Document([.. modes.Select(mode => new LogChart(
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

    // Until linear growth reaches 1.
    private static ChartCurve Linear(ComparedRun run, Eigenmode mode)
    {
        double start = run.History.Amplitude(mode.Degree).Values[0], origin = run.Times[0];
        double[] values = [.. run.Times.Select(time => start * Math.Exp(mode.GrowthRate * (time - origin))).TakeWhile(value => value <= 1)];
        return new ChartCurve("linear theory", "black", true, run.Times[..values.Length], values);
    }

    private static string ColourOf(int run) => Colours[run % Colours.Length];
}
