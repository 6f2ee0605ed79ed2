using System.Text.Json;
using Meanfield.IO;
using Meanfield.Tests.House;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

/// <summary>The run command as a user meets it: files, exit codes, sentences.</summary>
public class RunCommandTests
{
    private const string Circle = """
        dimension: 2
        attention: {normalization: none, beta: 4}
        initial: {modes: [{degree: 1, order: 1, amplitude: 0.08}, {degree: 2, order: -1, amplitude: -0.05}, {degree: 3, order: 1, amplitude: -0.06}]}
        method: {tolerance: 1e-11}
        time: {until: 0.15, every: 0.05}
        """;

    [Fact]
    public void A_run_leaves_a_complete_folder_with_the_right_coefficients()
    {
        using var folder = new TemporaryFolder();
        string run = Solve(folder, Circle, 0);
        foreach (string name in (string[])["case.yaml", "provenance.json", "series.csv", "result.h5", "fields.vtkhdf", "fields.xdmf", "fields.xdmf2", "report.html"])
            Assert.True(File.Exists(Path.Combine(run, name)), name);
        using ResultFile result = ResultFile.Open(Path.Combine(run, "result.h5"));
        Assert.Equal([0, 0.05, 0.1, 0.15], result.Time, (a, b) => Math.Abs(a - b) < 1e-15);
        double[] last = result.Coefficients(3);
        foreach (double[] row in ReferenceTable.Read("density.csv").Where(row => row[0] == 1 && row[1] < last.Length))
            Assert.Equal(row[2], last[(int)row[1]], 2e-10);
        Case written = CaseReader.Read(Path.Combine(run, "case.yaml"));
        Assert.Equal(1e-11, written.Method.Tolerance);
        JsonElement provenance = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "provenance.json"))).RootElement;
        Assert.Equal("built_in", provenance.GetProperty("fourier_engine").GetString());
    }

    /// <summary>The files as h5py, xarray and ParaView see them, against scipy's evaluation of the same coefficients.</summary>
    [Theory]
    [InlineData(2, "softmax")]
    [InlineData(3, "softmax")]
    [InlineData(3, "none")]
    public void Python_and_ParaView_see_the_right_fields(int dimension, string normalization)
    {
        string modes = dimension == 2
            ? "[{degree: 1, order: 1, amplitude: 0.2}, {degree: 3, order: -1, amplitude: 0.3}]"
            : "[{degree: 1, order: 1, amplitude: 0.2}, {degree: 2, order: 0, amplitude: -0.2}, {degree: 3, order: -2, amplitude: 0.3}]";
        using var folder = new TemporaryFolder();
        string run = Solve(folder, $$"""
            dimension: {{dimension}}
            attention: {normalization: {{normalization}}, beta: 3, noise: 0.01}
            initial: {modes: {{modes}}}
            time: {until: 0.2, every: 0.1}
            output: {degree: 16}
            """, 0);
        string sidecar = Path.Combine(run, "fields.xdmf"), classic = Path.Combine(run, "fields.xdmf2");
        int[] sample = dimension == 2 ? [0, 7, 100, 255] : [0, 5, 1000, 1801];
        JsonElement seen = Script.ParaView("paraview_probe.py", string.Join(',', sample), sidecar, classic);
        JsonElement complaints = Script.Python("vtkhdf_lint.py", Path.Combine(run, "fields.vtkhdf"));
        Assert.DoesNotContain("FAIL", complaints.ToString());
        foreach (string file in (string[])[sidecar, classic])
        {
            JsonElement[] frames = [.. seen.GetProperty(file).GetProperty("frames").EnumerateArray()];
            Assert.Equal(3, frames.Length);
            double[] positions = Numbers(frames[0], "positions");
            string points = string.Join(';', Enumerable.Range(0, sample.Length).Select(i => $"{positions[3 * i]:R},{positions[3 * i + 1]:R},{positions[3 * i + 2]:R}"));
            JsonElement truth = Script.Python("evaluate_run.py", run, "0,1,2", points);
            Assert.Equal(1, truth.GetProperty("mass").GetDouble());
            for (int k = 0; k < 3; k++)
            {
                Close(Numbers(truth.GetProperty("density")[k]), Numbers(frames[k], "density"), 2e-5);
                Close(Numbers(truth.GetProperty("velocity")[k]), Numbers(frames[k], "velocity"), 2e-5);
                if (dimension == 3) Assert.Equal(0, frames[k].GetProperty("open_edges").GetInt32());
                else Assert.True(frames[k].GetProperty("closed").GetBoolean());
            }
        }
    }

    [Fact]
    public void Lost_resolution_is_exit_7_with_the_time_in_the_file()
    {
        using var folder = new TemporaryFolder();
        string run = Solve(folder, """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {tokens: {count: 10000, law: uniform, seed: 3}}
            method: {max_bandlimit: 128, handover: stop}
            time: {until: 1, every: 0.05}
            """, 7, out Command command);
        Assert.Contains("valid until", command.Errors);
        JsonElement seen = Script.Python("evaluate_run.py", run, "0", "1,0,0");
        Assert.Equal("resolution_lost", seen.GetProperty("outcome").GetString());
        Assert.Equal(seen.GetProperty("last_time").GetDouble(), seen.GetProperty("valid_until").GetDouble());
    }

    [Fact]
    public void The_same_case_gives_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string first = Solve(folder, Circle, 0), second = Path.Combine(folder.FullName, "again");
        Assert.Equal(0, Command.Run("run", Path.Combine(folder.FullName, "case.yaml"), "--out", second, "--quiet").ExitCode);
        foreach (string name in (string[])["result.h5", "series.csv", "fields.vtkhdf"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(first, name)), File.ReadAllBytes(Path.Combine(second, name)));
    }

    [Theory]
    [InlineData("particles")]
    [InlineData("characteristics")]
    public void Threads_do_not_change_the_bits_of_tokens(string scheme)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["case.yaml"], $$"""
            dimension: 3
            attention: {normalization: softmax, beta: 4}
            initial: {poisson: {radius: 0.2, axis: [0, 0.6, 0.8]} }
            method: {scheme: {{scheme}}, tokens: 70000, tolerance: 1.0e-6}
            time: {until: 0.5, every: 0.25}
            output: {fields: false}
            """);
        byte[][] results = [.. ((string[])["1", "2", "4"]).Select(threads =>
        {
            Assert.Equal(0, Command.RunWith("MEANFIELD_THREADS", threads, "run", folder["case.yaml"], "--out", folder[threads], "--quiet").ExitCode);
            return File.ReadAllBytes(Path.Combine(folder[threads], "result.h5"));
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void A_run_may_start_from_an_earlier_result()
    {
        using var folder = new TemporaryFolder();
        string first = Solve(folder, Circle, 0);
        string next = Path.Combine(folder.FullName, "next.yaml");
        File.WriteAllText(next, $$"""
            dimension: 2
            attention: {normalization: none, beta: 4}
            initial: { file: { path: "{{first}}/result.h5" } }
            time: {until: 0.01, every: 0.01}
            """);
        string run = Path.Combine(folder.FullName, "second");
        Assert.Equal(0, Command.Run("run", next, "--out", run, "--quiet").ExitCode);
        using ResultFile before = ResultFile.Open(Path.Combine(first, "result.h5")), after = ResultFile.Open(Path.Combine(run, "result.h5"));
        Assert.Equal(before.Coefficients(3)[..20], after.Coefficients(0)[..20]);
    }

    /// <summary>Tokens written by numpy and h5py start the density with their empirical moments: here the four tokens' own cosines and sines.</summary>
    [Theory]
    [InlineData("tokens.npy")]
    [InlineData("positions.h5")]
    [InlineData("any.h5")]
    public void A_run_may_start_from_tokens_in_a_file(string name)
    {
        using var folder = new TemporaryFolder();
        double[] angles = [0.1, 0.7, 2.5, 4.4];
        Script.Python("write_tokens.py", folder[name], string.Join(',', angles));
        File.WriteAllText(folder["case.yaml"], $$"""
            dimension: 2
            attention: {normalization: none, beta: 2, noise: 1}
            initial: { file: { path: {{name}} } }
            time: {until: 0.01, every: 0.01}
            """);
        string run = folder["run"];
        Command command = Command.Run("run", folder["case.yaml"], "--out", run, "--quiet");
        Assert.True(command.ExitCode == 0, command.Errors);
        using ResultFile result = ResultFile.Open(Path.Combine(run, "result.h5"));
        double[] start = result.Coefficients(0);
        for (int k = 1; k <= 3; k++)
        {
            Assert.Equal(Math.Sqrt(2) * angles.Average(angle => Math.Cos(k * angle)), start[2 * k - 1], 1e-14);
            Assert.Equal(Math.Sqrt(2) * angles.Average(angle => Math.Sin(k * angle)), start[2 * k], 1e-14);
        }
    }

    [Theory]
    [InlineData("attention.beta=frog", 2)]
    [InlineData("attention.mask=causal", 2)]
    [InlineData("method.fourier=fast", 2)]
    [InlineData("initial={file: {path: missing.npy}}", 5)]
    public void What_cannot_be_run_is_refused_in_one_sentence(string setting, int exitCode)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.FullName, "case.yaml");
        File.WriteAllText(file, Circle);
        Command command = Command.Run("run", file, "--out", Path.Combine(folder.FullName, "run"), "--set", setting);
        Assert.Equal(exitCode, command.ExitCode);
        Assert.Single(command.Errors.Trim().Split('\n'));
        Assert.False(File.Exists(Path.Combine(folder.FullName, "run", "result.h5")));
    }

    [Theory]
    [InlineData("built_in", "")]
    [InlineData("mkl", "libmkl-rt")]
    [InlineData("fftw", "libfftw3-double3")]
    public void The_Fourier_engine_asked_for_runs_or_its_package_is_named(string engine, string package)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.FullName, "case.yaml"), run = Path.Combine(folder.FullName, "run");
        File.WriteAllText(file, Circle);
        Command command = Command.Run("run", file, "--out", run, "--quiet", "--set", $"method.fourier={engine}");
        JsonElement info = JsonDocument.Parse(Command.Run("info", "--json").Output).RootElement;
        if (info.GetProperty("fourier_engines").EnumerateArray().Any(present => present.GetString() == engine))
        {
            Assert.Equal(0, command.ExitCode);
            JsonElement provenance = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "provenance.json"))).RootElement;
            Assert.Equal(engine, provenance.GetProperty("fourier_engine").GetString());
        }
        else
        {
            Assert.Equal(2, command.ExitCode);
            Assert.Single(command.Errors.Trim().Split('\n'));
            Assert.Contains($"method.fourier cannot be {engine}", command.Errors);
            Assert.Contains($"install the Debian package {package}", command.Errors);
        }
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        string run = Solve(folder, Circle, 0);
        byte[] before = File.ReadAllBytes(Path.Combine(run, "result.h5"));
        Command command = Command.Run("run", Path.Combine(folder.FullName, "case.yaml"), "--out", run, "--set", "attention.beta=2");
        Assert.Equal(4, command.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(run, "result.h5")));
    }

    // Those with a training block are for `train`.
    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Repository.PathOf("examples"), "*.yaml").Where(file => !File.ReadAllText(file).Contains("\ntraining:")).Select(file => Path.GetFileName(file))];

    /// <summary>Every example runs to its end, resolved, and is what its comment says.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_run_to_their_end(string example)
    {
        using var folder = new TemporaryFolder();
        string run = Path.Combine(folder.FullName, "run"), file = Repository.PathOf("examples", example);
        Command check = Command.Run("check", file, "--json");
        Assert.Equal(0, check.ExitCode);
        Command command = Command.Run("run", file, "--out", run, "--quiet");
        Assert.Equal(0, command.ExitCode);
        Assert.DoesNotContain("warning", command.Errors);
        using ResultFile result = ResultFile.Open(Path.Combine(run, "result.h5"));
        double[] order = result.Diagnostic("order_parameter"), energy = result.Diagnostic("energy"), last = result.Coefficients(result.Time.Length - 1);
        double Size(int degree) => Math.Sqrt(Enumerable.Range(0, result.Degree.Length).Where(i => result.Degree[i] == degree).Sum(i => last[i] * last[i]));
        switch (example)
        {
            case "circle-beta5.yaml": // three clusters: the third harmonic leads (THEORY 3.7)
                Assert.True(Size(3) > Math.Max(Size(1), Math.Max(Size(2), Size(4))));
                break;
            case "circle-beta7.yaml":
                Assert.True(Math.Max(Size(4), Size(3)) > Math.Max(Size(1), Size(2)));
                break;
            case "noisy-stationary.yaml":
                Assert.Equal(order[^2], order[^1], 1e-6);
                Assert.InRange(order[^1], 0.1, 0.9);
                break;
            default:
                Assert.True(energy[^1] > energy[0]);
                break;
        }
    }

    private static string Solve(TemporaryFolder folder, string yaml, int exitCode) => Solve(folder, yaml, exitCode, out _);

    private static string Solve(TemporaryFolder folder, string yaml, int exitCode, out Command command)
    {
        string file = Path.Combine(folder.FullName, "case.yaml"), run = Path.Combine(folder.FullName, "run");
        File.WriteAllText(file, yaml);
        command = Command.Run("run", file, "--out", run, "--quiet");
        Assert.True(command.ExitCode == exitCode, $"exit {command.ExitCode}: {command.Errors}");
        return run;
    }

    private static double[] Numbers(JsonElement owner, string name) => Numbers(owner.GetProperty(name));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];

    private static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
