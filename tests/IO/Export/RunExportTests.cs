using System.Globalization;
using System.Text.Json;
using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Tests.Cli;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Runs in other formats, finished and interrupted.</summary>
public sealed class RunExportTests : IDisposable
{
    private const string Circle = """
        title: a circle
        dimension: 2
        attention: {normalization: none, beta: 5}
        initial: {modes: [{degree: 3, order: 1, amplitude: 0.05}, {degree: 2, order: -1, amplitude: 0.01}]}
        method: {max_bandlimit: 95}
        time: {until: 0.16, every: 0.01}
        output: {degree: 20, tokens: 50, fields: true}
        """;

    private const string Sphere = """
        title: a sphere
        dimension: 3
        attention: {normalization: none, beta: 2, noise: 5}
        initial: {modes: [{degree: 1, order: 0, amplitude: 0.1}, {degree: 2, order: -1, amplitude: 0.2}]}
        time: {until: 0.02, every: 0.01}
        output: {degree: 8, fields: false}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Through a hand-over, so that there are fields and tokens: the files of the run itself, from its result alone.</summary>
    [Fact]
    public void A_finished_run_gives_its_own_files_again()
    {
        Solve(Circle, "run");
        Assert.Equal([_folder["again.vtkhdf"], _folder["again.tokens.vtkhdf"]], Export("run", ExportFormat.Vtkhdf, "again.vtkhdf"));
        RequireSame("run/fields.vtkhdf", "again.vtkhdf");
        RequireSame("run/tokens.vtkhdf", "again.tokens.vtkhdf");
        Assert.Equal([_folder["again.xdmf"], _folder["again.tokens.xdmf"]], Export("run", ExportFormat.Xdmf, "again.xdmf"));
        Export("run", ExportFormat.Hdf5, "again.h5");
        RequireSame("run/result.h5", "again.h5");
        Export("run", ExportFormat.Csv, "again.csv");
        RequireSame("run/series.csv", "again.csv");
    }

    [Fact]
    public void Tables_hold_every_number()
    {
        Solve(Circle, "run");
        Assert.Equal(3, Export("run", ExportFormat.Csv, "all.csv").Count);
        using ResultFile result = ResultFile.Open(_folder["run/result.h5"]);
        int last = result.Time.Length - 1;
        double[][] coefficients = Rows("all.coefficients.csv", "time,degree,order,value"), tokens = Rows("all.tokens.csv", "time,token,cluster,x1,x2");
        double[][] final = [.. coefficients.Where(row => row[0] == result.Time[last])];
        Assert.Equal(41, final.Length); // moments up to output.degree after the hand-over
        for (int i = 0; i < final.Length; i++) Assert.Equal([result.Degree[i], result.Order[i], result.Coefficients(last)[i]], final[i][1..]);
        double[,] positions = result.TokenPositions(last);
        double[][] cloud = [.. tokens.Where(row => row[0] == result.Time[last])];
        Assert.Equal(50, cloud.Length);
        for (int i = 0; i < 50; i++) Assert.Equal([i, positions[i, 0], positions[i, 1]], [cloud[i][1], cloud[i][3], cloud[i][4]]);
        Assert.All(tokens, row => Assert.True(row[0] > result.HandoverTime));
    }

    /// <summary>Heavy noise, so that linear theory holds to 1e−3; the field is held against the harmonics in closed form, whatever the solver computed.</summary>
    [Fact]
    public void Xarray_reads_fields_on_latitudes_and_longitudes()
    {
        Solve(Sphere, "run");
        Export("run", ExportFormat.Netcdf, "sphere.nc");
        JsonElement seen = Script.Python("read_netcdf.py", _folder["sphere.nc"]);
        Assert.Equal("CF-1.11", seen.GetProperty("conventions").GetString());
        foreach (string engine in (string[])["default", "h5netcdf"])
        {
            JsonElement file = seen.GetProperty(engine);
            Assert.Equal(["coefficient", "degree", "lat", "lon", "nv", "order", "time"], Strings(file.GetProperty("coordinates")));
            Assert.Equal(["time", "lat", "lon"], Strings(file.GetProperty("dimensions").GetProperty("density")));
            Assert.Equal(["time", "lat", "lon"], Strings(file.GetProperty("dimensions").GetProperty("u_east")));
            Assert.Equal(["lat", "lon"], Strings(file.GetProperty("dimensions").GetProperty("area_weight")));
            Assert.Equal(["time", "coefficient"], Strings(file.GetProperty("dimensions").GetProperty("coefficients")));
            Assert.Equal(["time"], Strings(file.GetProperty("dimensions").GetProperty("energy")));
            Assert.Equal("degrees_north", file.GetProperty("units").GetProperty("lat").GetString());
            Assert.Equal("a sphere", file.GetProperty("title").GetString());
            Assert.All(Numbers(file.GetProperty("mass")), mass => Assert.Equal(1, mass, 1e-13));
            double[] latitudes = Numbers(file.GetProperty("axes").GetProperty("lat")), longitudes = Numbers(file.GetProperty("axes").GetProperty("lon"));
            double[] density = Numbers(file.GetProperty("density")), a = Numbers(file.GetProperty("coefficients"));
            Assert.True(Math.Abs(a[5]) > 0.01 && Math.Abs(a[2]) > 0.01);
            double largest = Enumerable.Range(0, a.Length).Where(i => i is not (0 or 2 or 5)).Max(i => Math.Abs(a[i])) * 16; // of all other harmonics
            for (int i = 0; i < latitudes.Length; i++)
            {
                for (int j = 0; j < longitudes.Length; j++)
                {
                    (double sine, double cosine) = Math.SinCos(latitudes[i] * Math.PI / 180);
                    (double east, double north) = Math.SinCos(longitudes[j] * Math.PI / 180);
                    double expected = 1 + a[2] * Math.Sqrt(3) * sine + a[5] * Math.Sqrt(15) * sine * cosine * east; // Y_10 and Y_2,−1
                    Assert.Equal(expected, density[i * longitudes.Length + j], 9 * largest);
                    Assert.True(double.IsFinite(north));
                }
            }
        }
    }

    [Fact]
    public void Xarray_reads_the_circle_and_its_tokens()
    {
        Solve(Circle, "run");
        Export("run", ExportFormat.Netcdf, "circle.nc");
        JsonElement file = Script.Python("read_netcdf.py", _folder["circle.nc"]).GetProperty("default");
        Assert.Equal(["time", "theta"], Strings(file.GetProperty("dimensions").GetProperty("density")));
        Assert.Equal(["time", "token", "axis"], Strings(file.GetProperty("dimensions").GetProperty("positions")));
        Assert.Equal(50, file.GetProperty("sizes").GetProperty("token").GetInt32());
        double[] theta = Numbers(file.GetProperty("axes").GetProperty("theta"));
        Assert.Equal(2 * Math.PI / theta.Length, theta[1], 1e-15);
    }

    /// <summary>A stopped run, its newest checkpoint damaged: the export holds the output times of the journal, the same numbers as the whole run's, and leaves every byte as it was.</summary>
    [Fact]
    public void An_unfinished_run_gives_what_its_journal_holds()
    {
        Case @case = CaseReader.Parse(Circle, "case.yaml");
        Solve(Circle, "whole");
        using var stop = new CancellationTokenSource();
        Assert.Equal(OutcomeKind.Stopped, new CaseRunner(@case, new Until(0.05, stop)).Run(RunFolder.Create(_folder["run"], overwrite: false), stop.Token).Kind);
        byte[] checkpoint = File.ReadAllBytes(_folder["run/checkpoint.h5"]);
        checkpoint[checkpoint.Length / 2] ^= 1;
        File.WriteAllBytes(_folder["run/checkpoint.h5"], checkpoint);
        Dictionary<string, byte[]> before = SampleRuns.Files(_folder["run"]);
        using (RecordedRun run = RecordedRun.Open(_folder["run"]))
        {
            Assert.False(run.IsFinished);
            Assert.Equal(_folder["run"] + ".nc", RunExport.DefaultPath(run, ExportFormat.Netcdf));
        }

        Command command = Command.Run("export", _folder["run"], "--format", "hdf5", "--out", _folder["part.h5"]);
        Assert.Equal(0, command.ExitCode);
        Assert.Equal(_folder["part.h5"], command.Output.Trim());
        Assert.Contains("the journal of an unfinished run", command.Errors, StringComparison.Ordinal);
        using ResultFile part = ResultFile.Open(_folder["part.h5"]), whole = ResultFile.Open(_folder["whole/result.h5"]);
        Assert.InRange(part.Time.Length, 5, 7);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"the last at t = {part.Time[^1]:G6}"), command.Errors, StringComparison.Ordinal);
        Assert.Equal(whole.Time[..part.Time.Length], part.Time);
        Assert.Equal(OutcomeKind.Stopped, part.Outcome.Kind);
        Assert.Equal(part.Time[^1], part.Outcome.ValidUntil);
        Assert.True(part.Outcome.Steps > 0);
        for (int step = 0; step < part.Time.Length; step++)
            Assert.Equal(part.Coefficients(step)[..41], whole.Coefficients(step)[..41]);
        Assert.Equal(before, SampleRuns.Files(_folder["run"]));
        Assert.Equal(OutcomeKind.Completed, new CaseRunner(@case).Resume(RunFolder.Existing(_folder["run"])).Kind);
        RequireSame("whole/result.h5", "run/result.h5");
    }

    [Fact]
    public void What_cannot_be_exported_is_refused()
    {
        Solve(Sphere.Replace("dimension: 3", "dimension: 5", StringComparison.Ordinal).Replace("order: -1", "order: 0", StringComparison.Ordinal), "zonal");
        Assert.Contains("no mesh", Assert.Throws<ArgumentException>(() => Export("zonal", ExportFormat.Vtkhdf, "zonal.vtkhdf")).Message, StringComparison.Ordinal);
        Assert.Contains(".vtkhdf", Assert.Throws<ArgumentException>(() => Export("zonal", ExportFormat.Vtkhdf, "zonal.vtk")).Message, StringComparison.Ordinal);
        Export("zonal", ExportFormat.Netcdf, "zonal.nc");
        Assert.Equal(["time"], Strings(Script.Python("read_netcdf.py", _folder["zonal.nc"]).GetProperty("default").GetProperty("dimensions").GetProperty("energy")));
        Assert.Throws<RunFolderException>(() => RecordedRun.Open(_folder["nowhere"]));
        Command memory = Command.Run("export", _folder["zonal"], "--format", "netcdf", "--max-memory", "10MB");
        Assert.Equal(6, memory.ExitCode);
        Assert.Equal(5, Command.Run("export", _folder["zonal"], "--format", "csv", "--out", _folder["no/such/folder.csv"]).ExitCode);
        Assert.Equal(4, Command.Run("export", _folder["nowhere"], "--format", "csv").ExitCode);
        Assert.Equal(2, Command.Run("export", _folder["zonal"], "--format", "excel").ExitCode);
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);

    private void Solve(string text, string name) => new CaseRunner(CaseReader.Parse(text, "case.yaml")).Run(RunFolder.Create(_folder[name], overwrite: false));

    private IReadOnlyList<string> Export(string run, ExportFormat format, string name)
    {
        using RecordedRun recorded = RecordedRun.Open(_folder[run]);
        return RunExport.Write(recorded, format, _folder[name]);
    }

    private double[][] Rows(string name, string heading)
    {
        string[] lines = File.ReadAllLines(_folder[name]);
        Assert.Equal(heading, lines[0]);
        return [.. lines.Skip(1).Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
    }

    private void RequireSame(string one, string other) =>
        Assert.True(File.ReadAllBytes(_folder[one]).AsSpan().SequenceEqual(File.ReadAllBytes(_folder[other])), $"{one} and {other} differ");

    private sealed class Until(double time, CancellationTokenSource stop) : IProgressSink
    {
        public void Report(in Progress progress)
        {
            if (progress.Time >= time) stop.Cancel();
        }
    }
}
