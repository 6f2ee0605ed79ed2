using Meanfield.Tests.IO;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>report.html of a validation as Chromium shows it.</summary>
public sealed class ValidationHtmlTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const string Case = "dimension: 2\n# " + SamplePage.Hostile + "\n";

    private static readonly double[] X = [1, 2, 4, 8], Y = [1.0 / 3, 0.7, 16.1, 64];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The table has every verdict, its links lead to the claims, and these say what was claimed, where from, how measured and how to do it again.</summary>
    [Fact]
    public async Task Every_claim_is_told()
    {
        BrowserPage page = await Open([Passed, Failed, NotApplicable, BrokenOff, Refuted]);
        Assert.Equal(["passed", "failed", "not applicable", "failed", "refuted as printed, true as corrected"], await page.Texts("""[...document.querySelector("table.sortable").tBodies[0].rows].map(row => row.cells[10].textContent)"""));
        Assert.Equal(2, await Count("#claims td.good"));
        Assert.Equal(3, await Count("#claims td.bad"));
        Assert.Equal(["x", "2", "1 ± 0.01", "-0.5", "0.1 rel"], await page.Texts("""[4, 5, 6, 7, 8].map(k => document.querySelector("table.sortable").tBodies[0].rows[1].cells[k].textContent)"""));
        Assert.Equal(["#v01", "#v02", "#v03", "#v04", "#v05"], await page.Texts("""[...document.querySelectorAll("#claims tbody a")].map(a => a.getAttribute("href"))"""));
        string shown = SamplePage.Hostile.Replace('\u0001', '\ufffd');
        string words = (await page.Evaluate("""document.querySelector("#v01").textContent""")).GetString()!;
        Assert.All(["statement " + shown, "Source: source " + shown, "Hypotheses: hypothesis " + shown, "Measured: method", "Tolerance: tolerance", "corrected here", "derived, c99"], text => Assert.Contains(text, words));
        Assert.Equal(["meanfield validate V01 --quick --seed 7", Case.Replace('\u0001', '\ufffd')], await page.Texts("""[...document.querySelectorAll("#v01 pre")].map(e => e.textContent)"""));
        Assert.Equal(["does not hold"], await page.Texts("""[...document.querySelectorAll("#v02 td.bad")].map(e => e.textContent)"""));
        Assert.Contains("Violated: x is odd", (await page.Evaluate("""document.querySelector("#v03").textContent""")).GetString());
        Assert.Contains(shown, (await page.Evaluate("""document.querySelector("#v04 pre").textContent""")).GetString());
        Assert.Equal(["missed", "holds"], await page.Texts("""[...document.querySelectorAll("#v05 tbody td.good")].map(e => e.textContent)"""));
        Assert.Empty(page.Problems);
        Assert.Empty(page.Requests);

        async Task<int> Count(string selector) => (await page.Evaluate($"document.querySelectorAll('{selector}').length")).GetInt32();
    }

    /// <summary>Measured and predicted curves and what is between them, to the last bit; relative where the tolerance is.</summary>
    [Fact]
    public async Task Curves_stand_beside_their_predictions()
    {
        BrowserPage page = await Open([Passed]);
        double[][] plain = await Table(0), difference = await Table(1), logarithmic = await Table(2), ratio = await Table(3), alone = await Table(4);
        Assert.Equal(X.Zip(Y, (x, y) => (double[])[x, y, x * x]), plain);
        Assert.Equal(X.Zip(Y, (x, y) => (double[])[x, y - x * x]), difference);
        Assert.Equal(plain, logarithmic);
        Assert.Equal(X.Zip(Y, (x, y) => (double[])[x, y / (x * x) - 1]), ratio);
        Assert.Equal(X.Zip(Y, (x, y) => (double[])[x, y]), alone);
        Assert.Equal(["points dashed", "points", "points dashed", "points", "points"], await page.Texts("""[...document.querySelectorAll("figure.chart")].map(chart => [...chart.querySelectorAll("th[data-style]")].map(head => head.dataset.style).join(" "))"""));
        Assert.Equal("false false true false false", await Flags("logY"));
        Assert.Equal("false false true true false", await Flags("logX"));
        Assert.Equal(5, (await page.Evaluate("""document.querySelectorAll("figure.chart canvas").length""")).GetInt32());
        Assert.Empty(page.Problems);

        async Task<double[][]> Table(int chart) => [.. (await page.Texts($$"""[...document.querySelectorAll("figure.chart")[{{chart}}].querySelectorAll("details tbody tr")].map(row => [...row.cells].map(cell => cell.textContent.trim()).join(" "))"""))
            .Select(row => row.Split(' ').Select(double.Parse).ToArray())];
        async Task<string?> Flags(string name) => (await page.Evaluate($$"""[...document.querySelectorAll("figure.chart")].map(chart => "{{name}}" in chart.dataset).join(" ")""")).GetString();
    }

    /// <summary>Claims of the list: all charts are drawn, nothing is asked of the network, and the file stays small.</summary>
    [Fact]
    public async Task Real_claims_are_drawn()
    {
        IReadOnlyList<Law> laws = LawList.Find(["V01", "V02", "V08", "V55"]);
        new Validator(laws, Level.Quick, 1, 1).Run(new ReportFolder(_folder["report"]));
        string path = Path.Combine(_folder["report"], "report.html");
        Assert.InRange(new FileInfo(path).Length, 100_000, 1_000_000);
        BrowserPage page = await browser.Open(path);
        int charts = (await page.Evaluate("""document.querySelectorAll("figure.chart").length""")).GetInt32();
        Assert.True(charts > 60, $"{charts} charts");
        Assert.Equal(charts, (await page.Evaluate("""document.querySelectorAll("figure.chart canvas").length""")).GetInt32());
        Assert.Equal(laws.Count + 1, (await page.Evaluate("""document.querySelectorAll("nav a").length""")).GetInt32());
        Assert.Empty(page.Problems);
        Assert.Empty(page.Requests);
    }

    private static ClaimReport Passed => Rule("V01", () => new Prediction().Curve("f", x => x * x, 10).RelativeCurve("g", x => x * x, 10), _ => new Measurement()
        .Curve("f", "x", X, Y).Curve(new Curve("g", "x", X, Y) { LogX = true, LogY = true }).Curve("h", "x", X, Y));

    private static ClaimReport Failed => Rule("V02", () => new Prediction().Relative("x", 2, 0.1), _ => new Measurement().Figure("x", 1, 0.01));

    private static ClaimReport NotApplicable => Rule("V03", () => new Prediction().Relative("x", 1, 0.1), _ => new Measurement().Figure("x", 1).Violates("x is odd"));

    private static ClaimReport BrokenOff => Rule("V04", () => new Prediction(), _ => throw new InvalidOperationException(SamplePage.Hostile));

    private static ClaimReport Refuted => Rule("V05", () => new Prediction().Printed("x", 2, 0.1).Relative("x", 1, 0.1), _ => new Measurement().Figure("x", 1), ClaimStatus.RefutedAsPrinted);

    private static ClaimReport Rule(string id, Func<Prediction> predict, Func<Trial, Measurement> measure, ClaimStatus status = ClaimStatus.Corrected)
    {
        ClaimReport report = Judge.Rule(new PlantedLaw(predict, measure, status, id), new Trial(id, Level.Quick, 7));
        return report with
        {
            Claim = report.Claim with
            {
                Statement = "statement " + SamplePage.Hostile,
                Source = "source " + SamplePage.Hostile,
                Tag = "derived, c99",
                Hypotheses = ["hypothesis " + SamplePage.Hostile],
                Method = "method",
                Tolerance = "tolerance",
                Case = Case,
            },
        };
    }

    private async Task<BrowserPage> Open(ClaimReport[] claims)
    {
        ValidationHtml.Of(ValidationReport.Of(Level.Quick, 7, claims)).Write(_folder["report.html"]);
        return await browser.Open(_folder["report.html"]);
    }
}
