using System.Runtime.InteropServices;
using System.Text;
using Meanfield.IO;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>One case in every scheme: the folders say the same of the same state.</summary>
public sealed class SchemeRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("meanfield-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The mean-field limit by two schemes to 1e−7, and tokens within their statistical error.</summary>
    [Theory]
    [InlineData(2, "none", 3, 0.2)]
    [InlineData(3, "softmax", 3, 1)]
    public void Schemes_agree_on_the_moments(int dimension, string normalization, double beta, double until)
    {
        string mean = dimension == 2 ? "[0.6, 0.8]" : "[0.36, 0.48, 0.8]";
        string text = $$"""
            dimension: {{dimension}}
            attention: {normalization: {{normalization}}, beta: {{beta}}}
            initial: {von_mises_fisher: [{mean: {{mean}}, concentration: 1}]}
            method: {scheme: SCHEME, tokens: 20000}
            time: {until: {{until}}, every: {{until / 2}}}
            output: {degree: 10, tokens: 100, fields: false}
            """;
        double[] spectral = Last(text.Replace("SCHEME", "spectral", StringComparison.Ordinal), out _);
        double[] carried = Last(text.Replace("SCHEME", "characteristics", StringComparison.Ordinal), out ResultFile characteristics);
        double[] tokens = Last(text.Replace("SCHEME", "particles", StringComparison.Ordinal), out ResultFile particles);
        using (characteristics)
        using (particles)
        {
            for (int i = 0; i < carried.Length; i++)
            {
                Assert.Equal(spectral[i], carried[i], 1e-7);
                Assert.Equal(spectral[i], tokens[i], 10 / Math.Sqrt(20000)); // the flow magnifies the error of the sample
            }
            Assert.Equal(100, characteristics.TokenWeights().Length);
            Assert.Equal(3, particles.Diagnostic("clusters").Length);
            Assert.All(particles.TokenPositions(2).Cast<double>(), x => Assert.InRange(x, -1, 1));
        }
    }

    /// <summary>Where bandlimit 63 no longer resolves the circle at β = 5, characteristics go on; moments are continuous, tokens recorded from there on.</summary>
    [Fact]
    public void A_density_beyond_its_largest_bandlimit_is_handed_over()
    {
        const string Text = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 0.05}, {degree: 2, order: -1, amplitude: 0.01}]}
            method: {max_bandlimit: LIMIT}
            time: {until: 0.18, every: 0.02}
            output: {degree: 20, tokens: 50, fields: true}
            """;
        Outcome outcome = Run(Text.Replace("LIMIT", "95", StringComparison.Ordinal), out ResultFile handed);
        Run(Text.Replace("LIMIT", "2047", StringComparison.Ordinal), out ResultFile whole);
        using (handed)
        using (whole)
        {
            Assert.Equal(OutcomeKind.Completed, outcome.Kind);
            Assert.Contains("handed over", outcome.Message, StringComparison.Ordinal);
            double handover = handed.HandoverTime!.Value;
            Assert.InRange(handover, 0.05, 0.17);
            Assert.Null(whole.HandoverTime);
            Assert.True(handed.HasTokens);
            for (int k = 0; k < whole.Time.Length; k++)
            {
                int at = Array.IndexOf(handed.Time, whole.Time[k]);
                double[] a = handed.Coefficients(at), b = whole.Coefficients(k);
                for (int i = 0; i < 41; i++) Assert.Equal(b[i], a[i], 1e-7);
                Assert.Equal(whole.Time[k] <= handover, double.IsNaN(handed.TokenPositions(at)[0, 0]));
                Assert.Equal(whole.Time[k] > handover, double.IsNaN(a[^1]));
            }
        }
    }

    [Theory]
    [InlineData("attention: {normalization: softmax, beta: 1, noise: 0.1}", "scheme: characteristics", "attention.noise")]
    [InlineData("attention: {normalization: softmax, beta: 1, mask: causal}", "scheme: particles, forces: harmonic", "method.forces")]
    [InlineData("attention: {normalization: softmax, beta: 1, noise: 0.1, layer_norm: pre}", "scheme: particles", "attention.layer_norm")]
    public void What_a_scheme_cannot_do_is_refused(string attention, string method, string key)
    {
        Case @case = CaseReader.Parse($"dimension: 3\n{attention}\nmethod: {{{method}}}\ntime: {{until: 1}}\n", "case.yaml");
        Assert.Equal(key, Assert.Throws<CaseException>(() => SchemeRun.Create(@case)).Key);
    }

    [Fact]
    public void Check_tells_what_tokens_need()
    {
        Case @case = CaseReader.Parse("dimension: 3\nattention: {normalization: softmax, beta: 4}\nmethod: {scheme: particles, tokens: 100000}\ntime: {until: 1}\n", "case.yaml");
        CaseCheck check = CaseCheck.Of(@case);
        Assert.True(check.CanStart);
        Assert.Equal(100_000, check.Tokens);
        Assert.Contains("harmonics", check.Forces, StringComparison.Ordinal);
        Assert.InRange(check.SecondsPerStep, 1e-6, 10);
        const long Vector = 100_000 * 3 * sizeof(double); // beside the program eighteen of them; at the most also four copies of the state on its way into a checkpoint, snapshots, garbage
        Assert.InRange(check.MemoryBytes, RunMemory.Program + 18 * Vector, RunMemory.Program + 22 * Vector + JournalHistory.Kept + GarbageLimit.Bytes);
    }

    /// <summary>Positions as numpy would store them, with one token that is no unit vector.</summary>
    [Theory]
    [InlineData(double.NaN, "NaN in token 1, component 0")]
    [InlineData(0, "length 0")]
    [InlineData(1.5, "length 1.5")]
    [InlineData(1 + 1e-7, null)]
    public void Tokens_in_a_file_must_be_unit_vectors(double length, string? complaint)
    {
        string path = Path.Combine(_folder, "tokens.npy");
        byte[] header = Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n");
        byte[] numbers = MemoryMarshal.AsBytes<double>([0, 0, 1, length, 0, 0]).ToArray();
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. numbers]);
        Case @case = CaseReader.Parse(
            $"dimension: 3\nattention: {{normalization: softmax, beta: 1}}\ninitial: {{file: {{path: {path}}}}}\nmethod: {{scheme: particles}}\ntime: {{until: 1}}\n", "case.yaml");
        if (complaint is null) Assert.Equal(2, InitialTokens.Of(@case).Count);
        else Assert.Contains(complaint, Assert.Throws<CaseException>(() => InitialTokens.Of(@case)).Message, StringComparison.Ordinal);
    }

    private double[] Last(string text, out ResultFile result)
    {
        Run(text, out result);
        return result.Coefficients(result.Time.Length - 1)[..new Meanfield.Spectral.HarmonicBasis(result.Header.Dimension, 10).Count];
    }

    private Outcome Run(string text, out ResultFile result)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        Outcome outcome = new CaseRunner(CaseReader.Parse(text, "case.yaml")).Run(RunFolder.Create(path, overwrite: false));
        result = ResultFile.Open(Path.Combine(path, "result.h5"));
        return outcome;
    }
}
