using System.Runtime.InteropServices;
using System.Text.Json;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Files as NumPy and h5py write them, held against what NumPy reads from them.</summary>
public sealed class HiddenStateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_form_reads_as_NumPy_reads_it()
    {
        JsonElement[] files = [.. Script.Python("write_hidden_states.py", _folder.FullName).GetProperty("files").EnumerateArray()];
        Assert.Equal(26, files.Length);
        foreach (JsonElement file in files)
        {
            string path = file.GetProperty("path").GetString()!;
            int[] shape = [.. file.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
            using IHiddenStates states = HiddenStateFile.Open(path, file.GetProperty("dataset").GetString());
            Assert.True(shape.SequenceEqual([states.Layers, states.Sequences, states.Tokens, states.Dimension]), path);
            Assert.Equal(file.GetProperty("names").EnumerateArray().Select(n => n.GetString()), Enumerable.Range(0, states.Layers).Select(states.LayerName));
            double[] expected = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path + ".expected")).ToArray();
            AssertReads(expected, states, path);
        }
    }

    [SharedDataFact("hidden-states")]
    public void Real_networks_read_the_same_in_every_format()
    {
        string folder = SharedDataFactAttribute.PathOf("hidden-states");
        using IHiddenStates npy = HiddenStateFile.Open(Path.Combine(folder, "ocr", "hidden_small.npy"));
        double[] expected = All(npy);
        Assert.Equal((4, 1, 256, 120), (npy.Layers, npy.Sequences, npy.Tokens, npy.Dimension));
        foreach (string name in (string[])["hidden_small.safetensors", "hidden_small.h5"])
        {
            using IHiddenStates same = HiddenStateFile.Open(Path.Combine(folder, "ocr", name));
            Assert.Equal(expected, All(same));
        }

        // A float16 copy is the nearest float16 of every number.
        using IHiddenStates single = HiddenStateFile.Open(Path.Combine(folder, "deep16", "hidden_trained.npy"));
        using IHiddenStates half = HiddenStateFile.Open(Path.Combine(folder, "deep16", "hidden_trained_f16.safetensors"));
        Assert.Equal("layer_16", half.LayerName(16));
        Assert.Equal(All(single).Select(x => (double)(Half)x), All(half));
    }

    // Whole sequences, and pieces of them that begin and end anywhere.
    private static void AssertReads(double[] expected, IHiddenStates states, string path)
    {
        Assert.True(All(states).AsSpan().SequenceEqual(expected), path);
        var random = new Random(7);
        for (int i = 0; i < 20; i++)
        {
            int layer = random.Next(states.Layers), sequence = random.Next(states.Sequences), first = random.Next(states.Tokens);
            double[] rows = new double[random.Next(states.Tokens - first + 1) * states.Dimension];
            states.Read(layer, sequence, first, rows);
            int at = ((layer * states.Sequences + sequence) * states.Tokens + first) * states.Dimension;
            Assert.True(rows.AsSpan().SequenceEqual(expected.AsSpan(at, rows.Length)), path);
        }
    }

    private static double[] All(IHiddenStates states)
    {
        int length = states.Tokens * states.Dimension;
        double[] all = new double[states.Layers * states.Sequences * length];
        for (int i = 0; i < states.Layers * states.Sequences; i++)
            states.Read(i / states.Sequences, i % states.Sequences, 0, all.AsSpan(i * length, length));
        return all;
    }
}
