using System.Security.Cryptography;
using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Every scheme, stopped and resumed again and again, leaves the files of a run left alone.</summary>
public class ResumeMatrixTests
{
    /// <summary>Cases: schemes, dimensions, noise, growing bandlimits, hand-over.</summary>
    public const int Cases = 15;

    /// <summary>Steps after which a run is stopped, one stop after the other; then at random.</summary>
    private static readonly int[] Cuts = [1, 2, 7];

    private const string Modes = "initial: {modes: [{degree: 2, order: 1, amplitude: 0.1}, {degree: 3, order: -1, amplitude: 0.04}]}\n";
    private const string Zonal = "initial: {modes: [{degree: 1, order: 0, amplitude: 0.1}, {degree: 2, order: 0, amplitude: 0.05}]}\n";

    public static TheoryData<string, string> Matrix => new()
    {
        { "circle", "dimension: 2\nattention: {normalization: none, beta: 4}\n" + Modes + "time: {until: 0.2, every: 0.02}\n" },
        { "circle, softmax", "dimension: 2\nattention: {normalization: softmax, beta: 4}\n" + Modes + "time: {until: 2, every: 0.3}\n" },
        { "circle, noise", "dimension: 2\nattention: {normalization: none, beta: 2, noise: 0.3}\n" + Modes + "time: {until: 1, every: 0.2}\n" },
        { "sphere", "dimension: 3\nattention: {normalization: none, beta: 3}\n" + Modes + "time: {until: 0.6, every: 0.1}\n" },
        { "sphere, softmax and noise", "dimension: 3\nattention: {normalization: softmax, beta: 4, noise: 0.05}\n" + Modes + "time: {until: 2, every: 0.5}\n" },
        { "zonal", "dimension: 6\nattention: {normalization: softmax, beta: 4}\n" + Zonal + "time: {until: 2, every: 0.5}\n" },
        { "resolution lost", "dimension: 2\nattention: {normalization: none, beta: 4}\n" + Modes + "method: {max_bandlimit: 47, handover: stop}\ntime: {until: 0.6, every: 0.05}\n" },
        { "hand-over", "dimension: 2\nattention: {normalization: none, beta: 4}\n" + Modes + "method: {max_bandlimit: 47}\ntime: {until: 0.4, every: 0.05}\n" },
        { "characteristics", "dimension: 2\nattention: {normalization: softmax, beta: 3}\n" + Modes + "method: {scheme: characteristics}\ntime: {until: 6, every: 1}\n" },
        { "zonal characteristics", "dimension: 5\nattention: {normalization: none, beta: 2}\n" + Zonal + "method: {scheme: characteristics}\ntime: {until: 3, every: 0.5}\n" },
        { "tokens", "dimension: 3\nattention: {normalization: softmax, beta: 3}\n" + Modes + "method: {scheme: particles, tokens: 60}\ntime: {until: 3, every: 0.5}\n" },
        { "many tokens", "dimension: 2\nattention: {normalization: none, beta: 3}\n" + Modes + "method: {scheme: particles, tokens: 3000, tolerance: 1.0e-12}\ntime: {until: 1, every: 0.1}\n" },
        { "noisy tokens", "dimension: 3\nattention: {normalization: none, beta: 1, noise: 0.1}\n" + Modes + "method: {scheme: particles, tokens: 50, step: 0.01}\ntime: {until: 1, every: 0.2}\n" },
        { "tokens, layer norm", "dimension: 3\nattention: {normalization: softmax, beta: 3, layer_norm: peri}\n" + Modes + "method: {scheme: particles, tokens: 50}\ntime: {until: 3, every: 0.5}\n" },
        { "perturbation", "dimension: 2\nattention: {normalization: softmax, beta: 3}\n" + Modes + "method: {scheme: perturbation, order: 3, bandlimit: 15}\ntime: {until: 0.5, every: 0.02}\n" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Files_are_those_of_a_run_left_alone(string name, string yaml)
    {
        Assert.Equal(Cases, Matrix.Count);
        using var folder = new TemporaryFolder();
        string text = yaml + "output: {degree: 8, tokens: 10, fields: " + (name is "circle" or "hand-over" ? "true" : "false") + "}\n";
        Outcome whole = new CaseRunner(CaseReader.Parse(text, "case.yaml")).Run(RunFolder.Create(folder["whole"], overwrite: false));
        Assert.Equal(name == "resolution lost" ? OutcomeKind.ResolutionLost : OutcomeKind.Completed, whole.Kind);
        var random = new Random(name.Length);
        int stops = 0;
        Outcome outcome;
        do
        {
            using var stop = new CancellationTokenSource();
            // Each run is the work of a runner that knows the files only.
            var runner = new CaseRunner(CaseReader.Parse(text, "case.yaml"), new After(stops < Cuts.Length ? Cuts[stops] : random.Next(10, 60), stop));
            outcome = stops == 0 ? runner.Run(RunFolder.Create(folder["run"], overwrite: false), stop.Token) : runner.Resume(RunFolder.Existing(folder["run"]), stop.Token);
            stops++;
        }
        while (outcome.Kind == OutcomeKind.Stopped);
        Assert.True(stops > Cuts.Length, $"{stops - 1} stops");
        Assert.Equal(whole.Message, outcome.Message);
        foreach (string path in Directory.GetFiles(folder["whole"]))
        {
            string file = Path.GetFileName(path);
            if (file is not ("provenance.json" or RunManifest.FileName)) Assert.True(Hash(path) == Hash(Path.Combine(folder["run"], file)), file);
        }
    }

    /// <summary>A checkpoint of an engine that auto would not take goes on with that engine, to its bits; one that is not there is refused by name.</summary>
    [Fact]
    public void A_run_goes_on_with_its_own_Fourier_engine()
    {
        using var folder = new TemporaryFolder();
        const string Text = "dimension: 3\nattention: {normalization: none, beta: 3}\n" + Modes + "method: {fourier: ENGINE}\ntime: {until: 0.4, every: 0.1}\noutput: {fields: true}\n";
        Case automatic = CaseReader.Parse(Text.Replace("ENGINE", "auto", StringComparison.Ordinal), "case.yaml");
        IFourierEngine? other = FourierPlanner.Engines.FirstOrDefault(engine => engine.IsAvailable && engine != FourierPlanner.Engine(FourierChoice.Auto));
        Stop(automatic, folder["refused"], "abacus");
        Assert.Contains("abacus", Assert.Throws<RunFolderException>(() => new CaseRunner(automatic).Resume(RunFolder.Existing(folder["refused"]))).Message, StringComparison.Ordinal);
        if (other is null) return; // neither FFTW nor MKL is installed
        Case asked = CaseReader.Parse(Text.Replace("ENGINE", other.Name, StringComparison.Ordinal), "case.yaml");
        new CaseRunner(asked).Run(RunFolder.Create(folder["whole"], overwrite: false));
        Stop(automatic, folder["run"], other.Name);
        new CaseRunner(automatic).Resume(RunFolder.Existing(folder["run"]));
        Assert.Contains($"\"{other.Name}\"", File.ReadAllText(folder["run/provenance.json"]), StringComparison.Ordinal);
        Assert.Equal(File.ReadLines(folder["whole/series.csv"]).Skip(2), File.ReadLines(folder["run/series.csv"]).Skip(2)); // the first state was observed by the other engine
        Assert.Equal(Hash(folder["whole/fields.vtkhdf"]), Hash(folder["run/fields.vtkhdf"]));
    }

    // Leaves a run at its start, before any transform has a part in its state, as if the engine named had begun it.
    private static void Stop(Case @case, string path, string engine)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Equal(OutcomeKind.Stopped, new CaseRunner(@case).Run(RunFolder.Create(path, overwrite: false), stop.Token).Kind);
        (CheckpointFile.Read(path)! with { FourierEngine = engine }).Write(path);
    }

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>Asks for a stop after a number of steps, or outputs where there are no steps.</summary>
    private sealed class After(int steps, CancellationTokenSource stop) : IProgressSink
    {
        private int _steps;

        public void Report(in Progress progress)
        {
            if (++_steps >= steps) stop.Cancel();
        }
    }
}
