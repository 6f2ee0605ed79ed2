using System.Diagnostics;
using System.Text;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Paths and cases that would hang, fill the memory or crash a trusting program.</summary>
public sealed class HostileCaseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WallPatience = TimeSpan.FromSeconds(60); // waiting for ever takes no processor

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/dev/zero", "it is a device, but must be a file")]
    [InlineData("pipe", "it is a pipe, but must be a file")]
    [InlineData("folder", "it is a folder, but must be a file")]
    [InlineData("loop", "the case cannot be read")]
    [InlineData("dangling", "there is no such file")]
    [InlineData("sparse", "the file is larger than 1 MiB")]
    [InlineData("/proc/self/mem", "the case cannot be read")]
    [InlineData("zeros", "the character U+0000 cannot be in a case file")]
    [InlineData("latin", "the file is not UTF-8 text")]
    public void A_case_must_be_a_file_of_text(string name, string reason)
    {
        string path = Make(name);
        var error = Soon(() => Assert.Throws<CaseException>(() => CaseReader.Read(path)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero", typeof(IOException), "is a device, but must be a file")]
    [InlineData("pipe", typeof(IOException), "is a pipe, but must be a file")]
    [InlineData("folder", typeof(IOException), "is a folder, but must be a file")]
    [InlineData("loop", typeof(FileNotFoundException), "there is no file")]
    [InlineData("dangling", typeof(FileNotFoundException), "there is no file")]
    [InlineData("zeros", typeof(CaseException), "initial cannot be used")]
    [InlineData("huge.npy", typeof(CaseException), "token 0 of")]
    [InlineData("wide.npy", typeof(CaseException), "holds tokens of 1073741824 coordinates")]
    public void Initial_data_must_be_a_file_of_tokens(string name, Type kind, string reason)
    {
        string path = Make(name);
        Case @case = CaseReader.Parse(
            $"dimension: 3\nattention: {{normalization: softmax, beta: 1}}\ninitial: {{file: {{path: {path}}}}}\ntime: {{until: 1}}\n", "case.yaml");
        foreach (Action read in (Action[])[() => InitialCoefficients.Of(@case), () => InitialTokens.Of(@case)])
            Assert.Contains(reason, Soon(() => Assert.Throws(kind, read)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_tokens_than_memory_are_refused_before_any_is_read()
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, tokens = Math.Min(int.MaxValue, memory / 24 + 1);
        Sparse(_folder["full.npy"], $"({tokens}, 3)", tokens * 24);
        Action read = () => InitialFile.Read(_folder["full.npy"], 3);
        if (tokens * 24 > memory) Soon(() => Assert.Throws<MemoryException>(read));
        else Soon(() => Assert.Throws<InvalidDataException>(read));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: b\n")]
    [InlineData("&a ")]
    [InlineData("*a ")]
    [InlineData("\"\\u0061")]
    [InlineData("'")]
    [InlineData("| ")]
    [InlineData("# ")]
    [InlineData("a: [&a ")]
    [InlineData("\t")]
    [InlineData("é\u2028")]
    public void A_mebibyte_of_anything_is_refused_soon(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        Soon(() => Assert.Throws<CaseException>(() => CaseReader.Parse(text, "x.yaml")));
    }

    [Theory]
    [InlineData("time.every=1e-12", "time.every must leave at most 1000000 output times")]
    [InlineData("time.until=1e300", "time.every must leave at most 1000000 output times")]
    public void Output_times_without_end_are_refused(string setting, string reason)
    {
        const string Text = "dimension: 3\nattention: {normalization: softmax, beta: 1}\ntime: {until: 1, every: 0.1}\n";
        Assert.Contains(reason, Assert.Throws<CaseException>(() => CaseReader.Parse(Text, "x.yaml", setting)).Message, StringComparison.Ordinal);
        Assert.Equal(1e-6, CaseReader.Parse(Text, "x.yaml", "time.every=1e-6").Time.Every);
    }

    private static T Soon<T>(Func<T> action)
    {
        TimeSpan start = ThreadClock.Now;
        long began = Stopwatch.GetTimestamp();
        T result = action();
        TimeSpan time = ThreadClock.Now - start, wall = Stopwatch.GetElapsedTime(began);
        Assert.True(time < Patience && wall < WallPatience, $"{time.TotalSeconds:F1} s of the processor, {wall.TotalSeconds:F1} s in all");
        return result;
    }

    private string Make(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        switch (name)
        {
            case "pipe":
                using (var made = Process.Start("mkfifo", [path])) made.WaitForExit();
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "loop":
                File.CreateSymbolicLink(path, path);
                break;
            case "dangling":
                File.CreateSymbolicLink(path, path + "-nothing");
                break;
            case "zeros":
                File.WriteAllBytes(path, new byte[1000]);
                break;
            case "latin":
                File.WriteAllBytes(path, Encoding.Latin1.GetBytes("title: Größe\n"));
                break;
            case "sparse":
                Sparse(path, "", 10L << 30);
                break;
            case "huge.npy":
                Sparse(path, "(30000000, 3)", 30_000_000L * 24);
                break;
            case "wide.npy":
                Sparse(path, "(2, 1073741824)", 2L << 33);
                break;
        }

        return path;
    }

    private static void Sparse(string path, string shape, long dataBytes)
    {
        byte[] text = Encoding.ASCII.GetBytes($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n");
        byte[] header = shape.Length == 0 ? [] : [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text];
        using FileStream file = new(path, FileMode.CreateNew);
        file.Write(header);
        file.SetLength(header.Length + dataBytes);
    }
}
