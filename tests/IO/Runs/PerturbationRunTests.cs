using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Tests.Cli;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Scheme perturbation as a run: against the PDE of the same case (V15), its validity, its refusals.</summary>
public sealed class PerturbationRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>V15 on the circle and the sphere: order N misses the PDE by what it says, and by ∝ ε^(N+1) for data of size ε.</summary>
    [Theory]
    [InlineData(2, "{normalization: none, beta: 5}", "{degree: 3, order: 1, amplitude: AMPLITUDE}", 0.02, 0.1)]
    [InlineData(2, "{normalization: softmax, beta: 5, noise: 0.01}", "{degree: 3, order: 1, amplitude: AMPLITUDE}", 0.02, 2)]
    [InlineData(3, "{normalization: softmax, beta: 5}", "{degree: 2, order: 1, amplitude: AMPLITUDE}, {degree: 3, order: -2, amplitude: AMPLITUDE}", 0.02, 1.5)]
    public void Difference_from_the_PDE_falls_with_order_and_amplitude(int dimension, string attention, string modes, double amplitude, double until)
    {
        double before = double.PositiveInfinity;
        foreach (int order in (int[])[1, 2, 4])
        {
            double whole = Difference(amplitude, order), half = Difference(amplitude / 2, order);
            Assert.InRange(Math.Log2(whole / half), order + 0.7, order + 1.3);
            Assert.InRange(whole, 0, before / 4);
            before = whole;
        }

        double Difference(double size, int order)
        {
            string Case(string method) => $$"""
                dimension: {{dimension}}
                attention: {{attention}}
                initial: {modes: [{{modes.Replace("AMPLITUDE", $"{size}", StringComparison.Ordinal)}}]}
                method: {{method}}
                time: {until: {{until}}, every: {{until / 2}}}
                output: {fields: false}
                """;
            using ResultFile series = Run(Case($"{{scheme: perturbation, order: {order}}}"), out Outcome outcome);
            using ResultFile truth = Run(Case("{tolerance: 1e-12}"), out _);
            Assert.Equal(OutcomeKind.Completed, outcome.Kind);
            Assert.Equal("perturbation", series.Header.Scheme);
            Assert.Equal(truth.Time, series.Time);
            double[] error = series.Diagnostic("moment_error"), difference = [.. series.Time.Select((_, k) => Distance(series.Coefficients(k), truth.Coefficients(k)))];
            Assert.Equal(0, difference[0]);
            Assert.InRange(error[2] / difference[2], 0.8, 1.5);
            Assert.Equal(truth.Diagnostic("energy")[2], series.Diagnostic("energy")[2], 100 * difference[2]); // |dE| ≤ ½ŵ_0‖a + b‖‖a − b‖
            Assert.All(series.Diagnostic("mass"), mass => Assert.Equal(1, mass));
            return difference[2];
        }
    }

    /// <summary>Tokens start the series with the moments that start the PDE: same tokens, same degrees.</summary>
    [Fact]
    public void Tokens_start_the_series_as_they_start_the_density()
    {
        const string Text = """
            dimension: 3
            attention: {normalization: softmax, beta: 4}
            initial: {tokens: {count: 20000, seed: 5, degree: 6}}
            method: {scheme: SCHEME, order: 6, tolerance: 1e-7}
            time: {until: 2, every: 1}
            output: {fields: false}
            """;
        using ResultFile series = Run(Text.Replace("SCHEME", "perturbation", StringComparison.Ordinal), out Outcome outcome);
        using ResultFile density = Run(Text.Replace("SCHEME", "spectral", StringComparison.Ordinal), out _);
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.Equal(6 * 8, series.Diagnostic("bandlimit")[0]);
        Assert.InRange(Distance(series.Coefficients(0), density.Coefficients(0)), 0, 1e-16);
        Assert.InRange(Distance(series.Coefficients(2), density.Coefficients(2)), 0, 1e-6 + series.Diagnostic("moment_error")[2]);
        Assert.InRange(Distance(density.Coefficients(2), density.Coefficients(0)), 0.01, 1); // something happened
    }

    /// <summary>Beyond the radius nothing is written; the file, the sentence and the exit code say until when it is valid.</summary>
    [Fact]
    public void Beyond_the_radius_of_convergence_the_run_ends_with_exit_7()
    {
        Command command = Start("""
            dimension: 2
            attention: {normalization: none, beta: 0}
            initial: {poisson: {radius: 0.1, axis: [1, 0]}}
            method: {scheme: perturbation, order: 20, max_bandlimit: 63}
            time: {until: 20, every: 0.5}
            output: {fields: false}
            """);
        Assert.Equal(7, command.ExitCode);
        Assert.Contains("radius of convergence", command.Errors);
        Assert.Contains("method.scheme to spectral", command.Errors);
        Assert.Contains("exceeds method.tolerance", command.Errors);
        using ResultFile result = ResultFile.Open(Path.Combine(_folder["run"], "result.h5"));
        Assert.Equal(OutcomeKind.ResolutionLost, result.Outcome.Kind);
        double valid = result.Outcome.ValidUntil;
        Assert.InRange(result.Time[^1], valid - 0.5, valid);
        // r(t) = [1 + 99e^{−t}]^{−1/2} (THEORY 4.3); at β = 0 the density's radius is r/√(1 − r²) = 1 in L², less the mean's part: r = 1/√2 at t = log 99
        Assert.InRange(valid, 3, Math.Log(99));
        double[] error = result.Diagnostic("moment_error");
        for (int k = 0; k < result.Time.Length; k++)
        {
            double r = 1 / Math.Sqrt(1 + 99 * Math.Exp(-result.Time[k]));
            Assert.Equal(Math.Sqrt(2) * r, result.Coefficients(k)[1], 1e-14 + 2 * error[k]);
        }
    }

    [Fact]
    public void What_the_bandlimit_drops_is_told()
    {
        using ResultFile result = Run("""
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 0.05}]}
            method: {scheme: perturbation, bandlimit: 8}
            time: {until: 0.05}
            output: {fields: false}
            """, out Outcome outcome);
        Assert.Contains("bandlimit 8 drops", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Contains("raise method.bandlimit", outcome.Warnings[0], StringComparison.Ordinal);
        Assert.All(result.Diagnostic("bandlimit"), bandlimit => Assert.Equal(8, bandlimit));
    }

    /// <summary>E = λ_0/(2β) of the uniform state (THEORY 1.3), at all times.</summary>
    [Fact]
    public void The_uniform_state_stays()
    {
        using ResultFile result = Run("dimension: 3\nattention: {normalization: none, beta: 5}\nmethod: {scheme: perturbation}\ntime: {until: 3, every: 1}\noutput: {fields: false}\n", out Outcome outcome);
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.All(result.Diagnostic("energy"), energy => Assert.Equal(14.840642115558 / 10, energy, 1e-11));
        Assert.All(result.Diagnostic("moment_error"), error => Assert.Equal(0, error));
    }

    [Theory]
    [InlineData(3, "initial: {modes: [{degree: 9, order: 1, amplitude: 0.1}]}\nmethod: {scheme: perturbation, bandlimit: 8}", "method.bandlimit")]
    [InlineData(3, "initial: {modes: [{degree: 9, order: 1, amplitude: 0.1}]}\nmethod: {scheme: perturbation, max_bandlimit: 8}", "method.max_bandlimit")]
    [InlineData(3, "initial: {von_mises_fisher: [{mean: [0, 0, 1], concentration: 50}]}\nmethod: {scheme: perturbation, max_bandlimit: 8}", "method.max_bandlimit")]
    [InlineData(1024, "initial: {modes: [{degree: 100, order: 0, amplitude: 0.1}]}\nmethod: {scheme: perturbation, order: 64}", "method.order")]
    public void Data_that_the_expansion_cannot_hold_are_refused(int dimension, string blocks, string key)
    {
        Case @case = CaseReader.Parse($"dimension: {dimension}\nattention: {{normalization: softmax, beta: 40}}\n{blocks}\ntime: {{until: 1}}\n", "case.yaml");
        Assert.Equal(key, Assert.Throws<CaseException>(() => SchemeRun.Create(@case).Needs()).Key);
    }

    /// <summary>Order 64 of degree 100 with softmax on the sphere: hundreds of gigabytes. check says how many; run refuses with exit 6.</summary>
    [Fact]
    public void More_memory_than_there_is_is_refused()
    {
        const string Text = """
            dimension: 3
            attention: {normalization: softmax, beta: 40}
            initial: {modes: [{degree: 100, order: 0, amplitude: 0.001}]}
            method: {scheme: perturbation, order: 64}
            time: {until: 1}
            output: {fields: false}
            """;
        CaseCheck check = CaseCheck.Of(CaseReader.Parse(Text, "case.yaml"));
        Assert.InRange(check.MemoryBytes, 100e9, 10e12);
        Assert.Equal(255, check.Bandlimit);
        Assert.True(check.CanStart);
        Command command = Start(Text);
        Assert.Equal(6, command.ExitCode);
        Assert.Contains("lower method.order", Assert.Single(command.Errors.Trim().Split('\n')));
    }

    private Command Start(string yaml)
    {
        File.WriteAllText(_folder["case.yaml"], yaml);
        return Command.Run("run", _folder["case.yaml"], "--out", _folder["run"], "--quiet");
    }

    private ResultFile Run(string text, out Outcome outcome)
    {
        string path = _folder[Guid.NewGuid().ToString("N")];
        outcome = new CaseRunner(CaseReader.Parse(text, "case.yaml")).Run(RunFolder.Create(path, overwrite: false));
        return ResultFile.Open(Path.Combine(path, "result.h5"));
    }

    private static double Distance(double[] a, double[] b) => Meanfield.Tests.Perturbation.Expansions.Distance(a, b);
}
