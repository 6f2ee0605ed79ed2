using System.Globalization;
using System.Text.Json;
using Meanfield.IO;
using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Runs held against each other and against theory.</summary>
public sealed class RunComparisonTests : IDisposable
{
    private const string Density = """
        dimension: 2
        attention: {normalization: none, beta: 2}
        initial: {modes: [{degree: 1, order: 1, amplitude: 0.3}, {degree: 2, order: -1, amplitude: 0.2}]}
        time: {until: 0.3, every: 0.1}
        output: {degree: 8, tokens: 200, fields: false}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The published β = 5 and β = 7 models from evenly spaced tokens, displaced by 1e−5 sin qθ and less of its neighbours:
    /// density and particles show the rates of linear theory to 1e−3 and the phase boundaries that it predicts to 2 %.</summary>
    [Theory]
    [InlineData(5, 3, 0.006, 0.7)]
    [InlineData(7, 4, 0.001, 0.105)]
    public void Density_and_particles_go_through_the_phases_that_theory_predicts(double beta, int q, double every, double until)
    {
        const int Tokens = 240;
        double[] angles = [.. Enumerable.Range(0, Tokens).Select(i => 2 * Math.PI * i / Tokens)
            .Select(t => t + 1e-5 * Math.Sin(q * t) + 1e-6 * Math.Cos((q + 1) * t) + 2e-6 * Math.Sin((q - 1) * t))];
        Script.Python("write_tokens.py", _folder["tokens.npy"], string.Join(',', angles.Select(angle => angle.ToString("R", CultureInfo.InvariantCulture))));
        string text = FormattableString.Invariant($$"""
            dimension: 2
            attention: {normalization: none, beta: {{beta}}}
            initial: { file: { path: {{_folder["tokens.npy"]}} } }
            method: {scheme: SCHEME, max_bandlimit: 1023}
            time: {until: {{until}}, every: {{every}}}
            output: {fields: false}
            """);
        string[] schemes = ["spectral", "particles"];
        foreach (string scheme in schemes) Solve(text.Replace("SCHEME", scheme, StringComparison.Ordinal), scheme);
        RunComparison comparison = Compare(schemes);
        foreach (RunSummary run in comparison.Runs)
        {
            PhaseReport phases = run.Phases!;
            Assert.Equal(q, phases.Forecast.FastestDegree);
            Assert.Equal(q, phases.LeadingDegree);
            foreach (PhaseRate rate in phases.Rates.Where(rate => Math.Abs(rate.Degree - q) <= 1)) Assert.Equal(1, rate.Measured / rate.Predicted, 1e-3);
            foreach (string name in new[] { "linear_end", "clustering_start", "saturation" })
            {
                PhaseBoundary boundary = phases.Boundaries.Single(b => b.Name == name);
                Assert.Equal(1, boundary.Measured / boundary.Predicted, 0.02);
            }
        }
        RunSummary particles = comparison.Runs[1];
        Assert.Equal(q, particles.Phases!.ClusterCount);
        Assert.Equal(q, particles.Clusters!.Count);
        Assert.All(particles.Clusters, cluster => Assert.Equal(1.0 / q, cluster.Mass, 0.02));
        foreach (double centre in particles.Phases.Forecast.Clusters!.Centres)
            Assert.Contains(particles.Clusters, cluster => Math.Abs(Math.IEEERemainder(cluster.Angle - centre, 2 * Math.PI)) < 0.06); // degrees 2 and 4, a tenth of degree 3 at T₁, move them a little
        Assert.Equal(0, comparison.Differences[0].States[0].Maximum, 1e-12);
    }

    /// <summary>Mean-field limit (V40): the difference of N particles from their density falls as N^(−1/2).</summary>
    [Fact]
    public void Particles_approach_the_density_as_the_root_of_their_number()
    {
        Solve(Density, "density");
        string[] runs = ["density", .. new[] { 500, 2000, 8000, 32000 }.Select(count => Solve(
            Density + FormattableString.Invariant($"\nmethod: {{scheme: particles, tokens: {count}, seed: {count}}}\n"), FormattableString.Invariant($"n{count}")))];
        RunComparison comparison = Compare(runs);
        DifferenceScaling scaling = Assert.Single(comparison.Scalings);
        Assert.Equal("tokens", scaling.Quantity);
        Assert.Equal([500, 2000, 8000, 32000], scaling.Points.Select(point => point.X));
        Assert.InRange(scaling.Uncertainty, 1e-3, 0.12);
        Assert.InRange(scaling.Exponent, -0.5 - 3 * scaling.Uncertainty, -0.5 + 3 * scaling.Uncertainty);
        Assert.All(comparison.Differences, difference => Assert.True(double.IsNaN(difference.Transport))); // the density has no tokens
        Assert.Equal(8, comparison.Differences[0].Degree);
    }

    /// <summary>W₂ of the recorded tokens of one cloud and of the same turned by ψ is at most ψ, and that for a cloud of one cluster.</summary>
    [Fact]
    public void Recorded_tokens_are_compared_by_their_transport()
    {
        const double Turn = 0.3;
        Snapshot[] Cluster(double angle) => [.. new[] { 0.0, 1 }.Select(time => new Snapshot(time, 1, [1, 0, 0], new Observables())
        {
            IsTruncated = true,
            Positions = [.. Enumerable.Range(-2, 5).SelectMany(i => new[] { Math.Cos(angle + 0.01 * i), Math.Sin(angle + 0.01 * i) })],
        })];
        var attention = new Attention(Normalization.None, 2);
        RunComparison comparison = Compare(Write(attention, "particles", Cluster(1), "one.h5"), Write(attention, "particles", Cluster(1 + Turn), "turned.h5"));
        Assert.Equal(Turn, comparison.Differences[0].Transport, 1e-12);
        Assert.Equal(1, comparison.Runs[0].Clusters![0].Mass);
        Assert.Equal(1 + Turn, comparison.Runs[1].Clusters![0].Angle, 1e-12);
        Assert.Equal("turned", comparison.Runs[1].Label);
    }

    /// <summary>A series of order n is off by ε^(n+1): files made of the series' own sums, beside the density's.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_series_is_off_by_the_next_power_of_the_amplitude(int order)
    {
        var attention = new Attention(Normalization.None, 2);
        var basis = new HarmonicBasis(2, 24);
        double[] times = [0, 0.1, 0.2];
        var names = new List<string>();
        foreach (double amplitude in new[] { 0.02, 0.04, 0.08 })
        {
            double[] initial = Meanfield.Tests.Solver.Run.Modes(basis, (1, 1, amplitude), (2, -1, 0.5 * amplitude));
            var exact = Meanfield.Tests.Solver.Run.Of(attention, 2, initial, 24, new DensitySettings { Tolerance = 1e-12, OutputTimes = times });
            InitialValueSeries series = InitialValueSeries.Of(attention, basis, initial, order, 0.2);
            Snapshot[] sums = [.. times.Select(time =>
            {
                var state = new double[basis.Count];
                series.Evaluate(time, state);
                return new Snapshot(time, 24, state, new Observables());
            })];
            string name = FormattableString.Invariant($"a{100 * amplitude:F0}");
            names.Add(Write(attention, "spectral", exact.Snapshots, name + "-density"));
            names.Add(Write(attention, "perturbation", sums, name + "-series"));
        }
        DifferenceScaling scaling = Assert.Single(Compare([.. names]).Scalings);
        Assert.Equal("amplitude", scaling.Quantity);
        Assert.Equal(order + 1, scaling.Exponent, 0.15);
        Assert.Equal(3, scaling.Points.Count);
    }

    [Theory]
    [InlineData("beta: 2", "beta: 3", "attention.beta")]
    [InlineData("none", "softmax", "attention.normalization")]
    public void Different_models_are_refused_by_name(string from, string to, string key)
    {
        Solve(Density, "one");
        Solve(Density.Replace(from, to, StringComparison.Ordinal), "other");
        string sentence = Assert.Throws<ArgumentException>(() => Compare("one", "other")).Message;
        Assert.Contains(key, sentence);
        Assert.Contains("other and one", sentence);
    }

    /// <summary>Times are matched, never interpolated; labels stay apart.</summary>
    [Fact]
    public void Only_common_output_times_are_compared()
    {
        Solve(Density, "one");
        Solve(Density.Replace("every: 0.1", "every: 0.15", StringComparison.Ordinal), "other");
        RunDifference difference = Assert.Single(Compare("one", "other").Differences);
        Assert.Equal([0, 0.3], difference.States.Select(state => state.Time));
        Assert.InRange(difference.States[1].L2, 0, 1e-7);
        Assert.Equal(0, Compare("one", "one").Differences[0].States[^1].L2);
        Assert.Equal(["one", "one-2"], Compare("one", "one").Runs.Select(run => run.Label));
    }

    /// <summary>What h5py reads in /phases is what the comparison finds in the coefficients, and what the library predicts.</summary>
    [Fact]
    public void H5py_reads_the_phases()
    {
        string folder = Solve("""
            dimension: 2
            attention: {normalization: softmax, beta: 3}
            initial: {tokens: {count: 5000, seed: 3}}
            method: {scheme: particles}
            time: {until: 12, every: 0.5}
            output: {fields: false}
            """, "run");
        JsonElement seen = Script.Python("read_phases.py", Path.Combine(_folder[folder], "result.h5"));
        using ComparedRun run = ComparedRun.Open(_folder[folder]);
        PhaseReport phases = run.Phases!;
        JsonElement boundaries = seen.GetProperty("boundaries"), rates = seen.GetProperty("growth_rate");
        Assert.Equal(["law_deviation", "law_mean", "name", "time_measured", "time_predicted", "uncertainty"], boundaries.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(phases.Boundaries.Select(b => b.Name), boundaries.GetProperty("name").GetProperty("values").EnumerateArray().Select(v => v.GetString()));
        Assert.All(boundaries.EnumerateObject().Concat(rates.EnumerateObject()), p => Assert.NotEmpty(p.Value.GetProperty("long_name").GetString()!));
        Equal(phases.Boundaries.Select(b => b.Predicted), boundaries.GetProperty("time_predicted"));
        Equal(phases.Boundaries.Select(b => b.Measured), boundaries.GetProperty("time_measured"));
        Equal(phases.Boundaries.Select(b => b.Uncertainty), boundaries.GetProperty("uncertainty"));
        Equal(phases.Rates.Select(r => r.Measured), rates.GetProperty("measured"));
        Eigenmodes modes = Eigenmodes.About(run.Header.Attention, 2);
        Assert.Equal(modes.Fastest.Degree, seen.GetProperty("attributes").GetProperty("fastest_degree").GetInt32());
        Equal(modes.Modes.Take(8).Select(mode => mode.GrowthRate), rates.GetProperty("predicted"));
        ExitTime law = ExitTime.Of(run.Header.Attention, 2, modes.Fastest.Degree, 5000, 0.1, landau: true);
        Assert.Equal(law.Mean, boundaries.GetProperty("law_mean").GetProperty("values")[0].GetDouble(), 1e-12);
        Assert.Equal(law.StandardDeviation, boundaries.GetProperty("law_deviation").GetProperty("values")[0].GetDouble(), 1e-12);
        Assert.InRange(phases.Boundaries[0].Measured, law.Quantile(1e-3), law.Quantile(0.999));
    }

    /// <summary>Where every degree decays there are no phases, and where tokens see through matrices the theory is not about them.</summary>
    [Theory]
    [InlineData("attention: {normalization: none, beta: 2, noise: 5}", "{scheme: spectral}")]
    [InlineData("attention: {normalization: none, beta: 2, key: [[1, 0], [0, 2]]}", "{scheme: particles, tokens: 50}")]
    public void No_phases_are_invented(string attention, string method)
    {
        Solve(Density.Replace("attention: {normalization: none, beta: 2}", attention, StringComparison.Ordinal) + $"\nmethod: {method}\n", "run");
        using ComparedRun run = ComparedRun.Open(_folder["run"]);
        Assert.Null(run.Phases);
        Assert.Null(Compare("run", "run").Runs[0].Phases);
    }

    private static void Equal(IEnumerable<double> expected, JsonElement column)
    {
        double[] found = [.. column.GetProperty("values").EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];
        double[] wanted = [.. expected];
        Assert.Equal(wanted.Length, found.Length);
        for (int i = 0; i < found.Length; i++) Assert.Equal(wanted[i], found[i], 1e-12);
    }

    private RunComparison Compare(params string[] names)
    {
        ComparedRun[] runs = [.. names.Select(name => ComparedRun.Open(_folder[name]))];
        try
        {
            return RunComparison.Of(runs);
        }
        finally
        {
            foreach (ComparedRun run in runs) run.Dispose();
        }
    }

    private string Solve(string text, string name)
    {
        new CaseRunner(CaseReader.Parse(text, "case.yaml")).Run(RunFolder.Create(_folder[name], overwrite: false));
        return name;
    }

    private string Write(Attention attention, string scheme, IReadOnlyList<Snapshot> snapshots, string name)
    {
        var header = new ResultHeader(name, 2, attention, scheme, 1, "0.1.0", "");
        var outcome = new Outcome(OutcomeKind.Completed, snapshots[^1].Time, "done", [], 1, 0, 1);
        ResultFile.Write(_folder[name], new Result(header, SnapshotHistory.Of(snapshots), outcome, 24));
        return name;
    }
}
