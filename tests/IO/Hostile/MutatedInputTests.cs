using System.Diagnostics;
using System.Text.Json;
using Meanfield.IO;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

/// <summary>Damaged inputs are read or refused, soon and without much memory; nothing else happens.</summary>
public sealed class MutatedInputTests(ITestOutputHelper output) : IDisposable
{
    private const long MostBytes = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WallPatience = TimeSpan.FromSeconds(60); // a process of HDF5 has a limit of its own: 1.5 s of the processor's time

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mutated_arrays_are_read_or_refused() => Run(seed: 11, Campaign.Size(400, 0.08), path => !path.EndsWith(".h5", StringComparison.Ordinal));

    [Fact]
    public void Mutated_HDF5_is_read_or_refused() => Run(seed: 12, Campaign.Size(8, 0.02), path => path.EndsWith(".h5", StringComparison.Ordinal));

    private void Run(int seed, int count, Func<string, bool> isMeant)
    {
        (string Path, byte[] Bytes)[] samples = [.. Samples().Where(isMeant).Select(path => (path, File.ReadAllBytes(path)))];
        var random = new Random(seed);
        var (read, refused, crashed, slowest) = (0, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < count; i++)
        {
            (string sample, byte[] bytes) = samples[random.Next(samples.Length)];
            string path = _folder["mutated" + Path.GetExtension(sample)];
            File.WriteAllBytes(path, ByteMutation.Of(bytes, random));
            long before = GC.GetAllocatedBytesForCurrentThread(), wall = Stopwatch.GetTimestamp();
            TimeSpan start = ThreadClock.Now;
            string? refusal = Read(path, random.Next(4) == 0);
            TimeSpan time = ThreadClock.Now - start;
            slowest = time > slowest ? time : slowest;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (time > Patience || Stopwatch.GetElapsedTime(wall) > WallPatience || allocated > MostBytes || refusal?.Contains('\n') == true)
                Assert.Fail($"seed {seed}, mutation {i} of {sample}: {time.TotalSeconds:F1} s, {allocated} bytes, {refusal}");
            if (refusal is null) read++; else refused++;
            if (refusal?.Contains("the HDF5 library failed", StringComparison.Ordinal) == true || refusal?.Contains("reading it", StringComparison.Ordinal) == true)
            {
                crashed++;
                output.WriteLine($"mutation {i} of {Path.GetFileName(sample)}: {refusal}");
            }
        }

        output.WriteLine($"seed {seed}: {count} mutations, {read} read, {refused} refused, {crashed} of them by the end of the reading process; slowest {slowest.TotalSeconds:F2} s");
        Assert.True(read > 0 && refused > count / 20, $"the mutations are too strong or too weak: {read} read, {refused} refused");
    }

    // What a command would do with it: null where it is read, else the sentence.
    private static string? Read(string path, bool asInitial)
    {
        try
        {
            if (asInitial)
            {
                _ = InitialFile.Read(path, 3);
                return null;
            }

            using IHiddenStates states = HiddenStateFile.Open(path);
            int count = Math.Min(states.Tokens, Math.Max(1, (1 << 20) / states.Dimension));
            double[] rows = new double[count * states.Dimension];
            states.Read(0, 0, 0, rows);
            states.Read(states.Layers - 1, states.Sequences - 1, states.Tokens - count, rows);
            return null;
        }
        catch (Exception problem) when (problem is InvalidDataException or ArgumentException or IOException)
        {
            return problem.Message;
        }
    }

    private List<string> Samples()
    {
        JsonElement written = Script.Python("write_hidden_states.py", _folder.FullName);
        List<string> samples = [.. written.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!)];
        samples.Add(_folder["result.h5"]);
        ResultFile.Write(samples[^1], SampleResult.Create(3, 9, 3, tokens: 20));
        foreach (string name in (string[])["tokens.npy", "positions.h5"])
        {
            samples.Add(_folder[name]);
            Script.Python("write_tokens.py", samples[^1], "0.1,0.7,2.5,4.4");
        }

        return samples;
    }
}
