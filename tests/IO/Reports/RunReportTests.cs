using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Reports of runs as Chromium shows them.</summary>
public sealed class RunReportTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The published β = 5 experiment: rates of THEORY 2.3, the numbers of result.h5 to the last bit, and the same bytes from the same files.</summary>
    [Fact]
    public async Task A_run_leaves_a_report_with_theory_and_measurement()
    {
        Case @case = CaseReader.Parse("""
            title: Three clusters
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {tokens: {count: 5000, seed: 12345}}
            method: {scheme: particles}
            time: {until: 0.5, every: 0.02}
            output: {fields: false}
            """, "case.yaml");
        RunFolder folder = RunFolder.Create(_folder["run"], overwrite: false);
        new CaseRunner(@case).Run(folder);
        RunReport.Write(folder.Path, _folder["again.html"]);
        Assert.Equal(File.ReadAllBytes(folder.FilePath("report.html")), File.ReadAllBytes(_folder["again.html"]));

        BrowserPage page = await browser.Open(folder.FilePath("report.html"));
        Assert.Empty(page.Problems);
        Assert.Empty(page.Requests);
        Assert.Equal("Three clusters", (await page.Evaluate("document.title")).GetString());
        string[] rates = await page.Texts("""[...document.querySelectorAll("#phases table")[1].tBodies[0].rows].map(row => [0, 1, 2].map(k => row.cells[k].dataset.value).join(" "))""");
        double[] third = [.. rates.Select(row => row.Split(' ').Select(double.Parse).ToArray()).Single(row => row[0] == 3)];
        Assert.Equal(18.5960703045, third[1], 1e-9);
        Assert.Equal(1, third[2] / third[1], 0.1);

        using ResultFile result = ResultFile.Open(folder.FilePath("result.h5"));
        string[] energies = await page.Texts("""[...document.querySelector("#energy figure.chart details").querySelectorAll("tbody tr")].map(row => row.cells[0].textContent.trim() + " " + row.cells[1].textContent.trim())""");
        Assert.Equal(result.Time.Zip(result.Diagnostic("energy")), energies.Select(row => row.Split(' ')).Select(row => (double.Parse(row[0]), double.Parse(row[1]))));
        Assert.Equal(result.Diagnostic("clusters")[^1], (await page.Evaluate("""document.querySelector("#order-and-clusters table.sortable").tBodies[0].rows.length""")).GetInt32());
        Assert.Equal((await page.Evaluate("""document.querySelectorAll("figure.chart").length""")).GetInt32(), (await page.Evaluate("""document.querySelectorAll("figure.chart canvas").length""")).GetInt32());
        string[] provenance = await page.Texts("""[...document.querySelectorAll("#provenance tbody tr")].map(row => row.cells[0].textContent)""");
        Assert.Equal(["version", "seed", "Fourier engine", "libhdf5", "forces"], provenance);
    }

    /// <summary>Written while the run is at hand or from its files alone, the report has the same bytes, wherever they lie; degrees beyond the bandlimit, clusters and characteristics included.</summary>
    [Theory]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: 2}\ninitial: {modes: [{degree: 2, order: 1, amplitude: 0.1}]}\nmethod: {max_bandlimit: 23}\ntime: {until: 0.1, every: 0.05}\noutput: {degree: 40, fields: false}\n")]
    [InlineData("dimension: 2\nattention: {normalization: none, beta: 4}\ninitial: {modes: [{degree: 2, order: 1, amplitude: 0.1}]}\nmethod: {max_bandlimit: 47}\ntime: {until: 0.4, every: 0.05}\noutput: {degree: 8, tokens: 20, fields: false}\n")]
    public void A_report_written_again_has_the_same_bytes(string yaml)
    {
        Assert.Equal(OutcomeKind.Completed, SampleRuns.Finish(CaseReader.Parse(yaml, "case.yaml"), _folder["run"]).Kind);
        Directory.Move(_folder["run"], _folder["moved"]);
        RunReport.Write(_folder["moved"], _folder["again.html"]);
        Assert.Equal(File.ReadAllText(_folder["moved/report.html"]), File.ReadAllText(_folder["again.html"]));
    }

    /// <summary>Results of any dimension and with anything missing, their case and title full of markup, make pages without complaint.</summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 4)]
    [InlineData(5, 0)]
    public async Task Any_result_has_a_report(int dimension, int tokens)
    {
        Result sample = SampleResult.Create(dimension, 3, 3, tokens: tokens);
        Publish(sample with { Header = sample.Header with { Title = SamplePage.Hostile } });
        BrowserPage page = await browser.Open(_folder["report.html"]);
        Assert.Empty(page.Problems);
        Assert.Empty(page.Requests);
        Assert.Equal(SamplePage.Hostile.Replace('\u0001', '\ufffd'), (await page.Evaluate("document.title")).GetString());
        Assert.Equal(SampleResult.Case, (await page.Evaluate("""document.querySelector("#case pre").textContent""")).GetString());
        Assert.Equal(["resolution lost"], await page.Texts("""[...document.querySelectorAll("#outcome .bad")].map(e => e.textContent)"""));
    }

    /// <summary>A long run with a long case stays below a megabyte, shows its first and last time, and says that there are more.</summary>
    [Fact]
    public async Task Reports_stay_small()
    {
        Result sample = SampleResult.Create(2, 8, 1);
        Snapshot[] snapshots = [.. Enumerable.Range(0, 1000).Select(k => sample.Snapshots[0] with { Time = k / 7.0, Observables = sample.Snapshots[0].Observables with { Energy = Math.Sin(k) } })];
        Publish(sample with { Snapshots = SnapshotHistory.Of(snapshots), Header = sample.Header with { Case = new string('x', 3_000_000) } });
        Assert.InRange(new FileInfo(_folder["report.html"]).Length, 100_000, 1_000_000);
        BrowserPage page = await browser.Open(_folder["report.html"]);
        string[] times = await page.Texts("""[...document.querySelector("#energy figure.chart details").querySelectorAll("tbody tr")].map(row => row.cells[0].textContent.trim())""");
        Assert.Equal(400, times.Distinct().Count());
        Assert.Equal([0, 999 / 7.0], [double.Parse(times[0]), double.Parse(times[^1])]);
        Assert.Contains("400 of 1000 output times", (await page.Evaluate("""document.querySelector("#outcome").textContent""")).GetString());
    }

    /// <summary>1 + √2·½ sin θ, then 1 + √2·½ cos θ: the picture is brightest at a quarter turn from the bottom, then at its edges.</summary>
    [Fact]
    public async Task The_density_of_the_circle_is_where_it_is()
    {
        Result sample = SampleResult.Create(2, 8, 2);
        var basis = new HarmonicBasis(2, 8);
        double[] Bump(int order)
        {
            var state = new double[basis.Count];
            (state[0], state[basis.IndexOf(1, order)]) = (1, 0.5);
            return state;
        }
        Snapshot[] bumps = [.. new[] { -1, 1 }.Select((order, k) => sample.Snapshots[0] with { Time = k, Bandlimit = 8, Coefficients = Bump(order) })];
        Publish(sample with { Snapshots = SnapshotHistory.Of(bumps) });
        BrowserPage page = await browser.Open(_folder["report.html"]);
        int[] greens = [.. (await page.Evaluate("""
            (async () => {
              const picture = new Image();
              picture.src = document.querySelector("#density .heatmap image").getAttribute("href");
              await picture.decode();
              const canvas = Object.assign(document.createElement("canvas"), { width: 2, height: 256 });
              canvas.getContext("2d").drawImage(picture, 0, 0);
              return [...canvas.getContext("2d").getImageData(0, 0, 2, 256).data].filter((_, i) => i % 4 === 1);
            })()
            """)).EnumerateArray().Select(x => x.GetInt32())];
        int At(int column, double turn) => greens[2 * (255 - (int)(256 * turn)) + column]; // green rises along the palette
        Assert.Equal(Enumerable.Range(0, 256).Max(row => greens[2 * row]), At(0, 0.25));
        Assert.Equal(Enumerable.Range(0, 256).Min(row => greens[2 * row]), At(0, 0.75));
        Assert.Equal(Enumerable.Range(0, 256).Max(row => greens[2 * row + 1]), At(1, 0));
        Assert.Equal(Enumerable.Range(0, 256).Min(row => greens[2 * row + 1]), At(1, 0.5));
        Assert.True(At(0, 0.25) > At(0, 0.5) && At(0, 0.5) > At(0, 0.75));
    }

    private void Publish(Result result)
    {
        ResultFile.Write(_folder["result.h5"], result);
        RunReport.Write(_folder.FullName, RunReport.DefaultFor(_folder.FullName));
    }
}
