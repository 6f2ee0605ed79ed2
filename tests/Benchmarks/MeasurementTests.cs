using System.Text.Json;
using Meanfield.Benchmarks;
using Xunit;

namespace Meanfield.Tests.Benchmarks;

/// <summary>What other programs read of a benchmark run. Nothing here takes times.</summary>
public class MeasurementTests
{
    [Fact]
    public void Rows_have_the_documented_keys()
    {
        string json = Measurement.ToJson([new Measurement("rhs-sphere", 255, 1, 0.1, "peer (é)", 0.3)]);
        JsonElement row = Assert.Single(JsonDocument.Parse(json).RootElement.EnumerateArray());
        Assert.Equal(
            ["name", "size", "threads", "ours_seconds", "peer", "peer_seconds", "ratio"],
            row.EnumerateObject().Select(property => property.Name));
        Assert.Equal("rhs-sphere", row.GetProperty("name").GetString());
        Assert.Equal(255, row.GetProperty("size").GetInt32());
        Assert.Equal(1, row.GetProperty("threads").GetInt32());
        Assert.Equal(0.1, row.GetProperty("ours_seconds").GetDouble());
        Assert.Equal("peer (é)", row.GetProperty("peer").GetString());
        Assert.Equal(0.3, row.GetProperty("peer_seconds").GetDouble());
        Assert.Equal(0.1 / 0.3, row.GetProperty("ratio").GetDouble());
    }

    [Fact]
    public void No_rows_are_an_empty_list() => Assert.Equal("[]", Measurement.ToJson([]).Trim());

    [Theory]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.625, 3.5)]
    [InlineData(1, 5)]
    public void Quantiles_interpolate_between_order_statistics(double fraction, double expected) =>
        Assert.Equal(expected, Interleaved.Quantile([5, 1, 3, 2, 4], fraction));

    /// <summary>A side that takes 3 s beside one that takes 1 s has ratio 3, however many evaluations a sample holds.</summary>
    [Fact]
    public void Timing_is_per_evaluation()
    {
        var comparison = new Comparison(
            "test", 1, "peer", repetitions => repetitions, repetitions => 3.0 * repetitions, 0);
        Assert.Equal(new Timing(1, 3, 3, 3), Interleaved.Time(comparison, rounds: 3, sampleSeconds: 10));
    }

    /// <summary>L = L_Φ on 3 rows, 2 of them northern, counted by hand: 12 per pair of ρ, 20 per pair of the flux, 20 of ∇Ψ.</summary>
    [Theory]
    [InlineData(0, 2 * (12 + 20 + 20))] // m = 0: one pair each
    [InlineData(1, 2 * (12 + 2 * 20 + 2 * 20 + 12 + 20 + 20))] // m = 0: degrees 0, 1; 0, 1, 2 twice; m = 1: 1; 1, 2 twice
    public void Contractions_are_counted(int bandlimit, double expected) =>
        Assert.Equal(expected, ContractionFlops.Of(bandlimit, bandlimit, new Meanfield.Spectral.SphereGrid(3, 4)));
}
