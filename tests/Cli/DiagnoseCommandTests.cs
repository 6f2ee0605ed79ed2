using System.Text.Json;
using Meanfield.Tests.House;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

/// <summary>meanfield diagnose as a user runs it.</summary>
public sealed class DiagnoseCommandTests : IDisposable
{
    private static readonly string Fixture = Repository.PathOf("tests", "references", "hidden_states.npy");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_is_printed_and_written()
    {
        Command command = Command.Run("diagnose", Fixture, "--json", "--out", _folder["out"]);
        Assert.Equal((0, ""), (command.ExitCode, command.Errors));
        using JsonDocument json = JsonDocument.Parse(command.Output);
        JsonElement[] layers = [.. json.RootElement.GetProperty("layers").EnumerateArray()];
        Assert.Equal([0, 1, 2, 3], layers.Select(layer => layer.GetProperty("layer").GetInt32()));
        foreach (string field in (string[])["mean_norm", "mean_cosine", "token_variance", "effective_rank", "effective_rank_centred", "mean_cosine_within_sequence", "block_influence"])
            Assert.Equal(field == "block_influence" ? JsonValueKind.Null : JsonValueKind.Number, layers[0].GetProperty(field).ValueKind);
        Assert.Equal(100, layers[0].GetProperty("histogram").GetArrayLength());
        Assert.Equal(3, json.RootElement.GetProperty("redundancy").GetProperty("ranking").GetArrayLength());
        Assert.True(json.RootElement.GetProperty("theory").TryGetProperty("energies", out _));
        string[] files = [.. Directory.GetFiles(_folder["out"]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["diagnosis.json", "layers.csv", "report.html", "result.h5"], files);
        Assert.Equal(5, File.ReadLines(Path.Combine(_folder["out"], "layers.csv")).Count());
    }

    [Fact]
    public void The_table_says_what_may_not_be_concluded()
    {
        Command command = Command.Run("diagnose", Fixture, "--causal");
        Assert.Equal(0, command.ExitCode);
        Assert.Contains("2 sequences, 192 tokens of 128 components", command.Output, StringComparison.Ordinal);
        Assert.Contains("is a candidate, not a finding", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_files_end_with_a_sentence_and_exit_2()
    {
        byte[] bytes = File.ReadAllBytes(Fixture);
        File.WriteAllBytes(_folder["truncated.npy"], bytes[..^100]);
        bytes[^1] = 0x7e; // the high byte of NaN in float16
        File.WriteAllBytes(_folder["nan.npy"], bytes);
        File.WriteAllText(_folder["mislabelled.h5"], "no such thing");
        foreach (string name in (string[])["truncated.npy", "nan.npy", "mislabelled.h5"])
        {
            Command command = Command.Run("diagnose", _folder[name]);
            Assert.Equal((2, ""), (command.ExitCode, command.Output));
            Assert.Single(command.Errors.TrimEnd().Split('\n'));
            Assert.Contains(name, command.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(5, Command.Run("diagnose", _folder["absent.npy"]).ExitCode);
    }
}
