using System.Diagnostics;
using System.Globalization;
using Meanfield.IO;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

/// <summary>Runs that are killed, signalled or started twice, in processes of their own.</summary>
public class InterruptedRunTests
{
    /// <summary>Seconds from a signal to the end of the process, where a step takes less.</summary>
    public const double StopSeconds = 2;

    /// <summary>Output intervals that a kill may cost.</summary>
    public const int IntervalsLost = 1;

    /// <summary>Kills that the suite does; MEANFIELD_KILLS asks for more, over more cases.</summary>
    public const int KillsInSuite = 25;

    private static readonly string? Campaign = Environment.GetEnvironmentVariable("MEANFIELD_KILLS");

    private const string Handover = """
        dimension: 2
        attention: {normalization: none, beta: 5}
        initial: {modes: [{degree: 3, order: 1, amplitude: 0.05}, {degree: 2, order: -1, amplitude: 0.01}]}
        method: {max_bandlimit: 95}
        time: {until: 0.18, every: 0.002}
        output: {degree: 20, tokens: 50, fields: true}
        """;

    private const string Sphere = """
        dimension: 3
        attention: {normalization: softmax, beta: 4, noise: 0.01}
        initial: {poisson: {radius: 0.2, axis: [0, 0.6, 0.8]} }
        method: {tolerance: 1.0e-7}
        time: {until: 3, every: 0.05}
        output: {degree: 10, fields: false}
        """;

    private const string Characteristics = """
        dimension: 4
        attention: {normalization: softmax, beta: 3}
        initial: {poisson: {radius: 0.2, axis: [0, 0, 0, 1]} }
        method: {scheme: characteristics}
        time: {until: 5, every: 0.1}
        output: {degree: 10, tokens: 30, fields: false}
        """;

    private const string Particles = """
        dimension: 3
        attention: {normalization: softmax, beta: 3, noise: NOISE}
        initial: {poisson: {radius: 0.2, axis: [0, 0.6, 0.8]} }
        method: {scheme: particles, tokens: 1200, forces: direct}
        time: {until: 2, every: 0.05}
        output: {degree: 10, tokens: 30, fields: false}
        """;

