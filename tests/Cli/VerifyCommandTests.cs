using System.Diagnostics;
using System.Text.Json;
using Meanfield.IO;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

/// <summary>verify, cite and a limit on file sizes, as users meet them.</summary>
public class VerifyCommandTests
{
    [Fact]
    public void Verify_says_line_by_line_what_holds_and_sha256sum_agrees()
    {
        using var folder = new TemporaryFolder();
        SampleRuns.Finish(SampleRuns.Case(), folder["run"]);
        Command good = Command.Run("verify", folder["run"]);
        Assert.Equal(0, good.ExitCode);
        Assert.Contains("ok      result.h5: ", good.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", good.Output, StringComparison.Ordinal);
        Assert.Equal(0, Checksums(folder["run"]));

        byte[] bytes = File.ReadAllBytes(folder["run/result.h5"]);
        bytes[4000] ^= 1;
        File.WriteAllBytes(folder["run/result.h5"], bytes);
        Assert.Equal(1, Checksums(folder["run"]));
        Command bad = Command.Run("verify", folder["run"], "--json");
        Assert.Equal(5, bad.ExitCode);
        JsonElement json = JsonDocument.Parse(bad.Output).RootElement;
        Assert.False(json.GetProperty("holds").GetBoolean());
        Assert.Equal("finished", json.GetProperty("state").GetString());
        JsonElement failed = Assert.Single(json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("holds") is { ValueKind: JsonValueKind.False });
        Assert.Equal("result.h5", failed.GetProperty("check").GetString());
        File.WriteAllText(folder["case.yaml"], SampleRuns.Tokens.Replace("SEED", "1", StringComparison.Ordinal));
        Command resumed = Command.Run("run", folder["run/case.yaml"], "--out", folder["run"], "--resume");
        Assert.Equal(5, resumed.ExitCode);
        Assert.Contains("result.h5 is damaged", resumed.Errors, StringComparison.Ordinal);
        Assert.Equal(4, Command.Run("verify", folder["nothing"]).ExitCode);
    }

    [Fact]
    public void An_unfinished_run_is_resumable_to_its_last_checkpoint()
    {
        using var folder = new TemporaryFolder();
        SampleRuns.Stop(SampleRuns.Case(), folder["run"], 0.2);
        Command command = Command.Run("verify", folder["run"]);
        Assert.Equal(0, command.ExitCode);
        Assert.Contains("resumable to t = 0.2", command.Output, StringComparison.Ordinal);
        Assert.Contains("--resume", command.Output, StringComparison.Ordinal);
        Assert.Equal(4, Command.Run("cite", folder["run"]).ExitCode);
    }

    [Fact]
    public void Cite_prints_text_json_and_bibtex()
    {
        using var folder = new TemporaryFolder();
        SampleRuns.Finish(SampleRuns.Case(), folder["run"]);
        string[] keys = [.. CitedRun.Open(folder["run"]).Citations.Select(citation => citation.Work.Key)];
        string bibtex = Command.Run("cite", folder["run"], "--bibtex").Output;
        Assert.Equal(keys, bibtex.Split('\n').Where(line => line.StartsWith('@')).Select(line => line.Split('{')[1].TrimEnd(',')));
        JsonElement json = JsonDocument.Parse(Command.Run("cite", folder["run"], "--json").Output).RootElement;
        Assert.Equal(keys, json.EnumerateArray().Select(citation => citation.GetProperty("work").GetProperty("key").GetString()));
        Assert.Contains("arXiv:2512.01868", Command.Run("cite", folder["run"]).Output, StringComparison.Ordinal);
    }

    /// <summary>ulimit -f sends SIGXFSZ, which ends a process that does not expect it; a quota (EDQUOT) is refused like it, by an error alone.</summary>
    [Fact]
    public void A_limit_on_file_sizes_is_a_failed_write()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], SampleRuns.Tokens.Replace("SEED", "1", StringComparison.Ordinal));
        SampleRuns.Finish(SampleRuns.Case(), folder["whole"]);
        string program = Path.Combine(AppContext.BaseDirectory, "meanfield.dll");
        string script = $"ulimit -f 12; exec dotnet '{program}' run '{folder["case.yaml"]}' --out '{folder["run"]}' --quiet";
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // the runtime's own large file would meet the limit first
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 5, $"{process.ExitCode} {errors}");
        Assert.Contains("could not write", errors, StringComparison.Ordinal);
        Assert.Contains("the run is safe up to t = ", errors, StringComparison.Ordinal);
        Assert.True(RunVerification.Of(folder["run"]).Holds);
        SampleRuns.Resume(SampleRuns.Case(), folder["run"]);
        SampleRuns.RequireSame(folder["whole"], folder["run"]);
    }

    private static int Checksums(string run)
    {
        using Process process = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--strict", "--quiet", RunManifest.FileName]) { WorkingDirectory = run, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
