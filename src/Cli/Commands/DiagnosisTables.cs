using System.Globalization;
using Meanfield.IO;
using Meanfield.Solver;
using Spectre.Console;

namespace Meanfield.Cli.Commands;

/// <summary>A diagnosis as tables: a row for each layer, then for each block.</summary>
internal static class DiagnosisTables
{
    private const int WidestLine = 240; // where there is no terminal to fit, a row stays one line
    private const int ShownBlocks = 5;

    public static void Print(Diagnosis diagnosis)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidestLine;
        LayerMeasures first = diagnosis.Layers[0].Measures;
        string held = first.HeldTokens < first.Tokens ? Text($"; pairs, clusters and ranks of {first.HeldTokens} sampled tokens") : "";
        Line(Text($"{diagnosis.Source}: {diagnosis.Layers.Count} layers, {first.Sequences.Count} sequences, {first.Tokens} tokens of {diagnosis.Dimension} components{held}"));
        Layers(diagnosis);
        if (diagnosis.Layers.Count == 1) return;
        Blocks(diagnosis);
        Redundancy(diagnosis);
        Theory(diagnosis.Theory);
    }

    private static void Layers(Diagnosis diagnosis)
    {
        Table table = New("layer", "mean norm", "variance", "cosine", "within seq.", "centred", "eff. rank", "centred", "clusters", "largest", "stragglers", "TwoNN", "energy 8");
        foreach (DiagnosedLayer layer in diagnosis.Layers)
        {
            LayerMeasures m = layer.Measures;
            Row(table, Text($"{layer.Layer} {layer.Name}"), Number(m.Norms.Mean, "G5"), Number(m.TokenVariance, "F4"), Number(m.MeanCosine, "F4"), Number(m.MeanCosineWithin, "F4"),
                Number(m.CentredPairs.MeanCosine, "F4"), Rank(m.Ranks.Raw), Rank(m.Ranks.RawCentred), Text($"{m.Census.Clusters.Count}"),
                Number(m.Census.Clusters.Count > 0 ? m.Census.Clusters[0].Mass : double.NaN, "F3"), Number(m.Census.StragglerMass, "F3"),
                Number(m.IntrinsicDimension.TwoNearest, "F1"), Number(m.Pairs.Energies[3], "G5"));
        }
        AnsiConsole.Write(table);
    }

    private static void Blocks(Diagnosis diagnosis)
    {
        Table table = New("block", "influence", "95 % of halves", "angle/pi", "clusters kept", "neighbours kept", "beta", "range", "time", "reproduced");
        foreach (DiagnosedLayer layer in diagnosis.Layers.Skip(1))
        {
            BlockChange change = layer.Change!;
            Row(table, Text($"{layer.Layer}"), Number(change.BlockInfluence.Value, "F4"), Text($"{change.BlockInfluence.Low:F4} to {change.BlockInfluence.High:F4}"),
                Number(layer.Measures.Displacement!.AngularDistance, "F4"), Number(change.AdjustedRand.Value, "F3"), Number(change.NeighbourOverlap.Value, "F3"),
                Number(layer.Softmax?.Beta ?? double.NaN, "G4"), layer.Softmax is { } flow ? Range(flow) : "",
                Number(layer.Softmax?.Time ?? double.NaN, "G4"), Number(100 * (layer.Softmax?.Explained ?? double.NaN), "F1", " %"));
        }
        AnsiConsole.Write(table);
    }

    private static void Redundancy(Diagnosis diagnosis)
    {
        LayerStability stability = diagnosis.Stability;
        Line(stability.StableFrom is { } from
            ? Text($"clusters stay the same (adjusted Rand index at least {LayerStability.Same}) from layer {from.Value} on ({from.Low} to {from.High} over halves of the tokens)")
            : "clusters change up to the last layer");
        Line("blocks that move tokens least: " + string.Join(", ", stability.Ranking.Take(ShownBlocks).Select(block => Text($"{block.Block} (rank {block.RankLow} to {block.RankHigh})"))));
        Line(DiagnosisPage.Caveat);
    }

    private static void Theory(TheoryComparison theory)
    {
        if (theory.Equiangular is { } fit)
            Line(Text($"mean cosine within sequences beside the equiangular law: beta {fit.Beta:G4} ({fit.BetaLow:G3} to {fit.BetaHigh:G3}), {fit.TimePerLayer:G4} time per layer, {100 * fit.Explained:F1} % of the variance reproduced"));
        foreach (EnergyCourse energy in theory.Energies.Where(energy => energy.Beta is 1 or 8))
            Line(Text($"energy at beta {energy.Beta}: {energy.Rises} blocks raise it, {energy.Falls} lower it{(energy.NeverFalls ? "" : "; along an attention flow of identity matrices it never falls")}"));
        if (!double.IsNaN(theory.GrowthCorrelation))
            Line(Text($"growth of degrees along the leading directions: correlation {theory.GrowthCorrelation:F2} with that of the effective flows about the uniform state ({theory.Growth.Count} values)"));
    }

    private static Table New(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Minimal);
        foreach (string column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap().RightAligned());
        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static void Line(string text) => Console.Out.WriteLine(text);

    private static string Rank(EffectiveRank rank) => rank.Error > 0 ? Text($"{rank.Value:F1} ± {rank.Error:G2}") : Number(rank.Value, "F2");

    private static string Range(EffectiveFlow flow) =>
        double.IsNaN(flow.BetaHigh) ? Text($"from {flow.BetaLow:G3}") : double.IsNaN(flow.BetaLow) ? Text($"to {flow.BetaHigh:G3}") : Text($"{flow.BetaLow:G3} to {flow.BetaHigh:G3}");

    private static string Number(double value, string format, string unit = "") => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture) + unit;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