    private const string Perturbation = """
        dimension: 3
        attention: {normalization: softmax, beta: 5}
        initial: {modes: [{degree: 2, order: 1, amplitude: 0.001}, {degree: 3, order: -2, amplitude: 0.0005}]}
        method: {scheme: perturbation, order: 6, bandlimit: 31}
        time: {until: 1, every: 0.002}
        output: {degree: 10, fields: false}
        """;

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = new()
            {
                { "handover", Handover }, { "sphere", Sphere }, { "characteristics", Characteristics },
                { "particles", Particles.Replace("NOISE", "0", StringComparison.Ordinal) }, { "noisy particles", Particles.Replace("NOISE", "0.05", StringComparison.Ordinal) },
            };
            if (Campaign is null) return cases;
            cases.Add("perturbation", Perturbation);
            cases.Add("circle", Handover.Replace("max_bandlimit: 95", "max_bandlimit: 2047", StringComparison.Ordinal));
            cases.Add("zonal", Characteristics.Replace("characteristics", "spectral", StringComparison.Ordinal).Replace("beta: 3", "beta: 3, noise: 0.05", StringComparison.Ordinal));
            return cases;
        }
    }

    /// <summary>kill -9 at least five times at random moments: what is published is whole, at most one output is lost each time, and the end has the bits of a run left alone.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Killed_runs_end_with_the_bits_of_whole_ones(string name, string yaml)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], yaml);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Command.Run("run", folder["case.yaml"], "--out", folder["whole"], "--quiet").ExitCode);
        double seconds = clock.Elapsed.TotalSeconds;
        var random = new Random(name.Length);
        string[] arguments = ["run", folder["case.yaml"], "--out", folder["run"], "--quiet"];
        int wanted = (int)Math.Ceiling((Campaign is null ? KillsInSuite : double.Parse(Campaign, CultureInfo.InvariantCulture)) / Cases.Count);
        for (int kills = 0; kills < wanted;)
        {
            string threads = random.Next(1, 4).ToString(CultureInfo.InvariantCulture); // the bits do not depend on them
            using Process process = Command.StartWith("MEANFIELD_THREADS", threads, File.Exists(folder["run/case.yaml"]) ? [.. arguments, "--resume"] : arguments);
            if (process.WaitForExit(TimeSpan.FromSeconds((0.15 + 0.5 * random.NextDouble()) * seconds)))
            {
                RequireSame(folder); // finished in spite of its kills: those that are left go to a new run
                Directory.Delete(folder["run"], recursive: true);
                continue;
            }
            process.Kill();
            process.WaitForExit();
            kills++;
            RequireWhole(folder["run"]);
        }
        Command rest = Command.Run(File.Exists(folder["run/case.yaml"]) ? [.. arguments, "--resume"] : arguments);
        Assert.True(rest.ExitCode == 0 || rest.Errors.Contains("is complete", StringComparison.Ordinal), rest.Errors);
        RequireSame(folder);
    }

    [Fact]
    public void A_signal_stops_a_run_resumably_and_two_runs_in_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], Particles.Replace("NOISE", "0.05", StringComparison.Ordinal).Replace("until: 2,", "until: 2000,", StringComparison.Ordinal));
        string[] arguments = ["run", folder["case.yaml"], "--out", folder["run"], "--quiet"];
        using Process process = Command.Start(arguments);
        Await(folder["run/journal/000002.h5"]);
        foreach (string how in (string[])["--resume", "--overwrite", "--quiet"])
        {
            Command second = Command.Run([.. arguments, how]);
            Assert.Equal(4, second.ExitCode);
            Assert.Contains($"in use by process {process.Id} on {Environment.MachineName}", second.Errors, StringComparison.Ordinal);
        }
        var clock = Stopwatch.StartNew();
        Send("TERM", process);
        string sentence = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(clock.Elapsed.TotalSeconds < StopSeconds, $"{clock.Elapsed} until the run stopped");
        Assert.Equal(3, process.ExitCode);
        Assert.Contains("--resume", sentence, StringComparison.Ordinal);
        RequireWhole(folder["run"]);
        int before = CheckpointFile.Read(folder["run"])!.Snapshots;

        for (double seconds = 0.5; CheckpointFile.Read(folder["run"])!.Snapshots == before; seconds *= 2) // a loaded machine may take longer to start than the run may
        {
            Assert.True(seconds < 60, "no output in 32 s");
            Assert.Equal(3, Command.Run([.. arguments, "--resume", "--max-time", string.Create(CultureInfo.InvariantCulture, $"{seconds}s")]).ExitCode);
        }
        Command other = Command.Run([.. arguments, "--resume", "--set", "attention.beta=3.5"]);
        Assert.Equal(4, other.ExitCode);
        Assert.Contains("'beta: 3'", other.Errors, StringComparison.Ordinal);
        Assert.Contains("'beta: 3.5'", other.Errors, StringComparison.Ordinal);
        Command anew = Command.Run(arguments);
        Assert.Equal(4, anew.ExitCode);
        Assert.Contains("--resume", anew.Errors, StringComparison.Ordinal);
        Assert.Equal(2, Command.Run([.. arguments, "--resume", "--max-time", "soon"]).ExitCode);
    }

    /// <summary>In the campaign: SIGTERM at a random moment stops a run of every scheme in time, resumably, and it ends with the bits of a run left alone.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_scheme_stops_in_time(string name, string yaml)
    {
        if (Campaign is null) return;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], yaml);
        Assert.Equal(0, Command.Run("run", folder["case.yaml"], "--out", folder["whole"], "--quiet").ExitCode);
        string[] arguments = ["run", folder["case.yaml"], "--out", folder["run"], "--quiet"];
        using Process process = Command.Start(arguments);
        Await(folder["run/checkpoint.h5"]);
        Thread.Sleep(new Random(name.Length).Next(200));
        var clock = Stopwatch.StartNew();
        if (!process.HasExited) Send("TERM", process);
        process.WaitForExit();
        Assert.True(clock.Elapsed.TotalSeconds < StopSeconds, $"{clock.Elapsed} until the run stopped");
        Assert.Contains(process.ExitCode, (int[])[0, 3]);
        if (process.ExitCode == 3) Assert.Equal(0, Command.Run([.. arguments, "--resume"]).ExitCode);
        RequireSame(folder);
    }

    /// <summary>One step of 30,000 tokens by all pairs takes seconds: the first signal waits for it, the second does not.</summary>
    [Fact]
    public void A_second_signal_stops_at_once()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], Particles.Replace("NOISE", "0", StringComparison.Ordinal).Replace("tokens: 1200", "tokens: 30000", StringComparison.Ordinal));
        using Process process = Command.Start("run", folder["case.yaml"], "--out", folder["run"], "--quiet");
        Await(folder["run/checkpoint.h5"]);
        TimeSpan published = process.TotalProcessorTime;
        while (!process.HasExited && process.TotalProcessorTime - published < TimeSpan.FromSeconds(0.5)) Thread.Sleep(10); // until it is in the midst of the step
        Send("INT", process);
        Thread.Sleep(300);
        Assert.False(process.HasExited);
        var clock = Stopwatch.StartNew();
        Send("INT", process);
        process.WaitForExit();
        Assert.True(clock.Elapsed.TotalSeconds < 2, $"{clock.Elapsed} until the run stopped");
        Assert.NotEqual(0, process.ExitCode);
        RequireWhole(folder["run"]);
    }

    // The files of the folder run are those of the folder whole, bit by bit, but for those that tell how long the run took and when it began.
    private static void RequireSame(TemporaryFolder folder)
    {
        string[] Names(string run) => [.. Directory.EnumerateFileSystemEntries(folder[run]).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
        Assert.Equal(Names("whole"), Names("run"));
        foreach (string file in Names("whole").Where(file => file is not ("provenance.json" or RunManifest.FileName)))
            Assert.True(File.ReadAllBytes(folder["whole/" + file]).AsSpan().SequenceEqual(File.ReadAllBytes(folder["run/" + file])), file);
    }

    private static void RequireWhole(string run)
    {
        if (File.Exists(Path.Combine(run, "result.h5")))
        {
            ResultFile.Open(Path.Combine(run, "result.h5")).Dispose();
            return;
        }
        string journal = Path.Combine(run, "journal");
        string[] snapshots = Directory.Exists(journal) ? Directory.GetFiles(journal, "0*.h5") : [];
        for (int k = 0; k < snapshots.Length; k++) RunFolder.Existing(run).Journal.Read(k);
        foreach (string file in Directory.Exists(run) ? Directory.GetFiles(run, "checkpoint*.h5") : []) Seal.Require(file);
        int safe = Directory.Exists(run) ? CheckpointFile.Read(run)?.Snapshots ?? 0 : 0;
        Assert.InRange(snapshots.Length - safe, 0, 1 + IntervalsLost); // one between the two files of an output, and one more between the generations of the checkpoint
    }

    private static void Send(string signal, Process process)
    {
        using Process kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static void Await(string path)
    {
        for (int k = 0; k < 1200 && !File.Exists(path); k++) Thread.Sleep(25);
        Assert.True(File.Exists(path), path);
    }
}
