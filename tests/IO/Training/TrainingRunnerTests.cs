using Meanfield.IO;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Cases with a training block, from YAML to the run folder.</summary>
public class TrainingRunnerTests
{
    private const string Small = """
        dimension: 2
        attention: {normalization: none, beta: 1, noise: 0.2}
        initial:
          modes: [{degree: 1, order: 1, amplitude: 0.4}]
        method: {bandlimit: 16, max_bandlimit: 64}
        time: {until: 1.5, every: 0.1}
        training:
          regularization: 0.3
          loss: {towards: [0, 1]}
          interaction: {diagonal: [1.5, 0.75]}
          features: {harmonics: 2}
          steps: 60
        """;

    [Fact]
    public void A_training_fills_its_folder()
    {
        using var folder = new TemporaryFolder();
        TrainingReport report = new TrainingRunner(CaseReader.Parse(Small, "small.yaml", "training.tokens=200")).Run(RunFolder.Create(folder["run"], overwrite: false));
        Assert.Equal(OutcomeKind.Completed, report.Outcome.Kind);
        Assert.True(report.Summary.Residual <= 1e-6);
        Assert.InRange(report.Summary.TokenLoss - report.Summary.Loss, -4 * report.Summary.TokenLossError, 4 * report.Summary.TokenLossError);
        Assert.All(RunVerification.Of(folder["run"]).Checks, finding => Assert.NotEqual(false, finding.Holds));
        foreach (string name in new[] { "case.yaml", "series.csv", "result.h5", "training.html", "provenance.json" }) Assert.True(File.Exists(folder[$"run/{name}"]));

        using ResultFile result = ResultFile.Open(folder["run/result.h5"]);
        Assert.Equal("training", result.Header.Scheme);
        Assert.Equal(1.5, result.Time[^1], 1e-12);
        Assert.Equal(report.Trained[^1].State[1], result.Coefficients(result.Time.Length - 1)[1]);

        using Hdf5File file = Hdf5File.OpenRead(folder["run/result.h5"]);
        using Hdf5Dataset controls = file.Open("training/controls");
        Assert.Equal([60L, 5, 2], controls.Shape);
        Assert.Equal(report.Control.Controls, controls.ReadRows<double>(0, 60));
        Assert.Equal(result.Time.Length, file.ReadVector<double>("training/untrained_free_energy").Length);
        Case again = CaseReader.Read(folder["run/case.yaml"]);
        Assert.Equal(0.3, again.Training!.Regularization);
    }

    /// <summary>The bandlimit doubles until the spectrum's tail is below 1e−4; the cost agrees with that of a finer start.</summary>
    [Fact]
    public void Bandlimit_grows_until_the_density_is_resolved()
    {
        TrainingReport grown = new TrainingRunner(CaseReader.Parse(Small, "small.yaml", "method.bandlimit=8")).Train();
        TrainingReport fine = new TrainingRunner(CaseReader.Parse(Small, "small.yaml", "method.bandlimit=48")).Train();
        Assert.True(grown.Grid.Bandlimit > 8);
        Assert.True(grown.Summary.SpectrumTail <= TrainingRunner.Resolved);
        Assert.Equal(fine.Summary.Objective, grown.Summary.Objective, 1e-7);
        TrainingReport lost = new TrainingRunner(CaseReader.Parse(Small, "small.yaml", "method={bandlimit: 3, max_bandlimit: 4}")).Train();
        Assert.Equal(OutcomeKind.ResolutionLost, lost.Outcome.Kind);
    }

    /// <summary>Steps far too large: nothing that is not resolved is published.</summary>
    [Fact]
    public void Too_few_steps_leave_no_result()
    {
        using var folder = new TemporaryFolder();
        TrainingReport report = new TrainingRunner(CaseReader.Parse(Small, "small.yaml", "time.until=30", "training.steps=8")).Run(RunFolder.Create(folder["run"], overwrite: false));
        Assert.Equal(OutcomeKind.ResolutionLost, report.Outcome.Kind);
        Assert.Contains("raise training.steps", report.Outcome.Message);
        Assert.False(File.Exists(folder["run/result.h5"]));
        Assert.All(RunVerification.Of(folder["run"]).Checks, finding => Assert.NotEqual(false, finding.Holds));
    }

