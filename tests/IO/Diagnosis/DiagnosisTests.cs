using System.Text.Json;
using Meanfield.IO;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver.Layers;
using Meanfield.Tests.Solver.Tokens;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Files of hidden states diagnosed: reference values, masks, sequences, what theory says of our own runs, and what is written.</summary>
public sealed class DiagnosisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The tables of numpy that came with the data, to 1e−12; float16 holds the float16 tables.</summary>
    [SharedDataFact("hidden-states")]
    public void Reference_values_of_real_networks_are_reproduced()
    {
        string shared = SharedDataFactAttribute.PathOf("hidden-states");
        using JsonDocument deep = JsonDocument.Parse(File.ReadAllText(Path.Combine(shared, "deep16", "metadata.json")));
        using JsonDocument ocr = JsonDocument.Parse(File.ReadAllText(Path.Combine(shared, "ocr", "metadata.json")));
        (string, string)[] deepNames =
        [
            ("mean_norm", "mean_norm"), ("largest_norm", "max_norm"), ("mean_cosine", "mean_pairwise_cosine"), ("mean_cosine_within_sequence", "mean_pairwise_cosine_within_sequence"),
            ("token_variance", "token_variance"), ("effective_rank_unit", "effrank_unit"), ("effective_rank_unit_centred", "effrank_unit_centred"), ("block_influence", "block_influence"),
        ];
        (string, string)[] ocrNames =
        [
            ("mean_norm", "mean_norm"), ("mean_cosine", "mean_pairwise_cosine"), ("token_variance", "token_variance"), ("effective_rank", "effective_rank"),
            ("effective_rank_centred", "effective_rank_centered"),
        ];
        JsonElement tables = deep.RootElement.GetProperty("tables"), sets = ocr.RootElement.GetProperty("datasets");
        Check(Path.Combine(shared, "deep16", "hidden_trained.npy"), 128, tables.GetProperty("deep16_trained"), deepNames);
        Check(Path.Combine(shared, "deep16", "hidden_trained_f16.safetensors"), 128, deep.RootElement.GetProperty("table_f16_deep16_trained").GetProperty("table"), deepNames);
        Check(Path.Combine(shared, "ocr", "hidden_small.h5"), null, sets.GetProperty("text_small").GetProperty("table"), ocrNames);
        Check(Path.Combine(shared, "ocr", "hidden_small.safetensors"), null, sets.GetProperty("text_small").GetProperty("table"), ocrNames);

        static void Check(string path, int? length, JsonElement table, (string Ours, string Theirs)[] names)
        {
            using IHiddenStates states = HiddenStateFile.Open(path);
            Diagnosis diagnosis = Diagnosis.Of(path, states, new DiagnosisOptions { SequenceLength = length });
            foreach ((DiagnosedLayer layer, JsonElement row) in diagnosis.Layers.Zip(table.EnumerateArray()))
            {
                foreach ((string ours, string theirs) in names)
                {
                    if (!row.TryGetProperty(theirs, out JsonElement value)) continue; // the first layer has none before it
                    double expected = value.GetDouble();
                    Assert.Equal(expected, LayerColumn.All.First(column => column.Name == ours).Read(layer), 1e-12 * Math.Max(1, Math.Abs(expected)));
                }
            }
        }
    }

    /// <summary>Equiangular tokens of a particle run: the law's β within 5 % and its time per layer within 3 %; energies never fall.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void The_equiangular_law_gives_back_its_beta(double beta)
    {
        const int N = 16;
        TokenSample start = Meanfield.Solver.EquiangularTokens.Create(N, N, 0.05);
        TokenRun run = TokenRun.Of(TokenRun.Model(Normalization.Softmax, beta, N), start.Positions.ToArray(), TokenRun.Settings(1e-10, TokenRun.Times(0.15, 12)));
        Diagnosis diagnosis = Of(new MemoryStates([.. run.Snapshots.Select(s => s.Positions!)], 1, N));
        EquiangularFit fit = diagnosis.Theory.Equiangular!;
        Assert.Equal(beta, fit.Beta, 0.05 * beta);
        Assert.InRange(beta, fit.BetaLow - 0.02, fit.BetaHigh + 0.02);
        Assert.Equal(0.15, fit.TimePerLayer, 0.005);
        Assert.InRange(fit.Explained, 0.99999, 1);
        Assert.All(diagnosis.Theory.Energies, energy => Assert.True(energy.NeverFalls && energy.LargestFall == 0));
    }

    /// <summary>Tokens about a triangle in the plane, along the flow: degree 3 grows as its eigenvalue says.</summary>
    [Fact]
    public void Degrees_grow_as_the_effective_flow_says()
    {
        const int N = 240; // all take part in the fit
        const double Beta = 5;
        double[] tokens = new double[2 * N];
        for (int i = 0; i < N; i++)
        {
            double theta = 2 * Math.PI * (i + 0.5) / N;
            (tokens[2 * i + 1], tokens[2 * i]) = Math.SinCos(theta - 0.1 * Math.Sin(3 * theta)); // α_3 ≈ 0.15, above chance
        }
        TokenRun run = TokenRun.Of(TokenRun.Model(Normalization.Softmax, Beta, 2), tokens, TokenRun.Settings(1e-9, 0, 0.2, 0.4));
        DegreeGrowth[] growth = [.. Of(new MemoryStates([.. run.Snapshots.Select(s => s.Positions!)], 1, 2)).Theory.Growth.Where(g => g.Degree == 3)];
        Assert.Equal(2, growth.Length);
        double rate = 18.5960703045 / 27.239871823604; // γ_3 of THEORY 2.3 at β = 5, divided by λ_0
        Assert.All(growth, g =>
        {
            Assert.Equal(0.2 * rate, g.Predicted, 0.1 * 0.2 * rate);
            Assert.Equal(g.Predicted, g.Measured, 0.1 * g.Predicted);
        });
    }

    /// <summary>A mask, sequences in a row and sequences of their own say the same.</summary>
    [Fact]
    public void Masks_and_sequence_lengths_choose_the_tokens()
    {
        const int D = 6, N = 40;
        double[][] layers = [LayerCloud.Gaussian(2 * N * D, 1), LayerCloud.Gaussian(2 * N * D, 2)];
        string mask = _folder["mask.npy"];
        bool[] kept = [.. Enumerable.Range(0, N).Select(i => i % 4 != 1 && i < 37)];
        WriteMask(mask, $"({N},)", kept);
        double[][] chosen = [.. layers.Select(layer => layer.Where((_, i) => kept[i / D % N]).ToArray())];
        Diagnosis masked = Of(new MemoryStates(layers, 2, D), new DiagnosisOptions { Mask = mask });
        Diagnosis plain = Of(new MemoryStates(chosen, 2, D));
        Diagnosis row = Of(new MemoryStates(chosen, 1, D), new DiagnosisOptions { SequenceLength = kept.Count(k => k) });
        Assert.Equal(2 * kept.Count(k => k), masked.Tokens);
        Assert.Equal(LayerColumn.ToCsv(plain.Layers), LayerColumn.ToCsv(masked.Layers));
        Assert.Equal(LayerColumn.ToCsv(plain.Layers), LayerColumn.ToCsv(row.Layers));

        Assert.Contains("must divide", Assert.Throws<ArgumentException>(() => Of(new MemoryStates(layers, 1, D), new DiagnosisOptions { SequenceLength = 7 })).Message, StringComparison.Ordinal);
        WriteMask(mask, $"({N},)", new bool[N]);
        Assert.Contains("no token", Assert.Throws<InvalidDataException>(() => Of(new MemoryStates(layers, 2, D), new DiagnosisOptions { Mask = mask })).Message, StringComparison.Ordinal);
        WriteMask(mask, "(7,)", new bool[7]);
        Assert.Contains("shape (7)", Assert.Throws<InvalidDataException>(() => Of(new MemoryStates(layers, 2, D), new DiagnosisOptions { Mask = mask })).Message, StringComparison.Ordinal);
    }

    /// <summary>A row of zeros is padding: the sentence says where and what to do.</summary>
    [Fact]
    public void Padding_is_named()
    {
        double[] layer = LayerCloud.Gaussian(60, 1);
        layer.AsSpan(45, 3).Clear();
        string sentence = Assert.Throws<InvalidDataException>(() => Of(new MemoryStates([LayerCloud.Gaussian(60, 2), layer], 2, 3))).Message;
        Assert.Contains("layer 1 (layer_01), sequence 1, token 5 is zero", sentence, StringComparison.Ordinal);
        Assert.Contains("--mask", sentence, StringComparison.Ordinal);
    }

    /// <summary>result.h5 holds every column, with axes and long names; the page is one file.</summary>
    [Fact]
    public void Results_are_written()
    {
        const int D = 5, N = 30;
        Diagnosis diagnosis = Of(new MemoryStates([.. Enumerable.Range(1, 6).Select(l => LayerCloud.Gaussian(N * D, (ulong)l))], 1, D));
        DiagnosisFile.Write(_folder["result.h5"], diagnosis);
        using Hdf5File file = Hdf5File.OpenRead(_folder["result.h5"]);
        foreach (LayerColumn column in LayerColumn.All)
        {
            using Hdf5Dataset dataset = file.Open(column.Name);
            Assert.Equal(diagnosis.Layers.Select(column.Read), dataset.Read<double>());
            Assert.Equal(column.LongName, dataset.GetText("long_name"));
        }
        using Hdf5Dataset histogram = file.Open("histogram"), labels = file.Open("cluster");
        Assert.Equal([6L, PairLaw.Bins], histogram.Shape);
        Assert.Equal([6L, N], labels.Shape);
        string page = DiagnosisPage.Of(diagnosis).ToHtml();
        Assert.Contains(DiagnosisPage.Caveat[..60], page, StringComparison.Ordinal);
        Assert.Contains("Effective rank", page, StringComparison.Ordinal);
    }

    private static Diagnosis Of(IHiddenStates states, DiagnosisOptions? options = null) => Diagnosis.Of("memory", states, options ?? new DiagnosisOptions());

    private static void WriteMask(string path, string shape, bool[] kept)
    {
        byte[] header = System.Text.Encoding.ASCII.GetBytes($"{{'descr': '|b1', 'fortran_order': False, 'shape': {shape}, }}\n");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. kept.Select(k => (byte)(k ? 1 : 0))]);
    }
}
