using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using Meanfield.Spectral;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

/// <summary>Whole runs in registers of every width.</summary>
public class SimdVariantRunTests
{
    private const string Sphere = """
        dimension: 3
        attention: {normalization: softmax, beta: 3, noise: 0.01}
        initial: {modes: [{degree: 1, order: 1, amplitude: 0.2}, {degree: 2, order: 0, amplitude: -0.2}, {degree: 3, order: -2, amplitude: 0.3}]}
        time: {until: 0.2, every: 0.1}
        """;

    private const string Circle = """
        dimension: 2
        attention: {normalization: none, beta: 4}
        initial: {modes: [{degree: 1, order: 1, amplitude: 0.08}, {degree: 2, order: -1, amplitude: -0.05}]}
        time: {until: 0.1, every: 0.05}
        """;

    [Theory]
    [InlineData(Sphere)]
    [InlineData(Circle)]
    public void Results_have_the_same_bits_and_provenance_names_the_variant(string text)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.FullName, "case.yaml");
        File.WriteAllText(file, text);
        byte[]? expected = null;
        foreach ((string wish, string name) in Variants())
        {
            string run = Path.Combine(folder.FullName, wish);
            Command command = Command.RunWith(SimdVariant.Variable, wish, "run", file, "--out", run, "--quiet");
            Assert.True(command.ExitCode == 0, command.Errors);
            JsonElement provenance = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "provenance.json"))).RootElement;
            Assert.Equal(name, provenance.GetProperty("machine").GetProperty("simd").GetString());
            byte[] result = File.ReadAllBytes(Path.Combine(run, "result.h5"));
            Assert.Equal(expected ?? result, result);
            expected = result;
        }
    }

    [Fact]
    public void An_unknown_variant_ends_in_a_sentence_and_exit_code_2()
    {
        Command command = Command.RunWith(SimdVariant.Variable, "1024", "info");
        Assert.Equal(2, command.ExitCode);
        Assert.Equal("meanfield: MEANFIELD_SIMD is '1024', which is not one of 512, 256 and scalar", command.Errors.Trim());
    }

    private static IEnumerable<(string Wish, string Name)> Variants()
    {
        yield return ("scalar", "scalar");
        if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
            yield return ("256", "avx2");
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            yield return ("512", "avx512");
    }
}