    [Fact]
    public void Without_enough_evaluations_training_says_so()
    {
        TrainingReport report = new TrainingRunner(CaseReader.Parse(Small, "small.yaml", "training.iterations=3")).Train();
        Assert.Equal(OutcomeKind.ResolutionLost, report.Outcome.Kind);
        Assert.Contains("not converged", report.Outcome.Message);
    }

    [Theory]
    [InlineData("training.loss={towards: [1, 0, 0]}", "training.loss.towards must have 2 numbers")]
    [InlineData("training.loss={}", "training.loss.towards must have 2 numbers")]
    [InlineData("training.loss={cross_entropy: {classes: [[1, 0], [0, 1]], label: 2}}", "training.loss cannot be used: there is no class 2")]
    [InlineData("training.interaction={diagonal: [1]}", "training.interaction.diagonal must have 2 numbers")]
    [InlineData("training.interaction={matrix: [[1, 2], [2, 1]]}", "positive definite")]
    [InlineData("training.interaction={diagonal: [1, 2], axial: {across: 1, along: 2}}", "cannot be given beside")]
    [InlineData("training.features={constant: false, linear: false}", "at least one feature")]
    [InlineData("training.features.neurons=[{activation: tanh, weights: [1]}]", "training.features.neurons[0].weights must have 2 numbers")]
    [InlineData("training.regularization=0", "training.regularization must be a number greater than 0")]
    [InlineData("method.scheme=particles", "needs scheme spectral")]
    [InlineData("attention.beta=-1", "attention.beta cannot be used")]
    public void Blocks_that_do_not_fit_are_refused(string change, string sentence)
    {
        var problem = Assert.Throws<CaseException>(() => CaseReader.Parse(Small, "small.yaml", change));
        Assert.Contains(sentence, problem.Message);
    }

    [Fact]
    public void Runs_do_not_take_a_training_block_and_checks_state_its_memory()
    {
        Case @case = CaseReader.Parse(Small, "small.yaml");
        Assert.Contains("meanfield train", Assert.Throws<CaseException>(() => SchemeRun.Create(@case)).Message);
        Assert.Throws<CaseException>(() => new TrainingRunner(@case with { Training = null }));
        Assert.Equal(RunMemory.Program + new TrainingRunner(@case).MemoryBytes(16), CaseCheck.Of(@case).TrainingMemoryBytes);
        Assert.Null(CaseCheck.Of(@case with { Training = null }).TrainingMemoryBytes);
    }

    [Fact]
    public void A_sweep_visits_every_combination_and_its_cost_rises_with_the_regularization()
    {
        SweepAxis[] axes = [SweepAxis.Parse("attention.noise=0.2,0.3"), SweepAxis.Parse("training.regularization=0.3:1.2:3:log")];
        var sweep = new TrainingSweep(more => CaseReader.Parse(Small, "small.yaml", more), axes);
        SweepPoint[] points = [.. sweep.Run()];
        Assert.Equal(6, points.Length);
        Assert.Equal([0.2, 0.2, 0.2, 0.3, 0.3, 0.3], points.Select(point => point.Values[0]));
        Assert.Equal([0.3, 0.6, 1.2], points[..3].Select(point => Math.Round(point.Values[1], 12)));
        for (int i = 1; i < 3; i++) Assert.True(points[i].Summary.Objective >= points[i - 1].Summary.Objective);
        string[] lines = sweep.ToCsv(points).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("attention.noise,training.regularization,outcome,objective,", lines[0]);
        Assert.Equal(7, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Theory]
    [InlineData("training.regularization")]
    [InlineData("a=1:2")]
    [InlineData("a=1:2:1")]
    [InlineData("a=-1:2:5:log")]
    [InlineData("a=1:2:3:cubic")]
    [InlineData("a=x")]
    public void Axes_are_read_strictly(string text) => Assert.Throws<ArgumentException>(() => SweepAxis.Parse(text));
}
