using System.Globalization;
using System.Text;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>A number that every layer has: the columns of the CSV, the fields of the JSON, the datasets of result.h5.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="LongName">What it is.</param>
/// <param name="Read">Its value; NaN where a layer has none.</param>
public sealed record LayerColumn(string Name, string LongName, Func<DiagnosedLayer, double> Read)
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<LayerColumn> All { get; } =
    [
        Of("mean_norm", "mean norm of the tokens", m => m.Norms.Mean),
        Of("norm_deviation", "standard deviation of the norms", m => m.Norms.Deviation),
        Of("smallest_norm", "smallest norm", m => m.Norms.Smallest),
        Of("largest_norm", "largest norm", m => m.Norms.Largest),
        Of("token_variance", "1 - |mean of unit tokens|^2", m => m.TokenVariance),
        Of("order_parameter", "|mean of unit tokens|", m => m.OrderParameter),
        Of("mean_cosine", "mean cosine over pairs of different tokens", m => m.MeanCosine),
        Of("mean_cosine_within_sequence", "the same within each sequence, mean over sequences", m => m.MeanCosineWithin),
        Of("mean_cosine_centred", "the same after removing the mean of the unit tokens", m => m.CentredPairs.MeanCosine),
        Of("mean_cosine_centred_error", "its standard error where pairs are sampled", m => m.CentredPairs.MeanCosineError),
        Of("effective_rank", "exp of the entropy of the singular values of the tokens", m => m.Ranks.Raw.Value),
        Of("effective_rank_error", "its standard error; 0 where exact", m => m.Ranks.Raw.Error),
        Of("effective_rank_centred", "the same after removing the mean of the tokens", m => m.Ranks.RawCentred.Value),
        Of("effective_rank_centred_error", "its standard error; 0 where exact", m => m.Ranks.RawCentred.Error),
        Of("effective_rank_unit", "effective rank of the unit tokens", m => m.Ranks.Unit.Value),
        Of("effective_rank_unit_error", "its standard error; 0 where exact", m => m.Ranks.Unit.Error),
        Of("effective_rank_unit_centred", "the same after removing their mean", m => m.Ranks.UnitCentred.Value),
        Of("effective_rank_unit_centred_error", "its standard error; 0 where exact", m => m.Ranks.UnitCentred.Error),
        Of("clusters", "number of clusters", m => m.Census.Clusters.Count),
        Of("largest_cluster_mass", "share of the tokens in the largest cluster", m => Largest(m, cluster => cluster.Mass)),
        Of("largest_cluster_radius", "root-mean-square distance from its centre", m => Largest(m, cluster => cluster.Radius)),
        Of("largest_cluster_density", "mean share of the tokens within the angle of one of its tokens", m => Largest(m, cluster => cluster.Density)),
        Of("straggler_mass", "share of the tokens outside all clusters", m => m.Census.StragglerMass),
        Of("intrinsic_dimension_two_nearest", "intrinsic dimension by TwoNN", m => m.IntrinsicDimension.TwoNearest),
        Of("intrinsic_dimension_likelihood", "intrinsic dimension by maximum likelihood", m => m.IntrinsicDimension.MaximumLikelihood),
        Of("block_influence", "1 - mean cosine of each token with itself in the layer before", m => m.Displacement?.BlockInfluence ?? double.NaN),
        new("block_influence_low", "lower end of its range over halves of the tokens", l => l.Change?.BlockInfluence.Low ?? double.NaN),
        new("block_influence_high", "upper end of its range over halves of the tokens", l => l.Change?.BlockInfluence.High ?? double.NaN),
        Of("angular_distance", "mean angle of each token with itself in the layer before, over pi", m => m.Displacement?.AngularDistance ?? double.NaN),
        new("adjusted_rand", "agreement of the clusters with those of the layer before", l => l.Change?.AdjustedRand.Value ?? double.NaN),
        new("adjusted_rand_low", "lower end of its range over halves of the tokens", l => l.Change?.AdjustedRand.Low ?? double.NaN),
        new("adjusted_rand_high", "upper end of its range over halves of the tokens", l => l.Change?.AdjustedRand.High ?? double.NaN),
        new("neighbour_overlap", "share of the ten nearest tokens kept since the layer before", l => l.Change?.NeighbourOverlap.Value ?? double.NaN),
        new("neighbour_overlap_low", "lower end of its range over halves of the tokens", l => l.Change?.NeighbourOverlap.Low ?? double.NaN),
        new("neighbour_overlap_high", "upper end of its range over halves of the tokens", l => l.Change?.NeighbourOverlap.High ?? double.NaN),
        .. Flow("effective", "the nearest softmax flow", l => l.Softmax),
        .. Flow("unnormalized", "the nearest unnormalized flow", l => l.Unnormalized),
        Share(0),
        Share(1),
        Share(2),
        .. PairLaw.Betas.SelectMany((beta, b) => Energy(beta, b)),
    ];

    /// <summary>All columns of all layers as CSV in full precision.</summary>
    public static string ToCsv(IReadOnlyList<DiagnosedLayer> layers)
    {
        var text = new StringBuilder("layer,name");
        foreach (LayerColumn column in All) text.Append(',').Append(column.Name);
        foreach (DiagnosedLayer layer in layers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{layer.Layer},\"{layer.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            foreach (LayerColumn column in All) text.Append(',').Append(column.Read(layer).ToString("R", CultureInfo.InvariantCulture));
        }
        return text.Append('\n').ToString();
    }

    private static LayerColumn Of(string name, string longName, Func<LayerMeasures, double> read) => new(name, longName, layer => read(layer.Measures));

    private static double Largest(LayerMeasures measures, Func<LayerCluster, double> read) =>
        measures.Census.Clusters.Count > 0 ? read(measures.Census.Clusters[0]) : double.NaN;

    private static LayerColumn[] Flow(string name, string what, Func<DiagnosedLayer, EffectiveFlow?> flow) =>
    [
        new($"{name}_beta", $"beta of {what}", l => flow(l)?.Beta ?? double.NaN),
        new($"{name}_beta_low", $"lower end of the range of beta of {what}", l => flow(l)?.BetaLow ?? double.NaN),
        new($"{name}_beta_high", $"upper end of the range of beta of {what}", l => flow(l)?.BetaHigh ?? double.NaN),
        new($"{name}_time", $"time of {what}; negative where tokens move apart", l => flow(l)?.Time ?? double.NaN),
        new($"{name}_explained", $"share of the squared change of cosines that {what} reproduces", l => flow(l)?.Explained ?? double.NaN),
    ];

    private static LayerColumn Share(int i) => Of(
        $"variance_share_{i + 1}", $"share of the variance of the unit tokens along leading direction {i + 1}",
        m => m.Harmonics.Shares.Length > i ? m.Harmonics.Shares[i] : double.NaN);

    private static LayerColumn[] Energy(double beta, int b) =>
    [
        Of($"energy_{beta}", $"energy at beta {beta}", m => m.Pairs.Energies[b]),
        Of($"energy_{beta}_error", "its standard error where pairs are sampled", m => m.Pairs.EnergyErrors[b]),
        Of($"energy_{beta}_centred", $"energy at beta {beta} after removing the mean", m => m.CentredPairs.Energies[b]),
    ];
}
