using System.Globalization;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.House;
using Xunit;

namespace Meanfield.Tests.Solver.Layers;

/// <summary>Every measure of real hidden states against numpy and scipy (tests/references/make_hidden_states_reference.py).</summary>
public class HiddenStateReferenceTests
{
    private const int Layers = 4, Sequences = 2, Tokens = 96, Dimension = 128;

    private static readonly LayerMeasures[] Measured = Measure();

    private static readonly ILookup<int, (string Name, double Value)> Reference = File
        .ReadLines(Repository.PathOf("tests", "references", "hidden_states.csv")).Skip(1).Select(line => line.Split(','))
        .ToLookup(cells => int.Parse(cells[0]), cells => (cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_number_is_numpys(int layer)
    {
        LayerMeasures m = Measured[layer];
        EffectiveFlow? flow = m.Flows.FirstOrDefault(f => f.Normalization == Normalization.Softmax);
        Assert.All(Reference[layer], reference =>
        {
            (string name, double expected) = reference;
            (double actual, double tolerance) = Value(m, flow, name);
            Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"layer {layer}, {name}: {actual:R} instead of {expected:R}");
        });
    }

    private static (double Value, double Tolerance) Value(LayerMeasures m, EffectiveFlow? flow, string name)
    {
        const double Exact = 1e-12;
        bool centred = name.StartsWith("centred_", StringComparison.Ordinal);
        PairLaw law = centred ? m.CentredPairs : m.Pairs;
        string plain = centred ? name["centred_".Length..] : name;
        int number = plain.Split('_')[^1] is var last && int.TryParse(last, out int parsed) ? parsed : 0;
        return plain switch
        {
            "mean_norm" => (m.Norms.Mean, Exact),
            "norm_deviation" => (m.Norms.Deviation, Exact),
            "smallest_norm" => (m.Norms.Smallest, Exact),
            "largest_norm" => (m.Norms.Largest, Exact),
            "token_variance" => (m.TokenVariance, Exact),
            "order_parameter" => (m.OrderParameter, Exact),
            "mean_cosine_within" => (m.MeanCosineWithin, Exact),
            "mean_cosine" when !centred => (m.MeanCosine, Exact),
            "mean_cosine" => (law.MeanCosine, Exact),
            _ when plain.StartsWith("energy", StringComparison.Ordinal) => (law.Energies[PairLaw.Betas.ToList().IndexOf(number)], Exact),
            _ when plain.StartsWith("share", StringComparison.Ordinal) => (law.Shares[number], Exact),
            "rank_raw" => (m.Ranks.Raw.Value, Exact),
            "rank_raw_centred" => (m.Ranks.RawCentred.Value, Exact),
            "rank_unit" => (m.Ranks.Unit.Value, Exact),
            "rank_unit_centred" => (m.Ranks.UnitCentred.Value, Exact),
            "two_nearest" => (m.IntrinsicDimension.TwoNearest, 1e-8),
            "places" => (m.IntrinsicDimension.Places, 0),
            "clusters" => (m.Census.Clusters.Count, 0),
            "largest_mass" => (m.Census.Clusters[0].Mass, Exact),
            "largest_density" => (m.Census.Clusters[0].Density, Exact),
            "straggler_mass" => (m.Census.StragglerMass, Exact),
            _ when plain.StartsWith("variance_share", StringComparison.Ordinal) => (m.Harmonics.Shares[number], 1e-6),
            "block_influence" => (m.Displacement!.BlockInfluence, Exact),
            "angular_distance" => (m.Displacement!.AngularDistance, 1e-9),
            "beta" => (flow!.Beta, 0.005),
            "time" => (flow!.Time, 0.005),
            "explained" => (flow!.Explained, 1e-6),
            _ => throw new ArgumentException($"the reference has an unknown number '{name}'"),
        };
    }

    private static LayerMeasures[] Measure()
    {
        byte[] file = File.ReadAllBytes(Repository.PathOf("tests", "references", "hidden_states.npy"));
        int numbers = Layers * Sequences * Tokens * Dimension;
        double[] all = [.. Enumerable.Range(0, numbers).Select(i => (double)BitConverter.ToHalf(file, file.Length - 2 * (numbers - i)))];
        return LayerCloud.Measure(
            new LayerSettings(Dimension, [Tokens, Tokens]), [.. all.Chunk(numbers / Layers)]);
    }
}
