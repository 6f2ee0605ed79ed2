using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Cli;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>What is said of memory, against what processes really take.</summary>
public sealed class MemoryTests : IDisposable
{
    /// <summary>How far what is said may be from what is taken.</summary>
    public const double Off = 0.15;

    /// <summary>Set to 1 to measure large runs as well (minutes).</summary>
    private const string Large = "MEANFIELD_LARGE_MEMORY";

    private const string Sphere = """
        title: memory
        dimension: 3
        attention: {normalization: softmax, beta: 9}
        initial:
          von_mises_fisher:
            - {mean: [0, 0, 1], concentration: 4, weight: 1}
            - {mean: [0.6, 0.64, 0.48], concentration: 3, weight: 0.7}
        method: {bandlimit: BANDLIMIT, max_bandlimit: BANDLIMIT, handover: stop}
        time: {until: UNTIL, every: EVERY}
        output: {degree: 32, fields: true}
        """;

    private const string Tokens = """
        title: memory
        dimension: 3
        attention: {normalization: softmax, beta: 5}
        initial: {tokens: {count: COUNT, law: uniform, seed: 3}}
        method: {scheme: particles}
        time: {until: 0.2, every: 0.05}
        output: {degree: 16, tokens: 2000, fields: true}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_density_takes_what_check_says() => RequireStated(Density(255, "0.03", "0.0015"));

    [Fact]
    public void Tokens_take_what_check_says() => RequireStated(Tokens.Replace("COUNT", "100000", StringComparison.Ordinal));

    [Theory]
    [InlineData("density, 51 outputs")]
    [InlineData("density, 101 outputs")]
    [InlineData("tokens")]
    public void Large_runs_take_what_check_says(string what)
    {
        if (Environment.GetEnvironmentVariable(Large) != "1") return;
        RequireStated(what switch
        {
            "density, 51 outputs" => Density(1023, "0.01", "0.0002"),
            "density, 101 outputs" => Density(255, "0.2", "0.002"),
            _ => Tokens.Replace("COUNT", "1000000", StringComparison.Ordinal),
        });
    }

    /// <summary>The bytes that construction and first use really allocate.</summary>
    [Theory]
    [InlineData(63)]
    [InlineData(200)]
    public void A_transform_holds_what_it_says(int bandlimit)
    {
        int degree = 3 * bandlimit;
        var attention = new Attention(Normalization.Softmax, 5);
        double[] coefficients = new double[(bandlimit + 1) * (bandlimit + 1)], potential = [0, 0.1, 0, 0];
        coefficients[0] = 1;
        double[] tendency = new double[coefficients.Length];
        HarmonicTransform.Create(3, 7, 21).AnalyzeWeightedGradient(coefficients.AsSpan(0, 64), potential, attention, tendency.AsSpan(0, 64)); // plans, threads
        long before = GC.GetAllocatedBytesForCurrentThread();
        HarmonicTransform transform = HarmonicTransform.Create(3, bandlimit, degree);
        transform.AnalyzeWeightedGradient(coefficients, potential, attention, tendency);
        long held = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange((double)HarmonicTransform.MemoryBytes(3, bandlimit, degree) / held, 0.85, 1.1);
    }

    [Theory]
    [InlineData("500MB", 500_000_000)]
    [InlineData("8 GB", 8_000_000_000)]
    [InlineData("1.5GiB", 1_610_612_736)]
    [InlineData("64kB", 64_000)]
    public void Sizes_are_decimal_or_binary(string text, long bytes) => Assert.Equal(bytes, MemoryLimit.Parse(text).Bytes);

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("GB")]
    [InlineData("-1GB")]
    [InlineData("much")]
    public void Other_sizes_are_refused(string text) => Assert.Throws<ArgumentException>(() => MemoryLimit.Parse(text));

    [Fact]
    public void By_default_a_run_may_take_no_more_than_is_free() =>
        Assert.InRange(MemoryLimit.Default.Bytes, 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Refused before the run folder exists, with what is needed, what is allowed and what to change; just enough is enough.</summary>
    [Fact]
    public void A_run_beyond_its_limit_is_refused()
    {
        File.WriteAllText(_folder["case.yaml"], Density(255, "0.002", "0.001"));
        long needed = Stated();
        foreach (string command in (string[])["run", "check"])
        {
            string[] arguments = command == "run" ? [command, _folder["case.yaml"], "--out", _folder["run"], "--quiet"] : [command, _folder["case.yaml"]];
            Command refused = Command.Run([.. arguments, "--max-memory", "100MB"]);
            Assert.Equal(6, refused.ExitCode);
            string sentence = Assert.Single(refused.Errors.Trim().Split('\n'));
            Assert.Contains(MemoryLimit.Text(needed), sentence, StringComparison.Ordinal);
            Assert.Contains("100 MB are allowed: lower method.max_bandlimit", sentence, StringComparison.Ordinal);
            Assert.Equal(2, Command.Run([.. arguments, "--max-memory", "plenty"]).ExitCode);
        }
        Assert.False(Directory.Exists(_folder["run"]));
        string enough = string.Create(CultureInfo.InvariantCulture, $"{needed / 1e6 + 0.001:F3}MB");
        Assert.Equal(0, Command.Run("run", _folder["case.yaml"], "--out", _folder["run"], "--quiet", "--max-memory", enough).ExitCode);
    }

    /// <summary>The states of a history that keeps none in memory, and those of one that keeps all.</summary>
    [Fact]
    public void A_history_on_disk_gives_the_same_snapshots()
    {
        Snapshot[] snapshots = [.. Enumerable.Range(0, 5).Select(k => new Snapshot(k, 2, [1, k, 2, 3 * k, 4], new Observables { Energy = k }) { Positions = k < 2 ? null : [1, 0], IsTruncated = k > 3 })];
        foreach (long kept in (long[])[0, 90, 1 << 20])
        {
            var journal = new Journal(_folder[$"{kept}"]);
            var history = new JournalHistory(journal, kept);
            foreach (Snapshot snapshot in snapshots) history.Add(snapshot);
            var later = new JournalHistory(journal, kept);
            later.Open(journal.Count());
            foreach (JournalHistory one in (JournalHistory[])[history, later])
            {
                Assert.Equal(snapshots.Select(SnapshotOutline.Of), one.Outlines);
                for (int k = 0; k < 5; k++)
                {
                    Assert.Equal(snapshots[k].Coefficients, one[k].Coefficients);
                    Assert.Equal(snapshots[k].Positions, one[k].Positions);
                }
            }
        }
    }

    private static string Density(int bandlimit, string until, string every) => Sphere
        .Replace("BANDLIMIT", bandlimit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("UNTIL", until, StringComparison.Ordinal).Replace("EVERY", every, StringComparison.Ordinal);

    private long Stated()
    {
        Command check = Command.Run("check", _folder["case.yaml"], "--json");
        Assert.Equal(0, check.ExitCode);
        return JsonDocument.Parse(check.Output).RootElement.GetProperty("maximum_memory_bytes").GetInt64();
    }

    // The peak of the resident set, as the system keeps it, against the statement.
    private void RequireStated(string text)
    {
        File.WriteAllText(_folder["case.yaml"], text);
        double stated = Stated(), peak = 0;
        using Process process = Command.Start("run", _folder["case.yaml"], "--out", _folder["run"], "--quiet");
        while (!process.HasExited)
        {
            try
            {
                string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null) peak = Math.Max(peak, 1024 * double.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // it has just ended
            }
            Thread.Sleep(5);
        }
        Assert.Equal(0, process.ExitCode);
        Assert.True(Math.Abs(stated / peak - 1) < Off, $"{stated / 1e6:F0} MB stated, {peak / 1e6:F0} MB taken");
    }
}
