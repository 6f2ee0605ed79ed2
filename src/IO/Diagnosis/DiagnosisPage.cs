using System.Globalization;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>A diagnosis as one offline page: figures, tables, and what may be read off them.</summary>
public static class DiagnosisPage
{
    /// <summary>What blocks that move tokens little do not prove.</summary>
    public const string Caveat =
        "A block that moves tokens little is a candidate, not a finding: small changes can carry what the output needs, and blocks may only be superfluous one at a time. " +
        "Leave a candidate out and measure the loss before you decide.";

    /// <summary>The page.</summary>
    public static ReportPage Of(Diagnosis diagnosis)
    {
        IReadOnlyList<DiagnosedLayer> layers = diagnosis.Layers;
        LayerMeasures last = layers[^1].Measures;
        string held = last.HeldTokens < last.Tokens ? $", pairs of {last.HeldTokens} sampled tokens" : "";
        return new ReportPage($"Token clustering in {diagnosis.Source}", Text($"{layers.Count} layers, {last.Sequences.Count} sequences, {last.Tokens} tokens of {diagnosis.Dimension} components{held}"),
        [
            new("Clustering",
            [
                new ReportFigures([("mean cosine, first layer", layers[0].Measures.MeanCosine), ("last layer", last.MeanCosine), ("token variance, last layer", last.TokenVariance),
                    ("clusters, last layer", last.Census.Clusters.Count), ("clusters stable from layer", diagnosis.Stability.StableFrom?.Value ?? double.NaN)]),
                Chart("Cosines between tokens", "mean cosine", "mean_cosine", "mean_cosine_within_sequence", "mean_cosine_centred"),
                Chart("Token variance and order parameter", "1", "token_variance", "order_parameter"),
                Chart("Clusters", "share of the tokens", "largest_cluster_mass", "straggler_mass"),
                Heat("Pair cosines", layer => layer.Measures.Pairs.Shares),
                Heat("Pair cosines after removing the mean", layer => layer.Measures.CentredPairs.Shares),
            ]),
            new("Shape",
            [
                Chart("Effective rank", "rank", "effective_rank", "effective_rank_centred", "effective_rank_unit", "effective_rank_unit_centred"),
                Chart("Intrinsic dimension", "dimension", "intrinsic_dimension_two_nearest", "intrinsic_dimension_likelihood"),
                Chart("Norms", "|x|", "mean_norm", "smallest_norm", "largest_norm"),
                Table("Layers", "mean_norm", "token_variance", "mean_cosine", "mean_cosine_within_sequence", "mean_cosine_centred", "effective_rank", "effective_rank_centred", "clusters", "largest_cluster_mass", "straggler_mass", "intrinsic_dimension_two_nearest"),
            ]),
            new("Blocks",
            [
                new ReportText(Caveat),
                Banded("Block influence", "1 - mean cosine", "block_influence"),
                Banded("Agreement of clusters with the layer before", "adjusted Rand index", "adjusted_rand"),
                Banded("Nearest tokens kept", "share", "neighbour_overlap"),
                new ReportTable("Blocks by how little they move tokens", ["rank", "block", "rank in 95 % of the halves of the tokens", "block influence"],
                    [.. diagnosis.Stability.Ranking.Select(block => (IReadOnlyList<ReportCell>)[block.Rank, block.Block, Text($"{block.RankLow} to {block.RankHigh}"), diagnosis.Stability.Blocks[block.Block - 1].BlockInfluence.Value])]),
            ]),
            new("Beside theory",
            [
                new ReportText("Comparisons with attention flows of identity matrices, not explanations: what share of the change a flow reproduces is its goodness of fit."),
                .. Equiangular(),
                Table("The attention flow nearest to each block", "effective_beta", "effective_beta_low", "effective_beta_high", "effective_time", "effective_explained", "unnormalized_beta", "unnormalized_time", "unnormalized_explained"),
                new ReportTable("Energies: along such a flow they never fall", ["beta", "blocks that raise it", "blocks that lower it", "largest fall over its range"],
                    [.. diagnosis.Theory.Energies.Select(e => (IReadOnlyList<ReportCell>)[e.Beta, e.Rises, e.Falls, e.LargestFall])]),
                new ReportChart("Growth of degrees along the leading directions over each block", "predicted", "measured",
                    [new("degrees", [.. diagnosis.Theory.Growth.Select(g => g.Predicted)], [.. diagnosis.Theory.Growth.Select(g => g.Measured)]) { Style = SeriesStyle.Points }]),
            ]),
        ]);

        double[] Numbers() => [.. layers.Select(layer => (double)layer.Layer)];

        double[] Values(string name) => [.. layers.Select(Column(name).Read)];

        ReportChart Chart(string caption, string unit, params string[] names) =>
            new(caption, "layer", unit, [.. names.Select(name => new ChartSeries(name.Replace('_', ' '), Numbers(), Values(name)))]);

        ReportChart Banded(string caption, string unit, string name) =>
            new(caption, "block", unit, [new ChartSeries(caption, Numbers(), Values(name)) { Lower = Values(name + "_low"), Upper = Values(name + "_high") }]);

        ReportTable Table(string caption, params string[] names) => new(caption, ["layer", "name", .. names.Select(name => name.Replace('_', ' '))],
            [.. layers.Select(layer => (IReadOnlyList<ReportCell>)[layer.Layer, layer.Name, .. names.Select(name => (ReportCell)Column(name).Read(layer))])]);

        ReportHeatMap Heat(string caption, Func<DiagnosedLayer, double[]> shares)
        {
            int columns = Math.Min(layers.Count, 1024);
            var values = new double[PairLaw.Bins, columns];
            for (int l = 0; l < columns; l++)
                for (int b = 0; b < PairLaw.Bins; b++) values[b, l] = shares(layers[l])[b];
            return new ReportHeatMap(caption, "layer", "cosine", "share of the pairs", (-0.5, columns - 0.5), (-1, 1), values) { Logarithmic = true };
        }

        IEnumerable<ReportBlock> Equiangular()
        {
            if (diagnosis.Theory.Equiangular is not { } fit) yield break;
            yield return new ReportChart(
                Text($"Mean cosine within sequences beside the equiangular law of β = {fit.Beta:G4} and {fit.TimePerLayer:G4} time per layer, which reproduces {100 * fit.Explained:F1} % of its variance"),
                "layer", "mean cosine",
                [new("measured", Numbers(), Values("mean_cosine_within_sequence")) { Style = SeriesStyle.Points }, new("equiangular law", Numbers(), fit.Cosines) { Style = SeriesStyle.Dashed }]);
        }
    }

    private static LayerColumn Column(string name) => LayerColumn.All.First(column => column.Name == name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
