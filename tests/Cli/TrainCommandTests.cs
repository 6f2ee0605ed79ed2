using System.Text.Json.Nodes;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

/// <summary>meanfield train as a user calls it.</summary>
public class TrainCommandTests
{
    private const string Case = """
        dimension: 2
        attention: {normalization: none, beta: 1, noise: 0.3}
        method: {bandlimit: 16}
        initial:
          modes: [{degree: 1, order: 1, amplitude: 0.2}]
        time: {until: 0.5}
        training:
          regularization: 0.5
          loss: {towards: [0, 1]}
          steps: 20
        """;

    [Fact]
    public void Trains_refuses_a_full_folder_and_sweeps()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], Case);
        string run = folder["run"];
        Command first = Command.Run("train", folder["case.yaml"], "--out", run, "--json", "--quiet");
        Assert.Equal(0, first.ExitCode);
        JsonNode summary = JsonNode.Parse(first.Output)!;
        Assert.Equal("completed", summary["outcome"]!.GetValue<string>());
        Assert.True(summary["loss"]!.GetValue<double>() < summary["untrained_loss"]!.GetValue<double>());

        Assert.Equal(4, Command.Run("train", folder["case.yaml"], "--out", run).ExitCode);
        Assert.Equal(7, Command.Run("train", folder["case.yaml"], "--out", run, "--overwrite", "--set", "training.iterations=2").ExitCode);
        Assert.Equal(2, Command.Run("train", folder["case.yaml"], "--set", "training.loss={towards: [1]}").ExitCode);
        Assert.Equal(2, Command.Run("run", folder["case.yaml"], "--out", run, "--overwrite").ExitCode);

        Command sweep = Command.Run("train", folder["case.yaml"], "--out", folder["sweep"], "--over", "training.regularization=0.5,1");
        Assert.Equal(0, sweep.ExitCode);
        Assert.Equal(3, File.ReadAllLines(folder["sweep/sweep.csv"]).Length);
    }
}
