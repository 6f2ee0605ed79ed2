using System.Text.Json;
using Meanfield.Tests.IO;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Cli;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_list_names_every_claim()
    {
        JsonElement[] claims = [.. JsonDocument.Parse(Command.Run("validate", "--list", "--json").Output).RootElement.EnumerateArray()];
        Assert.Equal(LawList.All.Select(law => law.Claim.Id), claims.Select(claim => claim.GetProperty("id").GetString()));
        foreach (string name in (string[])["claim", "source", "status", "tag"])
            Assert.All(claims, claim => Assert.NotEmpty(claim.GetProperty(name).GetString()!));
        Assert.Contains("Equiangular", Command.Run("validate", "v29", "--list").Output);
    }

    [Fact]
    public void Claims_are_measured_reported_and_resumed()
    {
        string[] arguments = ["validate", "V01", "V55", "--quick", "--seed", "9", "--out", _folder["report"], "--docs", _folder["validation.md"]];
        Command first = Command.Run(arguments);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("2 passed", first.Output);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["report"], "report.json"))).RootElement;
        Assert.Equal(("quick", 9, 2), (report.GetProperty("level").GetString(), report.GetProperty("seed").GetInt32(), report.GetProperty("claims").GetArrayLength()));
        Assert.Contains("| V55 |", File.ReadAllText(_folder["validation.md"]));
        Command again = Command.Run([.. arguments, "--resume", "--json"]);
        Assert.Equal(2, again.Errors.Split("from the folder").Length - 1);
        Assert.Equal(report.ToString(), JsonDocument.Parse(again.Output).RootElement.ToString());
    }

    [Theory]
    [InlineData("V0l", "did you mean V01?")]
    [InlineData("energy", "--list")]
    public void An_unknown_claim_is_refused(string id, string words)
    {
        Command command = Command.Run("validate", id);
        Assert.Equal(2, command.ExitCode);
        Assert.Contains(words, command.Errors);
    }
}
