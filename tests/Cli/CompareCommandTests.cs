using System.Text.Json;
using System.Xml.Linq;
using Meanfield.Perturbation;
using Meanfield.Spectral;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

public sealed class CompareCommandTests : IDisposable
{
    private const string Case = """
        dimension: 2
        attention: {normalization: none, beta: 5}
        initial: {tokens: {count: 20000, seed: 12345}}
        method: {scheme: SCHEME}
        time: {until: 0.4, every: 0.02}
        output: {fields: false}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Density and particles of the published β = 5 experiment: table, JSON and figures of one comparison.</summary>
    [Fact]
    public void A_comparison_is_printed_and_written()
    {
        string[] runs = [Solve("spectral"), Solve("particles")];
        Command table = Command.Run(["compare", .. runs, "--out", _folder["figures"]]);
        Assert.True(table.ExitCode == 0, table.Errors);
        foreach (string word in (string[])["linear end", "clustering start", "degree 3", "W2 of tokens", "masses"]) Assert.Contains(word, table.Output);
        Command json = Command.Run(["compare", .. runs, "--json"]);
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal(File.ReadAllText(Path.Combine(_folder["figures"], "comparison.json")).Trim(), json.Output.Trim());
        JsonElement[] summaries = [.. root.GetProperty("runs").EnumerateArray()];
        Assert.Equal(["spectral", "particles"], summaries.Select(run => run.GetProperty("scheme").GetString()));
        Assert.Equal(20000, summaries[1].GetProperty("tokens").GetInt32());
        foreach (JsonElement run in summaries)
        {
            JsonElement end = run.GetProperty("phases").GetProperty("boundaries")[0];
            Assert.Equal("linear_end", end.GetProperty("name").GetString());
            Assert.Equal(1, end.GetProperty("measured").GetDouble() / end.GetProperty("predicted").GetDouble(), 0.02);
        }
        Assert.Equal(3, summaries[1].GetProperty("clusters").GetArrayLength());
        foreach (string figure in (string[])["growth.svg", "distances.svg"])
        {
            XElement svg = XDocument.Load(Path.Combine(_folder["figures"], figure)).Root!;
            Assert.Contains(svg.Descendants(svg.Name.Namespace + "path"), path => path.Attribute("d")!.Value.Length > 20);
        }
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_in_one_sentence()
    {
        string first = Solve("spectral"), other = Solve("spectral", "attention.beta=4");
        foreach ((int code, string[] arguments) in new[] { (2, (string[])[first, other]), (5, [first, _folder["nothing"]]), (2, [first]) })
        {
            Command command = Command.Run(["compare", .. arguments]);
            Assert.Equal(code, command.ExitCode);
            Assert.Single(command.Errors.Trim().Split('\n'));
        }
    }

    /// <summary>What check foretells is what the library says.</summary>
    [Fact]
    public void Check_foretells_the_phases()
    {
        File.WriteAllText(_folder["case.yaml"], Case.Replace("SCHEME", "particles", StringComparison.Ordinal));
        JsonElement phases = JsonDocument.Parse(Command.Run("check", _folder["case.yaml"], "--json").Output).RootElement.GetProperty("phases");
        var attention = new Attention(Normalization.None, 5);
        ExitTime law = ExitTime.Of(attention, 2, 3, 20000, 0.1, landau: true);
        JsonElement end = phases.GetProperty("linear_end_law");
        Assert.Equal(law.Mean, end.GetProperty("mean").GetDouble());
        Assert.Equal(law.StandardDeviation, end.GetProperty("standard_deviation").GetDouble());
        Assert.Equal(law.Quantile(0.05), end.GetProperty("quantile05").GetDouble());
        Assert.Equal(law.Quantile(0.95), end.GetProperty("quantile95").GetDouble());
        Assert.Equal(ModeSelectivity.Of(attention, 2).Ratio(20000), phases.GetProperty("selectivity_ratio").GetDouble());
        var polygon = new RegularPolygon(attention, 3);
        Assert.Equal(polygon.FastestRate, phases.GetProperty("polygon").GetProperty("fastest_rate").GetDouble());
        Assert.Equal(polygon.Lifetime(phases.GetProperty("asymmetry").GetDouble()), phases.GetProperty("polygon").GetProperty("lifetime").GetDouble());
        Assert.Equal(3, phases.GetProperty("clusters").GetProperty("centres").GetArrayLength());
        Assert.Contains("over draws of 20000 tokens", Command.Run("check", _folder["case.yaml"]).Output.Replace("\n", " ", StringComparison.Ordinal));
    }

    private string Solve(string scheme, string setting = "title=run")
    {
        string name = _folder[scheme + setting];
        File.WriteAllText(_folder["case.yaml"], Case.Replace("SCHEME", scheme, StringComparison.Ordinal));
        Command command = Command.Run("run", _folder["case.yaml"], "--out", name, "--quiet", "--set", setting);
        Assert.True(command.ExitCode == 0, command.Errors);
        return name;
    }
}
