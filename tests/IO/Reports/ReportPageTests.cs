using System.Text.Json;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Report pages as Chromium shows them.</summary>
public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Offline, without complaints; what was given as text is text; charts have ink of their own colour.</summary>
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task A_page_is_drawn_without_network_or_complaint(string scheme)
    {
        BrowserPage page = await browser.Open(Write(), scheme: scheme);
        // ink: pixels of a chart in the colour of its first series
        JsonElement ink = await page.Evaluate("""
            new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve([...document.querySelectorAll("figure.chart canvas")].map(canvas => {
              const probe = canvas.getContext("2d"), data = probe.getImageData(0, 0, canvas.width, canvas.height).data;
              const wanted = getComputedStyle(document.documentElement).getPropertyValue("--s0").trim().slice(1).match(/../g).map(x => parseInt(x, 16));
              let count = 0;
              for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200 && wanted.every((c, k) => Math.abs(data[i + k] - c) < 8)) count++;
              return count;
            })))))
            """);
        Assert.Equal(3, ink.GetArrayLength());
        Assert.True(ink[0].GetInt32() > 400, $"{ink[0]} pixels of the line");
        Assert.True(ink[1].GetInt32() > 50, $"{ink[1]} pixels of the dashes");
        Assert.Equal(0, ink[2].GetInt32());
        Assert.Equal(scheme == "dark" ? "rgb(22, 23, 26)" : "rgb(255, 255, 255)", (await page.Evaluate("getComputedStyle(document.body).backgroundColor")).GetString());
        string shown = SamplePage.Hostile.Replace('\u0001', '\ufffd');
        Assert.Equal("Page " + shown, (await page.Evaluate("document.title")).GetString());
        Assert.Equal([shown, "measured"], await page.Texts("""[...document.querySelectorAll(".u-legend")[0].querySelectorAll(".u-series th .u-label")].slice(1).map(e => e.textContent)"""));
        Assert.Equal("\n  title: " + shown + "\n", (await page.Evaluate("""document.querySelector("pre").textContent""")).GetString());
        Assert.Equal(0, (await page.Evaluate("""document.querySelectorAll("img, iframe, link, script[src]").length""")).GetInt32());
        Assert.Empty(page.Problems);
        Assert.Empty(page.Requests);
    }

    /// <summary>A click sorts numbers by size, another turns them round; what is missing stays last.</summary>
    [Fact]
    public async Task Tables_are_sorted_by_a_click()
    {
        BrowserPage page = await browser.Open(Write());
        string[] rising = [.. Enumerable.Range(0, SamplePage.Numbers.Length).Where(i => !double.IsNaN(SamplePage.Numbers[i])).OrderBy(i => SamplePage.Numbers[i]).Select(i => $"row{i}")];
        await Click();
        Assert.Equal(string.Join(' ', rising) + " row3", await Sorted());
        Assert.Equal("ascending", (await page.Evaluate("""document.querySelectorAll("table.sortable th")[1].getAttribute("aria-sort")""")).GetString());
        await Click();
        Assert.Equal(string.Join(' ', rising.Reverse()) + " row3", await Sorted());

        async Task<string> Sorted() => string.Join(' ', await page.Texts("""[...document.querySelectorAll("table.sortable tbody tr")].map(row => row.cells[0].textContent)"""));
        async Task Click() => await page.Evaluate("""document.querySelectorAll("table.sortable th button")[1].click()""");
    }

    /// <summary>Every number survives the page in full precision, and nothing but drawings needs a script.</summary>
    [Fact]
    public async Task Without_scripts_the_numbers_are_there_to_the_last_bit()
    {
        BrowserPage page = await browser.Open(Write(), scripts: false);
        Assert.Equal(0, (await page.Evaluate("""document.querySelectorAll("canvas, button").length""")).GetInt32());
        string[] values = await page.Texts("""[...document.querySelectorAll("table.sortable td.number")].map(cell => cell.dataset.value)""");
        Assert.Equal(SamplePage.Numbers, values.Select(double.Parse));
        string[] cells = await page.Texts("""[...document.querySelectorAll("figure.chart")[0].querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => cell.textContent.trim()).join("|"))""");
        (double X, double Y)[] line = [.. cells.Select(row => row.Split('|')).Where(row => row[1] != "").Select(row => (double.Parse(row[0]), double.Parse(row[1])))];
        Assert.Equal(SamplePage.Times.Select(t => (t, Math.Exp(t))), line);
        Assert.Equal(["1|2|1|3", "1|3|2|4", "3|20|10|30"], cells.Select(row => row.Split('|')).Where(row => row[2] != "").Select(row => $"{row[0]}|{row[2]}|{row[3]}|{row[4]}"));
        Assert.Empty(page.Requests);
    }

    /// <summary>Links of the contents lead to sections, each its own, also where titles or anchors agree.</summary>
    [Fact]
    public async Task Contents_lead_to_sections()
    {
        BrowserPage page = await browser.Open(Write(), scripts: false);
        string[] links = await page.Texts("""[...document.querySelectorAll("nav a")].map(a => a.getAttribute("href"))"""), sections = await page.Texts("""[...document.querySelectorAll("section")].map(s => "#" + s.id)""");
        Assert.Equal(sections, links);
        Assert.Equal(2, links.Distinct().Count());
        Assert.All(links, link => Assert.Matches("^#[a-z0-9-]+$", link));
    }

    /// <summary>The colours of a heat map as the browser decodes them: viridis by log₁₀, row 0 at the bottom; dark where there is no value.</summary>
    [Fact]
    public async Task Heat_maps_show_their_values()
    {
        BrowserPage page = await browser.Open(Write());
        JsonElement pixels = await page.Evaluate("""
            (async () => {
              const picture = new Image();
              picture.src = document.querySelector(".heatmap image").getAttribute("href");
              await picture.decode();
              const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
              canvas.getContext("2d").drawImage(picture, 0, 0);
              return [picture.width, picture.height, ...canvas.getContext("2d").getImageData(0, 0, picture.width, picture.height).data];
            })()
            """);
        int[] numbers = [.. pixels.EnumerateArray().Select(x => x.GetInt32())];
        Assert.Equal([2, 3], numbers[..2]);
        // values by row from the top: {0, 1e-6}, {1e-3, NaN}, {1, 0.1} between 1e-6 and 1
        int dark = 0x440154, light = 0xfde725;
        int[] colours = [.. Enumerable.Range(0, 6).Select(i => numbers[2 + 4 * i] << 16 | numbers[3 + 4 * i] << 8 | numbers[4 + 4 * i])];
        Assert.Equal([dark, dark], colours[..2]);
        Assert.Equal([dark, light], [colours[3], colours[4]]);
        Assert.InRange(numbers[2 + 4 * 2 + 1], 0x88, 0x9e); // half-way, 0.5: (26828e, 1f9e89) green
        Assert.InRange(numbers[2 + 4 * 5 + 1], 0xb5, 0xde); // 5/6: green between 6ece58 and b5de2b
    }

    [Fact]
    public void The_same_data_give_the_same_bytes() => Assert.Equal(SamplePage.Create().ToHtml(), SamplePage.Create().ToHtml());

    [Fact]
    public void Rows_and_series_must_be_whole()
    {
        Assert.Throws<ArgumentException>(() => new ReportPage("", "", [new("", [new ReportTable("", ["a", "b"], [[1]])])]).ToHtml());
        Assert.Throws<ArgumentException>(() => new ReportPage("", "", [new("", [new ReportChart("", "", "", [new("", [1, 2], [1])])])]).ToHtml());
    }

    private string Write()
    {
        SamplePage.Create().Write(_folder["page.html"]);
        return _folder["page.html"];
    }
}
