using System.Text.Json;
using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

public sealed class ResultFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ResultPath => _folder["result.h5"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 5, 0, 0)]
    [InlineData(3, 4, 9, 6)]
    [InlineData(3, 30, 8, 0)]
    [InlineData(5, 12, 3, 400)]
    public void What_is_written_is_read_back(int dimension, int bandlimit, int outputDegree, int tokens)
    {
        Result result = SampleResult.Create(dimension, bandlimit, 4, outputDegree, tokens);
        ResultFile.Write(ResultPath, result);
        using ResultFile file = ResultFile.Open(ResultPath);

        Assert.Equal(result.Header, file.Header);
        Assert.Equal(result.Outcome.Warnings, file.Outcome.Warnings);
        Assert.Equal(result.Outcome, file.Outcome with { Warnings = result.Outcome.Warnings });
        Assert.Equal(result.Snapshots.Outlines.Select(s => s.Time), file.Time);
        Assert.Equal(new HarmonicBasis(dimension, Math.Max(outputDegree, bandlimit + 3)), file.Basis);
        Assert.Equal(Diagnostic.All.Select(d => d.Name).Order(StringComparer.Ordinal), file.DiagnosticNames);
        foreach (Diagnostic diagnostic in Diagnostic.All)
            Assert.Equal(result.Snapshots.Outlines.Select(s => diagnostic.Read(s.Observables)), file.Diagnostic(diagnostic.Name));
        for (int step = 0; step < 4; step++)
        {
            double[] state = result.Snapshots[step].Coefficients;
            double[] stored = file.Coefficients(step);
            Assert.Equal(state, stored[..state.Length]);
            Assert.All(stored[state.Length..], a => Assert.Equal(0, a));
        }

        Assert.Equal(tokens > 0, file.HasTokens);
        if (tokens > 0)
        {
            Assert.Equal(Enumerable.Repeat(1.0 / tokens, tokens), file.TokenWeights());
            Assert.Equal(result.Snapshots[2].Positions!, file.TokenPositions(2).Cast<double>());
            Assert.Equal(dimension, file.TokenPositions(2).GetLength(1));
        }
    }

    [Fact]
    public void H5py_sees_the_documented_structure()
    {
        ResultFile.Write(ResultPath, SampleResult.Create(3, 30, 3, outputDegree: 40, tokens: 300));
        JsonElement seen = Script.Python("read_result.py", ResultPath);

        JsonElement attributes = seen.GetProperty("attributes");
        Assert.Equal("CF-1.11", attributes.GetProperty("Conventions").GetString());
        Assert.Equal("Metastable clusters", attributes.GetProperty("title").GetString());
        Assert.Equal(3, attributes.GetProperty("dimension").GetInt32());
        Assert.Equal(9.25, attributes.GetProperty("beta").GetDouble());
        Assert.Equal(0.125, attributes.GetProperty("noise").GetDouble());
        Assert.Equal("softmax", attributes.GetProperty("normalization").GetString());
        Assert.Equal("spectral", attributes.GetProperty("scheme").GetString());
        Assert.Equal(-7_000_000_000L, attributes.GetProperty("seed").GetInt64());
        Assert.Equal("0.1.0", attributes.GetProperty("version").GetString());
        Assert.Equal(SampleResult.Case, attributes.GetProperty("case").GetString());
        Assert.Equal("resolution_lost", attributes.GetProperty("outcome").GetString());
        Assert.Equal(0.5, attributes.GetProperty("valid_until").GetDouble());

        JsonElement datasets = seen.GetProperty("datasets");
        string[] expected =
        [
            "time", "coefficient", "coefficients", "degree", "order",
            "tokens/positions", "tokens/weights", "tokens/token", "tokens/axis",
            .. Diagnostic.All.Select(d => $"diagnostics/{d.Name}"),
        ];
        Assert.Equal(expected.Order(), datasets.EnumerateObject().Select(d => d.Name).Order());
        Assert.All(datasets.EnumerateObject(), d => Assert.NotEmpty(d.Value.GetProperty("long_name").GetString()!));
        Assert.All(datasets.EnumerateObject(), d => Assert.Equal("1", d.Value.GetProperty("units").GetString()));

        Require("time", "<f8", [3], null);
        Require("coefficients", "<f8", [3, 41 * 41], ["/time", "/coefficient"]);
        Require("degree", "<i4", [41 * 41], ["/coefficient"]);
        Require("order", "<i4", [41 * 41], ["/coefficient"]);
        Require("diagnostics/order_parameter", "<f8", [3], ["/time"]);
        Require("tokens/positions", "<f8", [3, 300, 3], ["/time", "/tokens/token", "/tokens/axis"]);
        Require("tokens/weights", "<f8", [300], ["/tokens/token"]);
        Assert.Equal([0, 0.25, 0.5], Numbers(datasets.GetProperty("time").GetProperty("values")));
        Assert.Equal(JsonValueKind.Null, datasets.GetProperty("diagnostics/entropy").GetProperty("values")[0].ValueKind);

        JsonElement coefficients = datasets.GetProperty("coefficients");
        Assert.Equal([1, 41 * 41], Numbers(coefficients.GetProperty("chunks")));
        Assert.Equal("gzip", coefficients.GetProperty("compression").GetString());
        Assert.True(coefficients.GetProperty("shuffle").GetBoolean());
        Assert.Equal(Math.Sin(3 + 1.7) / 4, coefficients.GetProperty("values")[41 * 41 + 3].GetDouble());

        void Require(string path, string type, double[] shape, string[]? scales)
        {
            JsonElement dataset = datasets.GetProperty(path);
            Assert.Equal(type, dataset.GetProperty("type").GetString());
            Assert.Equal(shape, Numbers(dataset.GetProperty("shape")));
            Assert.Equal(scales is null, dataset.GetProperty("is_scale").GetBoolean());
            if (scales is not null)
                Assert.Equal(scales, dataset.GetProperty("scales").EnumerateArray().Select(s => s.GetString()!));
        }
    }

    [Fact]
    public void Xarray_sees_named_dimensions_and_text()
    {
        Result result = SampleResult.Create(2, 6, 5, tokens: 4);
        ResultFile.Write(ResultPath, result);
        JsonElement groups = Script.Python("read_result.py", ResultPath).GetProperty("xarray");

        JsonElement root = groups.GetProperty("");
        Assert.Equal(["coefficient", "degree", "order", "time"], Strings(root.GetProperty("coordinates")));
        Assert.Equal(["time", "coefficient"], Strings(root.GetProperty("dimensions").GetProperty("coefficients")));
        Assert.Equal(21, root.GetProperty("sizes").GetProperty("coefficient").GetInt32());
        Assert.Equal(SampleResult.Case, root.GetProperty("attributes").GetProperty("case").GetString());
        double sum = Enumerable.Range(0, 5).Sum(k => result.Snapshots[k].Coefficients.Sum());
        Assert.Equal(sum, root.GetProperty("sums").GetProperty("coefficients").GetDouble(), 1e-12);

        JsonElement diagnostics = groups.GetProperty("diagnostics");
        Assert.Equal(["time"], Strings(diagnostics.GetProperty("dimensions").GetProperty("energy")));
        Assert.Equal(5, diagnostics.GetProperty("sizes").GetProperty("time").GetInt32());
        JsonElement tokens = groups.GetProperty("tokens");
        Assert.Equal(["time", "token", "axis"], Strings(tokens.GetProperty("dimensions").GetProperty("positions")));
    }

    [Fact]
    public void The_same_data_give_the_same_bytes()
    {
        Result result = SampleResult.Create(3, 30, 3, tokens: 300);
        ResultFile.Write(_folder["first.h5"], result);
        Thread.Sleep(1100);                    // libhdf5's own time stamps count seconds
        ResultFile.Write(_folder["second.h5"], result);
        Assert.Equal(File.ReadAllBytes(_folder["first.h5"]), File.ReadAllBytes(_folder["second.h5"]));
    }

    [Fact]
    public void Results_are_written_and_read_by_many_threads_at_once()
    {
        Parallel.For(0, 16, i =>
        {
            Result result = SampleResult.Create(2 + i % 3, 5 + i, 3);
            string path = Path.Combine(Directory.CreateDirectory(_folder[$"{i}"]).FullName, "result.h5");
            ResultFile.Write(path, result);
            using ResultFile file = ResultFile.Open(path);
            Assert.Equal(result.Snapshots[2].Coefficients, file.Coefficients(2));
        });
    }

    [Fact]
    public void Numbers_that_do_not_compress_are_stored_as_they_are()
    {
        var random = new Random(1);
        Result sample = SampleResult.Create(3, 60, 1);
        byte[] noise = new byte[61 * 61 * 8];
        random.NextBytes(noise);
        double[] coefficients = [.. Enumerable.Range(0, 61 * 61).Select(i => BitConverter.ToDouble(noise, 8 * i))];
        Result result = sample with { Snapshots = SnapshotHistory.Of([sample.Snapshots[0] with { Coefficients = coefficients }]) };
        ResultFile.Write(ResultPath, result);
        using ResultFile file = ResultFile.Open(ResultPath);
        Assert.Equal(Bits(coefficients), Bits(file.Coefficients(0)));

        static IEnumerable<long> Bits(double[] values) => values.Select(BitConverter.DoubleToInt64Bits);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Result result = SampleResult.Create(3, 4, 2, tokens: 5);
        Assert.Throws<ArgumentException>(() => ResultFile.Write(ResultPath, result with { Snapshots = SnapshotHistory.Of([]) }));
        Assert.Throws<ArgumentException>(() => ResultFile.Write(
            ResultPath, result with { Snapshots = SnapshotHistory.Of([result.Snapshots[0] with { Bandlimit = 5 }, result.Snapshots[1]]) }));
        Assert.Throws<ArgumentException>(() => ResultFile.Write(
            ResultPath, result with { Snapshots = SnapshotHistory.Of([result.Snapshots[0] with { Positions = new double[12] }, result.Snapshots[1]]) }));
        Assert.Empty(_folder.Files());
    }

    private static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(n => n.GetDouble());

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(s => s.GetString()!);
}
