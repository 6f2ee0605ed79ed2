using System.Text.Json.Nodes;
using Meanfield.IO;
using Meanfield.Tests.House;
using Meanfield.Tests.IO;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>Many laws at once: reports are published as they are made, found again, and do not depend on the number of jobs.</summary>
public sealed class ValidatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_done_is_not_measured_again()
    {
        PlantedLaw[] laws = [Planted("V01"), Planted("V02")];
        var folder = new ReportFolder(_folder["report"]);
        ValidationReport first = new Validator(laws, Level.Quick, 1, 1).Run(folder);
        ValidationReport again = new Validator(laws, Level.Quick, 1, 1).Run(folder, resume: true);
        Assert.All(laws, law => Assert.Single(law.Asked, "measure"));
        Assert.Equal(JsonText.Of(first), JsonText.Of(again));
        new Validator(laws, Level.Quick, 2, 1).Run(folder, resume: true); // other random numbers
        new Validator(laws, Level.Default, 2, 1).Run(folder, resume: true); // more work
        File.WriteAllText(Path.Combine(_folder["report"], "claims", "V02.json"), "{"); // torn
        new Validator(laws, Level.Default, 2, 1).Run(folder, resume: true);
        Assert.Equal(3, laws[0].Asked.Count(asked => asked == "measure"));
        Assert.Equal(4, laws[1].Asked.Count(asked => asked == "measure"));
        Assert.Contains("id=\"v02\"", File.ReadAllText(Path.Combine(_folder["report"], "report.html")));
        Assert.Equal(2, JsonText.Read<ValidationReport>(File.ReadAllText(Path.Combine(_folder["report"], "report.json"))).Passed);
    }

    [Fact]
    public void Figures_do_not_depend_on_the_number_of_jobs()
    {
        IReadOnlyList<Law> laws = [.. Enumerable.Range(1, 9).Select(i => Planted($"V0{i}"))];
        string[] Run(int jobs) => [.. new Validator(laws, Level.Quick, 5, jobs).Run().Claims.Select(claim => JsonText.Of(claim with { Seconds = 0 }))];
        Assert.Equal(Run(1), Run(4));
        Assert.Equal(9, Run(1).Distinct().Count()); // every law has its own random numbers
    }

    [Fact]
    public void A_cancelled_validation_keeps_what_is_done()
    {
        using var stop = new CancellationTokenSource();
        PlantedLaw[] laws = [Planted("V01"), new(() => new Prediction(), trial => { stop.Cancel(); trial.Cancellation.ThrowIfCancellationRequested(); return new Measurement(); }, id: "V02")];
        var folder = new ReportFolder(_folder["report"]);
        Assert.Throws<OperationCanceledException>(() => new Validator(laws, Level.Quick, 1, 1).Run(folder, cancellation: stop.Token));
        Assert.NotNull(folder.Find("V01", Level.Quick, 1));
        Assert.Null(folder.Find("V02", Level.Quick, 1));
    }

    /// <summary>docs/validation.schema.json is the schema of what is written; MEANFIELD_WRITE_DOCS=1 writes it anew.</summary>
    [Fact]
    public void The_schema_in_docs_is_the_one_of_the_program()
    {
        string path = Repository.PathOf("docs", "validation.schema.json");
        if (Environment.GetEnvironmentVariable("MEANFIELD_WRITE_DOCS") == "1") File.WriteAllText(path, ValidationSchema.Json());
        Assert.True(File.Exists(path) && File.ReadAllText(path) == ValidationSchema.Json(), "docs/validation.schema.json is out of step: run the tests once with MEANFIELD_WRITE_DOCS=1 and commit it");
        JsonObject properties = JsonNode.Parse(ValidationSchema.Json())!["properties"]!.AsObject();
        JsonObject written = JsonNode.Parse(JsonText.Of(new Validator([Planted("V01")], Level.Quick, 1, 1).Run()))!.AsObject();
        Assert.Equal(written.Select(pair => pair.Key).Order(), properties.Select(pair => pair.Key).Order());
    }

    [Fact]
    public void The_page_shows_every_figure()
    {
        string page = ValidationPage.Markdown(new Validator([Planted("V01"), Planted("V02", wrong: true)], Level.Quick, 1, 1).Run());
        Assert.Contains("1 passed, 0 refuted as printed and true as corrected, 0 not applicable, 1 failed", page);
        Assert.Contains("**does not hold**", page);
        Assert.Contains("## V02 planted", page);
    }

    private static PlantedLaw Planted(string id, bool wrong = false) =>
        new(() => new Prediction().Absolute("x", wrong ? 9 : 0.5, 0.5), trial => new Measurement().Figure("x", trial.Random().NextUniform()), id: id);
}
